package ixy4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.ClosingStress;
import ixy4j.Device;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.model.wire.Generator;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;
import ixy4j.vfiouser.PostedTails;
import ixy4j.vfiouser.VfioUserProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cards that are closed in the middle of their traffic, beside one that stays. */
@Timeout(300)
class ClosingTest {
    private static final int ROUNDS = 1000;
    private static final int REMOTE_ROUNDS = 500; // with tails of each kind

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("ixy4j.seed", System.nanoTime());

    /** A card that forwards to itself meanwhile. */
    private static final class Survivor implements AutoCloseable {
        private final Generator wire = new Generator(60, 0, 0, true);
        private final Card card = Card.stepped(wire);
        private final Device device =
                new IxgbeDriver().open(new ModelFunction("model:survivor", card), ClosingStress.OPTIONS);
        private final PacketPool pool = PacketPool.create(256, device);
        private final RxQueue rx = device.rxQueue(0, pool);
        private final TxQueue tx = device.txQueue(0, pool);
        private final PacketBatch batch = pool.batch(8);

        Survivor() {
            device.awaitLink(1000);
        }

        void forward() {
            card.step();
            if (batch.size() == 0) {
                rx.receive(batch);
            }
            tx.transmit(batch);
        }

        void check() {
            assertTrue(wire.sink().frames() > 1000, wire::toString);
            assertEquals(0, wire.sink().lost() + wire.sink().invalid(), wire::toString);
            assertEquals(List.of(), card.mistakes().messages());
        }

        @Override
        public void close() {
            device.close();
            pool.close();
        }
    }

    @Test
    void anEmulatedCard() throws InterruptedException {
        try (Survivor survivor = new Survivor()) {
            new ClosingStress(
                            seed,
                            () -> {
                                Card card = new Card(new Generator(60, 0, 0, false), CardOptions.RUNNING);
                                card.start();
                                Device device = new IxgbeDriver()
                                        .open(new ModelFunction("model:test", card), ClosingStress.OPTIONS);
                                device.awaitLink(1000);
                                return device;
                            },
                            survivor::forward)
                    .run(ROUNDS);
            survivor.check();
        }
    }

    @Test
    void aCardOfAServerWithTailsInSharedMemory() throws InterruptedException {
        behindASocket(path -> VfioUserProvider.function(Address.parse("vfio-user:" + path)));
    }

    @Test
    void aCardOfAServerWithTailsThatAreSent() throws InterruptedException {
        behindASocket(PostedTails::open);
    }

    private void behindASocket(Function<String, PciFunction> connect) throws InterruptedException {
        List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        String path = folder.resolve("card").toString();
        Card card = new Card(new Generator(60, 0, 0, false), CardOptions.RUNNING);
        card.start();
        try (Survivor survivor = new Survivor();
                VfioUserServer server = new VfioUserServer(path, card, refusals::add, RegisterObserver.NONE)) {
            new ClosingStress(
                            seed,
                            () -> {
                                Device device = new IxgbeDriver().open(connect.apply(path), ClosingStress.OPTIONS);
                                device.awaitLink(1000);
                                return device;
                            },
                            survivor::forward)
                    .run(REMOTE_ROUNDS);
            survivor.check();
            assertEquals(List.of(), refusals, server::toString);
        } finally {
            card.close();
        }
    }
}
