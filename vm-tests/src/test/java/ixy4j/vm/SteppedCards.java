package ixy4j.vm;

import ixy4j.MacAddress;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.VfioUserServer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Two emulated 82599s of this process that a guest has, for {@link RemoteContract} there: it is their hand, through a TCP
 * connection. As long as nobody has that, a thread steps them, so that the guest's own driver can have a look at them. The
 * second card spreads frames over four queues.
 */
final class SteppedCards implements AutoCloseable {
    /** Where it listens. */
    static final int PORT = 7778;

    // What is asked for, in a byte. Each is answered with a text, which is empty unless something is wrong.
    static final int OPEN = 1; // and the number of a card, 0 or 1: that is the one from now on, with an empty wire
    static final int ARRIVE = 2; // and a length and bytes
    static final int SETTLE = 3;
    static final int SENT = 4; // behind the answer: a count, and so many lengths and bytes

    /** Queues that the second card spreads frames over. */
    static final int SPREAD = 4;

    private static final int MOST_ROUNDS = 100_000;

    private final List<HandWire> wires = new ArrayList<>();
    private final List<Card> cards = new ArrayList<>();
    private final Path folder;
    private final List<VfioUserServer> servers = new ArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final Thread steps = Thread.ofPlatform().daemon().name("steps").unstarted(this::play);
    private volatile boolean byItself = true;
    private volatile boolean closed;
    private int current;

    /** Makes and serves them; hands are expected at this address of ours. */
    SteppedCards(Path folder, String address) {
        this.folder = folder;
        for (int i = 0; i < 2; i++) {
            HandWire wire = new HandWire();
            Card card = new Card(
                    wire,
                    CardOptions.STEPPED
                            .withName("card " + i)
                            .withMac(MacAddress.parse("02:82:59:90:00:1" + i))
                            .withSpread(i == 0 ? 1 : SPREAD)
                            .withPolicy(Mistakes.Policy.COUNT));
            wires.add(wire);
            cards.add(card);
            servers.add(new VfioUserServer(socket(i), card, refusals::add, RegisterObserver.NONE));
        }
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(address, PORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        steps.start();
        Thread.ofPlatform().daemon().name("hand").start(this::serve);
    }

    private String socket(int card) {
        return folder.resolve("card" + card + ".sock").toString();
    }

    /** What {@code --nic} of the lab takes for them. */
    List<String> cards() {
        return List.of("ixgbe,wire=vfio-user:" + socket(0), "ixgbe,wire=vfio-user:" + socket(1));
    }

    private void play() {
        while (byItself && !closed) {
            boolean worked = false;
            for (Card card : cards) {
                worked |= card.step();
            }
            if (!worked) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private void serve() {
        while (!closed) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                byItself = false;
                steps.join(); // from now on only a hand steps them
                answer(
                        new DataInputStream(new BufferedInputStream(socket.getInputStream())),
                        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
            } catch (EOFException e) {
                // it has gone
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            } catch (InterruptedException e) {
                return; // nobody does that
            }
        }
    }

    private void answer(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int command = in.readByte();
            switch (command) {
                case OPEN -> open(in.readByte());
                case ARRIVE -> wires.get(current).arrive(in.readNBytes(in.readInt()));
                default -> {}
            }
            out.writeUTF(command == SETTLE ? settle() : wrong());
            if (command == SENT) {
                List<byte[]> sent = wires.get(current).sent();
                out.writeInt(sent.size());
                for (byte[] frame : sent) {
                    out.writeInt(frame.length);
                    out.write(frame);
                }
            }
            out.flush();
        }
    }

    private void open(int card) {
        current = card;
        wires.get(card).clear();
        refusals.clear();
    }

    private String settle() {
        for (int i = 0; cards.get(current).step(); i++) {
            if (i > MOST_ROUNDS) {
                return "the card never comes to rest";
            }
        }
        return wrong();
    }

    /** What the driver in the guest did wrong since it opened the card. */
    private String wrong() {
        List<String> lines = new ArrayList<>(refusals);
        lines.addAll(cards.get(current).mistakes().messages());
        return String.join("; ", lines);
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers.forEach(VfioUserServer::close);
        cards.forEach(Card::close);
    }
}
