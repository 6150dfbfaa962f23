package ixy4j.vm;

import ixy4j.MacAddress;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.VfioUserServer;
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
final class SteppedCards extends Hand {
    /** Queues that the second card spreads frames over. */
    static final int SPREAD = 4;

    private static final int MOST_ROUNDS = 100_000;

    private final List<HandWire> wires = new ArrayList<>();
    private final List<Card> cards = new ArrayList<>();
    private final Path folder;
    private final List<VfioUserServer> servers = new ArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final Thread steps = Thread.ofPlatform().daemon().name("steps").unstarted(this::play);
    private volatile boolean byItself = true;
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
        steps.start();
        listen(address);
    }

    private String socket(int card) {
        return folder.resolve("card" + card + ".sock").toString();
    }

    /** What {@code --nic} of the lab takes for them. */
    List<String> cards() {
        return List.of("ixgbe,wire=vfio-user:" + socket(0), "ixgbe,wire=vfio-user:" + socket(1));
    }

    private void play() {
        while (byItself && !isClosed()) {
            boolean worked = false;
            for (Card card : cards) {
                worked |= card.step();
            }
            if (!worked) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    @Override
    void begin() throws InterruptedException {
        byItself = false;
        steps.join();
    }

    @Override
    void open(int card) {
        current = card;
        wires.get(card).clear();
        refusals.clear();
    }

    @Override
    void arrive(byte[] frame) {
        wires.get(current).arrive(frame);
    }

    @Override
    void settle() {
        for (int i = 0; cards.get(current).step(); i++) {
            if (i > MOST_ROUNDS) {
                refusals.add("the card never comes to rest");
                return;
            }
        }
    }

    @Override
    void awaitSent(int count) {
        // all has been sent when it was stepped
    }

    @Override
    List<byte[]> sent() {
        return wires.get(current).sent();
    }

    @Override
    String wrong() {
        List<String> lines = new ArrayList<>(refusals);
        lines.addAll(cards.get(current).mistakes().messages());
        return String.join("; ", lines);
    }

    @Override
    public void close() {
        super.close();
        servers.forEach(VfioUserServer::close);
        cards.forEach(Card::close);
    }
}
