package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.MacAddress;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.ModelFunction;
import ixy4j.model.address.OpenPorts;
import ixy4j.model.wire.Generator;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Our driver and the emulated card together: that they meet. The driver's contract has tests of its own. */
class IxgbeOnModelTest {
    private final TestWire wire = new TestWire();

    @Test
    void steppedByHand() {
        Card card = Card.stepped(wire);
        try (Device device = new IxgbeDriver().open(new ModelFunction("model:test", card), DeviceOptions.DEFAULT);
                PacketPool pool = PacketPool.create(2048, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            assertEquals(10_000, device.awaitLink(1000));
            assertEquals("02:82:59:90:00:00", device.macAddress().toString());
            PacketBatch batch = pool.batch(32);
            for (int i = 0; i < 1000; i++) {
                byte[] frame = TestDriver.frame(60 + i % 1400, i);
                wire.arrive(frame);
                card.step();
                assertEquals(1, rx.receive(batch));
                assertEquals(frame.length, batch.length(0));
                batch.set8(0, 1, (byte) ((byte) batch.get8(0, 1) + 1));
                assertEquals(1, tx.transmit(batch));
                card.step();
                frame[1]++;
                assertArrayEquals(frame, wire.sent.get(i));
            }
            assertEquals(1000, device.stats().rxPackets());
            assertEquals(1000, device.stats().txPackets());
            assertEquals(0, card.mistakes().count());
        }
        assertTrue(wire.closed);
    }

    @Test
    void notPromiscuousWithAnotherAddress() {
        Card card = Card.stepped(wire);
        DeviceOptions options = DeviceOptions.DEFAULT.withPromiscuous(false).withRingSize(64);
        try (Device device = new IxgbeDriver().open(new ModelFunction("model:test", card), options);
                PacketPool pool = PacketPool.create(256, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            device.awaitLink(1000);
            device.setMacAddress(MacAddress.parse("02:00:00:00:00:05"));
            wire.arrive(TestDriver.frame(60, 1));
            wire.arrive(TestDriver.frameTo(60, 1, 0, 0x5e, 0, 0, 1)); // no group, whatever the tables had at power up
            wire.arrive(TestDriver.frameTo(61, 2, 0, 0, 0, 0, 5));
            wire.arrive(TestDriver.frameTo(62, 255, 255, 255, 255, 255, 255));
            card.step();
            PacketBatch batch = pool.batch(8);
            assertEquals(2, rx.receive(batch));
            assertEquals(61, batch.length(0));
            assertEquals(62, batch.length(1));
            batch.free();
        }
    }

    @Test
    void manyQueues() {
        Card card = new Card(wire, CardOptions.STEPPED.withSpread(64));
        DeviceOptions options = DeviceOptions.DEFAULT.withQueues(64, 64).withRingSize(64);
        try (Device device = new IxgbeDriver().open(new ModelFunction("model:test", card), options);
                PacketPool pool = PacketPool.create(2 * 64 * 64, device)) {
            RxQueue[] rx = new RxQueue[64];
            TxQueue[] tx = new TxQueue[64];
            for (int i = 0; i < 64; i++) {
                rx[i] = device.rxQueue(i, pool);
                tx[i] = device.txQueue(i, pool);
            }
            device.awaitLink(1000);
            PacketBatch batch = pool.batch(8);
            for (int round = 0; round < 200; round++) {
                for (int i = 0; i < 64; i++) {
                    wire.arrive(TestDriver.frame(60, i));
                }
                card.step();
                for (int i = 0; i < 64; i++) {
                    assertEquals(1, rx[i].receive(batch));
                    assertEquals(1, tx[i].transmit(batch));
                }
            }
            card.step();
            assertEquals(200 * 64, wire.sent.size());
            assertEquals(0, card.mistakes().count());
        }
    }

    @Test
    void aFreeRunningPairForwards() {
        try (Device a = Device.open("model:20?wire=generator,count=200000&mistakes=stop&strict=on");
                Device b = Device.open("model:21?wire=sink&mistakes=stop&strict=on");
                PacketPool pool = PacketPool.create(4096, a, b)) {
            RxQueue rx = a.rxQueue(0, pool);
            TxQueue tx = b.txQueue(0, pool);
            a.awaitLink(1000);
            b.awaitLink(1000);
            PacketBatch batch = pool.batch(32);
            long deadline = System.nanoTime() + 30_000_000_000L;
            int forwarded = 0;
            while (forwarded < 200_000 && System.nanoTime() < deadline) {
                rx.receive(batch);
                while (batch.size() > 0) {
                    forwarded += tx.transmit(batch);
                }
            }
            assertEquals(200_000, forwarded);
            while (b.stats().txPackets() < 200_000 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(200_000, b.stats().txPackets());
            assertEquals(200_000 * 64L, b.stats().txBytes());
            assertEquals(0, a.stats().rxMissed());
            assertEquals(List.of(), OpenPorts.card(20).orElseThrow().mistakes().messages());
        }
        assertTrue(OpenPorts.card(20).isEmpty());
    }

    @Test
    void anIdleCardWakesByItself() {
        try (Device device = Device.open("model:22?wire=sink");
                PacketPool pool = PacketPool.create(1024, device)) {
            TxQueue tx = device.txQueue(0, pool);
            device.awaitLink(1000);
            PacketBatch batch = pool.batch(1);
            long deadline = System.nanoTime() + 20_000_000_000L;
            for (int i = 0; i < 20; i++) {
                LockSupport.parkNanos(5_000_000); // long enough for the card to sleep
                batch.add(60);
                tx.transmit(batch);
                while (OpenPorts.card(22).orElseThrow().bar().get32(TDH) != (i + 1) % 512) {
                    assertTrue(System.nanoTime() - deadline < 0, "it sleeps on, with frame " + i);
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void aForwarderThatHoldsFramesBackLosesNoneAndIsFair() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        Random random = new Random(seed);
        Generator[] wires = {new Generator(60, 0, 0, true), new Generator(60, 0, 0, true)};
        Card[] cards = {Card.stepped(wires[0]), Card.stepped(wires[1])};
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(64);
        try (Device left = new IxgbeDriver().open(new ModelFunction("model:left", cards[0]), options);
                Device right = new IxgbeDriver().open(new ModelFunction("model:right", cards[1]), options);
                PacketPool pool = PacketPool.create(512, left, right)) {
            RxQueue[] rx = {left.rxQueue(0, pool), right.rxQueue(0, pool)};
            TxQueue[] tx = {right.txQueue(0, pool), left.txQueue(0, pool)};
            PacketBatch[] held = {pool.batch(32), pool.batch(32)};
            left.awaitLink(1000);
            right.awaitLink(1000);
            for (int round = 0; round < 20_000; round++) {
                for (int i = random.nextInt(8); i > 0; i--) {
                    forward(rx[0], tx[0], held[0]);
                    forward(rx[1], tx[1], held[1]);
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    cards[0].step();
                    cards[1].step();
                }
            }
            for (Device device : List.of(left, right)) {
                assertEquals(0, device.stats().rxMissed(), "seed " + seed);
            }
            for (PacketBatch batch : held) {
                batch.free();
            }
        }
        long[] frames = {wires[0].sink().frames(), wires[1].sink().frames()};
        assertTrue(frames[0] > 200_000, frames[0] + " frames, seed " + seed);
        assertTrue(Math.abs(frames[0] - frames[1]) < 256, frames[0] + " and " + frames[1] + ", seed " + seed);
        for (Generator wire : wires) {
            assertEquals(0, wire.sink().lost() + wire.sink().invalid(), wire + ", seed " + seed);
        }
    }

    private static void forward(RxQueue rx, TxQueue tx, PacketBatch held) {
        if (held.size() == 0) {
            rx.receive(held);
        }
        tx.transmit(held);
    }

    @Test
    void nothingIsAllocatedForAFrame() {
        Card card = new Card(new Generator(60, 0, 0, false), CardOptions.STEPPED);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Device device = new IxgbeDriver().open(new ModelFunction("model:test", card), DeviceOptions.DEFAULT);
                PacketPool pool = PacketPool.create(2048, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            device.awaitLink(1000);
            PacketBatch batch = pool.batch(64);
            for (int i = 0; i < 20_000; i++) {
                forward(card, rx, tx, batch);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            long frames = 0;
            for (int i = 0; i < 20_000; i++) {
                frames += forward(card, rx, tx, batch);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(frames > 1_000_000, frames + " frames");
            assertTrue(allocated < 100_000, allocated + " bytes for " + frames + " frames");
        }
    }

    private static int forward(Card card, RxQueue rx, TxQueue tx, PacketBatch batch) {
        card.step();
        int received = rx.receive(batch);
        tx.transmit(batch);
        batch.free();
        return received;
    }
}
