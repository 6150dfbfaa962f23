package ixy4j.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.DeviceOptions;
import ixy4j.Devices;
import ixy4j.MacAddress;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A card for tests of applications, used as they use it. */
class TestCardTest {
    private static byte[] frame(int length, int value) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, 14, length, (byte) value);
        frame[0] = 2;
        return frame;
    }

    /** The one in the description of the package, word for word. */
    @Test
    void example() {
        try (TestCard card = TestCard.open();
                PacketPool pool = Devices.pool(32, card.device())) {
            RxQueue rx = card.device().rxQueue(0, pool);
            TxQueue tx = card.device().txQueue(0, pool);
            card.arrive(new byte[100]);
            PacketBatch batch = pool.batch(32);
            rx.receive(batch); // from here on as an application does
            batch.set8(0, 99, 7);
            tx.transmit(batch);
            assertEquals(7, card.sent().getFirst()[99]);
        }
    }

    @Test
    void theExampleOfThePackageIsThisOne() throws IOException {
        String here = Files.readString(Path.of("src/test/java/ixy4j/testing/TestCardTest.java"));
        List<String> example = Files.readString(Path.of("src/main/java/ixy4j/testing/package-info.java"))
                .transform(text -> text.substring(text.indexOf("{@code\n") + 7, text.indexOf(" * }</pre>")))
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .toList();
        assertEquals(11, example.size());
        assertTrue(here.contains(String.join("\n", example).indent(8)), () -> String.join("\n", example));
    }

    @Test
    void theLinkIsUpAtOnce() {
        try (TestCard card = TestCard.open()) {
            assertEquals(10_000, card.device().linkSpeed());
            assertEquals(List.of(), card.sent());
        }
    }

    @Test
    void framesArriveInOrderAndShortOnesAreFilledUp() {
        try (TestCard card = TestCard.open();
                PacketPool pool = Devices.pool(64, card.device())) {
            RxQueue rx = card.device().rxQueue(0, pool);
            byte[] first = frame(14, 0);
            card.arrive(first, frame(1514, 1), frame(1515, 2), frame(61, 3));
            first[0] = 4; // the card has its own
            PacketBatch batch = pool.batch(64);
            assertEquals(3, rx.receive(batch));
            assertArrayEquals(Arrays.copyOf(frame(14, 0), 60), batch.toArray(0));
            assertArrayEquals(frame(1514, 1), batch.toArray(1));
            assertArrayEquals(frame(61, 3), batch.toArray(2));
            assertEquals(1, card.device().stats().rxWrongLength(), "one is too long");
            assertThrows(IllegalArgumentException.class, () -> card.arrive(new byte[13]));
        }
    }

    @Test
    void whatIsSentIsHandedOutOnce() {
        try (TestCard card = TestCard.open(DeviceOptions.DEFAULT.withRingSize(128));
                PacketPool pool = Devices.pool(64, card.device())) {
            TxQueue tx = card.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(64);
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 60; i++) {
                    batch.add(frame(60 + i, round));
                }
                assertEquals(60, tx.transmit(batch));
                List<byte[]> sent = card.sent();
                assertEquals(60, sent.size());
                for (int i = 0; i < 60; i++) {
                    assertArrayEquals(frame(60 + i, round), sent.get(i));
                }
                assertEquals(List.of(), card.sent());
            }
            assertEquals(600, card.device().stats().txPackets());
        }
    }

    @Test
    void whatFindsNoQueueOrNoRoomIsLostAndCounted() {
        byte[][] frames = new byte[10_000][];
        Arrays.fill(frames, frame(1000, 0));
        try (TestCard card = TestCard.open();
                PacketPool pool = Devices.pool(512, card.device())) {
            card.arrive(frame(60, 1));
            RxQueue rx = card.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(512);
            assertEquals(0, rx.receive(batch));
            card.arrive(frames);
            int received = 0;
            for (int more = rx.receive(batch); more > 0; more = rx.receive(batch)) {
                received += batch.free();
                card.arrive();
            }
            assertTrue(received > 500, received + " fit into ring and packet buffer");
            assertEquals(10_001, received + card.device().stats().rxMissed());
        }
    }

    @Test
    void severalCardsWithAddressesOfTheirOwn() {
        DeviceOptions options = DeviceOptions.DEFAULT.withPromiscuous(false);
        try (TestCard left = TestCard.open(options);
                TestCard right = TestCard.open(options);
                PacketPool pool = Devices.pool(8, left.device(), right.device())) {
            right.device().setMacAddress(MacAddress.parse("02:00:00:00:00:00"));
            PacketBatch batch = pool.batch(8);
            RxQueue first = left.device().rxQueue(0, pool);
            RxQueue second = right.device().rxQueue(0, pool);
            left.arrive(frame(60, 0));
            right.arrive(frame(60, 0));
            assertEquals(0, first.receive(batch));
            assertEquals(1, second.receive(batch));
        }
    }

    @Test
    void theApplicationMayCloseTheCard() {
        try (TestCard card = TestCard.open();
                PacketPool pool = Devices.pool(8, card.device())) {
            TxQueue tx = card.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            batch.add(frame(60, 0));
            tx.transmit(batch);
            assertEquals(1, card.sent().size());
            card.device().close();
            assertEquals(List.of(), card.sent());
            card.arrive(frame(60, 1));
        }
    }
}
