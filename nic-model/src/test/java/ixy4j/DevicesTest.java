package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.address.OpenPorts;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.model.wire.Generator;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DevicesTest {
    @TempDir
    private Path folder;

    @Test
    void allAreOpenedOrNone() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Devices.open("model:0?wire=none", "model:1?wire=none", "model:2?wire=nonsense"));
        assertThrows(IxyException.class, () -> Devices.open("model:0?wire=none", "model:0?wire=none"), "twice");
        for (int port = 0; port < 3; port++) {
            assertTrue(OpenPorts.card(port).isEmpty(), "port " + port);
        }
        try (Devices cards = Devices.open("model:0?wire=none", "model:1?wire=none")) {
            assertEquals(2, cards.size());
            assertEquals("model:1?wire=none", cards.get(1).address());
            assertEquals(cards.all(), List.of(cards.get(0), cards.get(1)));
        }
        assertTrue(OpenPorts.card(0).isEmpty());
        assertTrue(OpenPorts.card(1).isEmpty());
    }

    @Test
    void theLastIsClosedFirst() {
        List<String> used = Collections.synchronizedList(new ArrayList<>());
        try (Served a = new Served("a", used);
                Served b = new Served("b", used);
                Served c = new Served("c", used)) {
            Devices cards = Devices.open(a.address(), b.address(), c.address());
            used.clear();
            cards.close();
            assertEquals(List.of("c", "b", "a"), used.stream().distinct().toList());
            used.clear();
            cards.close();
            assertEquals(List.of(), used, "twice is no harm");
        }
    }

    /** A card of a server, which notes when its registers are used. */
    private final class Served implements AutoCloseable {
        private final Card card = new Card(new Generator(60, 0, 1, false), CardOptions.RUNNING);
        private final VfioUserServer server;

        Served(String name, List<String> used) {
            server = new VfioUserServer(folder.resolve(name).toString(), card, used::add, new RegisterObserver() {
                @Override
                public void read(int offset, int value) {
                    used.add(name);
                }

                @Override
                public void write(int offset, int value) {
                    used.add(name);
                }
            });
        }

        String address() {
            return "vfio-user:" + server.path();
        }

        @Override
        public void close() {
            server.close();
            card.close();
        }
    }

    @Test
    void aPoolHasABufferForWhateverCanHaveOne() {
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(64).withQueues(2, 1);
        try (Devices cards = Devices.open(options, "model:0?wire=none", "model:1?wire=none");
                PacketPool pool = cards.pool(10)) {
            assertEquals(2 * 3 * 64 + 10, pool.capacity());
            assertTrue(cards.all().stream().allMatch(pool::isMappedFor));
            assertThrows(IllegalArgumentException.class, () -> cards.pool(0));
            try (PacketPool one = Devices.pool(1, cards.get(1))) {
                assertEquals(3 * 64 + 1, one.capacity());
            }
        }
    }

    /** Where a card sends nothing, its transmit ring is full at last, and the program's own batches are. */
    @Test
    void aForwarderNeverRunsDry() {
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(64);
        try (Devices cards = Devices.open(options, "model:0?wire=generator", "model:1?wire=generator");
                PacketPool pool = cards.pool(2 * 32)) {
            RxQueue[] rx = {cards.get(0).rxQueue(0, pool), cards.get(1).rxQueue(0, pool)};
            TxQueue[] tx = {cards.get(1).txQueue(0, pool), cards.get(0).txQueue(0, pool)};
            PacketBatch[] batches = {pool.batch(32), pool.batch(32)};
            cards.all().forEach(card -> assertTrue(card.awaitLink(1000) > 0, card::toString));
            for (long sent = 0; sent < 100_000; ) {
                for (int i = 0; i < 2; i++) {
                    rx[i].receive(batches[i]);
                    sent += tx[i].transmit(batches[i]);
                }
            }
            for (Device card : cards.all()) {
                assertEquals(0, card.stats().rxPoolEmpty(), card::toString);
            }
        }
    }
}
