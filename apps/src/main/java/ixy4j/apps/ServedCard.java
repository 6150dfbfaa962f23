package ixy4j.apps;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.linux.UnixSocket;
import ixy4j.model.CardTotals;
import ixy4j.model.address.ModelProvider;
import ixy4j.model.i82599.Card;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.ServerEvents;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.spi.Address;
import java.util.List;
import picocli.CommandLine.Option;

/** An emulated card at a socket of its own, and what is printed about it. */
final class ServedCard implements ServerEvents, AutoCloseable {
    private static final int REFUSALS = 16; // that are printed for each client

    private final String path;
    private final Card card;
    private VfioUserServer server;
    private int refusals; // of the client there is; for the server's thread
    private int mistakes; // that were printed

    /** How to make one. */
    static final class Options {
        @Option(
                names = "--socket",
                paramLabel = "PATH",
                required = true,
                description = "The socket file to make and to listen at. May be given several times, with the options"
                        + " below for each: for a card each.")
        String socket;

        @Option(
                names = "--wire",
                paramLabel = "WIRE",
                description = "What the card is plugged into: generator (without this), sink, tap:NAME, pcap:IN,OUT,"
                        + " cross:NAME, none.")
        String wire = "generator";

        @Option(names = "--mac", paramLabel = "MAC", description = "Its address; 02:82:59:90:00:N without it.")
        String mac;

        @Option(
                names = "--fault",
                paramLabel = "LIST",
                description = "What is broken about it, with commas between, such as corrupt=1/1000,no-link.")
        String fault;

        @Option(
                names = "--mistakes",
                paramLabel = "WHAT",
                description = "What happens at a mistake of the driver: count, as without this, or stop, after which"
                        + " the card answers nothing and the command ends.")
        String mistakes;

        @Option(names = "--strict", description = "Descriptors are compared with what the tail handed over.")
        boolean strict;

        @Option(
                names = "--spread",
                paramLabel = "N",
                description = "Frames go to N receive queues in turn, which no real card does.")
        String spread;

        /** Of the same card, as {@link ModelProvider} has them. */
        private Address address(int number) {
            Address address = Address.of("model", Integer.toString(number)).with("wire", wire, "--wire");
            address = mac == null ? address : address.with("mac", mac, "--mac");
            address = fault == null ? address : address.with("fault", fault, "--fault");
            address = mistakes == null ? address : address.with("mistakes", mistakes, "--mistakes");
            address = spread == null ? address : address.with("spread", spread, "--spread");
            return strict ? address.with("strict", "on") : address;
        }
    }

    private ServedCard(String path, Card card) {
        this.path = path;
        this.card = card;
    }

    /**
     * Makes a card and listens; says so.
     *
     * @throws StopSignal.Stopped if the command is told to end meanwhile
     */
    static ServedCard open(Options options, int number, RegisterObserver observer) {
        UnixSocket.checkPath("--socket '" + options.socket + "'", options.socket);
        Card card = StopSignal.untilStopped(() -> ModelProvider.card(options.address(number), options.socket));
        ServedCard served = new ServedCard(options.socket, card);
        try {
            served.server = new VfioUserServer(options.socket, card, served, observer);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, card::close);
            throw e;
        }
        card.start();
        served.say("an 82599 with address " + card.mac() + " listens, plugged into " + options.wire);
        ModelWire.tellRemark(card);
        return served;
    }

    /** The card itself. */
    Card card() {
        return card;
    }

    private void say(String line) {
        Output.OUT.offer(path + ": " + line); // a client does not wait for the reader of this
    }

    @Override
    public void connected() {
        refusals = 0;
        say("a client connected");
    }

    @Override
    public void disconnected(String why) {
        say("the client " + why + "; the card is reset");
    }

    @Override
    public void refused(String line) {
        if (refusals++ < REFUSALS) {
            say("refused: " + line);
        }
    }

    /** Prints what is new: mistakes of the driver. A card that cannot go on ends the command. */
    void look() {
        List<String> messages = card.mistakes().messages();
        for (; mistakes < messages.size(); mistakes++) {
            Output.OUT.offer("mistake of the driver: " + messages.get(mistakes));
        }
        IxyException failure = card.failure();
        if (failure != null) {
            throw IxyException.again(failure);
        }
    }

    /** Prints what it did in all. */
    void summary() {
        CardTotals totals = card.totals();
        long count = card.mistakes().count();
        Output.OUT.print(path + ": received " + totals.received() + ", sent " + totals.sent() + ", dropped "
                + totals.dropped() + " frames"
                + part(totals.faulty(), "of wrong FCS or length")
                + part(totals.filtered(), "for other addresses")
                + part(totals.lost(), "lost on the wire") + "; "
                + (count == 0 ? "no mistake" : count == 1 ? "1 mistake" : count + " mistakes") + " of the driver");
    }

    private static String part(long frames, String what) {
        return frames == 0 ? "" : ", " + frames + " " + what;
    }

    /** Closes all, the last first, whatever happens at one of them. */
    static void close(List<ServedCard> cards) {
        Cleanup.run(cards.reversed().stream().<Runnable>map(card -> card::close).toList());
    }

    /** Sends its client away and closes it. */
    @Override
    public void close() {
        Cleanup.run(server::close, card::close);
    }
}
