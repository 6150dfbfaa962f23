package ixy4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.Buffers;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.telemetry.Counted;
import ixy4j.telemetry.QueueCounts;
import ixy4j.telemetry.Telemetry;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every driver must do, whatever card it drives: a test class for each card extends this. */
public abstract class DeviceContract {
    private static final int RING = 64;
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(RING);
    private static final MacAddress OTHER = MacAddress.parse("02:aa:bb:cc:dd:ee");

    /** A card with a driver, and the other end of its wire. */
    public interface Bench extends AutoCloseable {
        Device device();

        /** A frame comes in on the wire. */
        void arrive(byte[] frame);

        /** Lets the card do what it can do. */
        void settle();

        /** What the card has sent since this was last asked. */
        List<byte[]> sent();

        @Override
        void close();
    }

    /** A card with nothing in its rings; the wire takes all that it sends at {@link Bench#settle()}, not before. */
    protected abstract Bench open(DeviceOptions options);

    /** A card that brings frames to all of its receive queues, not only to the first. */
    protected abstract Bench openSpreading(DeviceOptions options);

    /**
     * Whether the card does what it does at {@link Bench#settle()}, and counts each frame that it loses. One that does not is never
     * seen with a full ring of frames to send.
     */
    protected boolean isExact() {
        return true;
    }

    // ---- frames

    protected static byte[] frame(int length, long seed) {
        byte[] frame = new byte[length];
        new Random(seed).nextBytes(frame);
        frame[0] = 2; // an individual address
        frame[12] =
                (byte) 0x88; // and a type, not a length: one for experiments (IEEE 802), of which a card knows nothing
        frame[13] = (byte) 0xb5;
        return frame;
    }

    private static byte[] frameTo(MacAddress to) {
        byte[] frame = frame(60, to.bits());
        for (int i = 0; i < 6; i++) {
            frame[i] = (byte) (to.bits() >> (8 * (5 - i)));
        }
        return frame;
    }

    protected static byte[] bytes(PacketBatch batch, int packet) {
        byte[] bytes = new byte[batch.length(packet)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) batch.get8(packet, i);
        }
        return bytes;
    }

    private static void add(PacketBatch batch, byte[] frame) {
        int packet = batch.add(frame.length);
        for (int i = 0; i < frame.length; i++) {
            batch.set8(packet, i, frame[i]);
        }
    }

    private static void assertFrames(List<byte[]> expected, List<byte[]> actual, String what) {
        assertEquals(expected.size(), actual.size(), what + ": number of frames");
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), what + ": frame " + i);
        }
    }

    // ---- receiving

    @Test
    void nothingArrivedIsNothingReceived() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            bench.settle();
            assertEquals(0, queue.receive(batch));
            assertEquals(0, batch.size());
        }
    }

    @Test
    void framesOfAllLengthsArriveWhole() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(1);
            for (int length = 60; length <= 1514; length++) {
                byte[] frame = frame(length, length);
                bench.arrive(frame);
                bench.settle();
                assertEquals(1, queue.receive(batch), "length " + length);
                assertArrayEquals(frame, bytes(batch, 0), "length " + length);
                assertEquals(1, batch.free());
            }
        }
    }

    @Test
    void aBatchIsFilledBehindWhatIsInItUpToItsRoom() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(4);
            for (int i = 0; i < 6; i++) {
                bench.arrive(frame(100 + i, i));
            }
            bench.settle();
            add(batch, frame(60, 99));
            assertEquals(3, queue.receive(batch), "one place was taken");
            assertEquals(0, queue.receive(batch), "full");
            assertArrayEquals(frame(60, 99), bytes(batch, 0));
            assertArrayEquals(frame(102, 2), bytes(batch, 3));
            batch.free();
            assertEquals(3, queue.receive(batch));
            assertArrayEquals(frame(103, 3), bytes(batch, 0));
        }
    }

    @Test
    void anExhaustedPoolDropsCountsAndRecovers() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(RING + 2, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            for (int i = 0; i < 20; i++) {
                bench.arrive(frame(60, i));
            }
            bench.settle();
            assertEquals(2, queue.receive(batch), "as many as there are fresh buffers");
            assertArrayEquals(frame(60, 1), bytes(batch, 1));
            assertEquals(18, bench.device().stats().rxPoolEmpty());
            batch.free();
            bench.arrive(frame(80, 77));
            bench.settle();
            assertEquals(1, queue.receive(batch));
            assertArrayEquals(frame(80, 77), bytes(batch, 0));
        }
    }

    @Test
    void framesLongerThanABufferAreNeverDelivered() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            bench.arrive(frame(60, 1));
            bench.arrive(frame(PacketPool.ROOM + 1, 2));
            bench.arrive(frame(4000, 3));
            bench.arrive(frame(60, 4));
            bench.settle();
            assertEquals(2, queue.receive(batch));
            assertArrayEquals(frame(60, 1), bytes(batch, 0));
            assertArrayEquals(frame(60, 4), bytes(batch, 1));
        }
    }

    // ---- transmitting

    @Test
    void framesOfAllLengthsAreSentWhole() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(1);
            for (int length = 60; length <= 1514; length++) {
                add(batch, frame(length, length));
                assertEquals(1, queue.transmit(batch), "length " + length);
                bench.settle();
                assertFrames(List.of(frame(length, length)), bench.sent(), "length " + length);
            }
        }
    }

    /** A card may fill a frame up; then with zeros, and not with what was in the buffer before. */
    @Test
    void shortFramesAreSentWithNothingButZerosBehindThem() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(1);
            for (int length = 14; length < 60; length++) {
                add(batch, frame(100, 1)); // the pool hands the same buffer out again
                batch.free();
                byte[] frame = frame(length, length);
                add(batch, frame);
                assertEquals(1, queue.transmit(batch), "length " + length);
                bench.settle();
                byte[] sent = bench.sent().getFirst();
                assertTrue(sent.length >= length && sent.length <= 60, length + " became " + sent.length);
                assertArrayEquals(Arrays.copyOf(frame, sent.length), sent, "length " + length);
            }
            assertEquals(0, bench.device().stats().txDropped());
        }
    }

    @Test
    void framesTooLongToBeSentAreDroppedAndCountedAndThoseAroundThemSent() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            List<byte[]> frames = new ArrayList<>();
            for (int length : new int[] {60, 1515, 100, 1600, PacketPool.ROOM, 1514}) {
                frames.add(frame(length, length));
                add(batch, frames.getLast());
            }
            assertEquals(6, queue.transmit(batch));
            assertEquals(0, batch.size());
            bench.settle();
            long dropped = bench.device().stats().txWrongLength();
            assertTrue(dropped == 0 || dropped == 3, "all of the long ones or none, not " + dropped);
            frames.removeIf(frame -> dropped > 0 && frame.length > 1514);
            assertFrames(frames, bench.sent(), "what is not too long");
        }
    }

    @Test
    void ofABatchWithHolesWhatIsLeftIsSentInItsOrder() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            PacketBatch other = pool.batch(8);
            List<byte[]> frames = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                frames.add(frame(60 + i, i));
                add(batch, frames.getLast());
            }
            batch.drop(0);
            batch.drop(4);
            batch.moveTo(other, 7);
            assertEquals(5, queue.transmit(batch));
            assertEquals(0, batch.size());
            assertEquals(1, queue.transmit(other));
            bench.settle();
            frames.remove(4);
            frames.remove(0);
            assertFrames(frames, bench.sent(), "what is no hole");
        }
    }

    @Test
    void packetsThatGrewOrShrankAtTheFrontAreSentAsTheyAre() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            for (int i = 0; i < 4; i++) {
                batch.add(frame(100 + i, i));
            }
            batch.insert(0, 12, 4);
            batch.set32(0, 12, 0x8100_0005L);
            batch.prepend(1, PacketPool.HEADROOM);
            batch.write(1, 0, frame(PacketPool.HEADROOM, 7), 0, PacketPool.HEADROOM);
            batch.trimFront(2, 40);
            batch.write(2, 0, frame(14, 8), 0, 14);
            batch.remove(3, 14, 10);
            List<byte[]> frames = toArrays(batch);
            assertEquals(4, queue.transmit(batch));
            bench.settle();
            assertFrames(frames, bench.sent(), "with a tag, a header, less at the front, less in the middle");
            assertEquals(104, frames.get(0).length);
            assertEquals(0x81, Byte.toUnsignedInt(frames.get(0)[12]));
        }
    }

    @Test
    void aFrameWithATagMayBeLongerAndAShortOneLieAtTheEndOfItsBuffer() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            batch.add(frame(1514, 1));
            batch.insert(0, 12, 4);
            batch.set32(0, 12, 0x8100_0fffL);
            batch.add(PacketPool.ROOM);
            batch.trimFront(1, PacketPool.ROOM - 14);
            batch.write(1, 0, frame(14, 2), 0, 14);
            List<byte[]> frames = toArrays(batch);
            assertEquals(2, queue.transmit(batch));
            bench.settle();
            List<byte[]> sent = bench.sent();
            assertArrayEquals(frames.get(0), sent.get(0), "1518 bytes");
            assertArrayEquals(Arrays.copyOf(frames.get(1), sent.get(1).length), sent.get(1), "zeros, if anything");
            assertEquals(0, bench.device().stats().txDropped());
        }
    }

    private static List<byte[]> toArrays(PacketBatch batch) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            frames.add(batch.toArray(i));
        }
        return frames;
    }

    @Test
    void whatWasReceivedIsSentWithATag() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue rx = bench.device().rxQueue(0, pool);
            TxQueue tx = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            for (int round = 0; round < 3 * RING; round++) { // so that buffers come back that had something in front
                byte[] frame = frame(60 + round, round);
                bench.arrive(frame);
                bench.settle();
                assertEquals(1, rx.receive(batch));
                assertEquals(PacketPool.HEADROOM, batch.headroom(0));
                batch.insert(0, 12, 4);
                batch.set32(0, 12, 0x8100_0000L + round);
                List<byte[]> frames = toArrays(batch);
                assertEquals(1, tx.transmit(batch));
                bench.settle();
                assertFrames(frames, bench.sent(), "round " + round);
                batch.remove(batch.add(frames.getFirst()), 12, 4);
                assertArrayEquals(frame, batch.toArray(0));
                batch.free();
            }
        }
    }

    @Test
    void aFullRingSaysHowManyItTookAndLeavesTheRest() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            TxQueue queue = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(100);
            List<byte[]> frames = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                frames.add(frame(60 + i, i));
                add(batch, frames.get(i));
            }
            int taken = queue.transmit(batch);
            assertTrue(taken > 0 && taken <= RING, "a ring of " + RING + " takes no more, not " + taken);
            assertEquals(100 - taken, batch.size());
            assertArrayEquals(frames.get(taken), bytes(batch, 0));
            assertTrue(!isExact() || queue.transmit(batch) == 0, "still full");
            for (int round = 0; batch.size() > 0 && round < 10; round++) {
                bench.settle();
                queue.transmit(batch);
            }
            bench.settle();
            assertFrames(frames, bench.sent(), "in order");
        }
    }

    // ---- rings and pools

    @Test
    void orderAndContentSurviveManyTurnsOfTheRings() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(4 * RING, bench.device())) {
            TxQueue tx = bench.device().txQueue(0, pool);
            RxQueue rx = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(48);
            Deque<byte[]> toCome = new ArrayDeque<>();
            int total = 20 * RING;
            int made = 0;
            int done = 0;
            while (done < total) {
                for (int n = random.nextInt(40); n > 0 && made < total && toCome.size() < RING - 1 - RING / 16; n--) {
                    byte[] frame = frame(60 + random.nextInt(1455), made++);
                    bench.arrive(frame);
                    toCome.add(frame);
                }
                bench.settle();
                if (random.nextInt(3) > 0) {
                    int before = batch.size();
                    int got = rx.receive(batch);
                    for (int i = before; i < before + got; i++) {
                        assertArrayEquals(toCome.poll(), bytes(batch, i), "seed " + seed + ", received " + (done + i));
                    }
                    List<byte[]> given = new ArrayList<>();
                    for (int i = 0; i < batch.size(); i++) {
                        given.add(bytes(batch, i));
                    }
                    int taken = tx.transmit(batch);
                    bench.settle();
                    assertFrames(given.subList(0, taken), bench.sent(), "seed " + seed + ", sent after " + done);
                    done += taken;
                }
            }
        }
    }

    /** Not for one that looks into what it sends: whether QEMU sends random bytes that look like IP depends on each of them. */
    @Test
    void packetsAreWhatAListOfArraysIsWhateverIsDoneWithThem() {
        if (!isExact()) {
            return;
        }
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        int longest = longestSent(); // for which the card is opened as well
        PacketPool pool;
        RandomPackets packets;
        try (Bench bench = open(OPTIONS)) {
            pool = PacketPool.create(4 * RING, bench.device());
            packets = new RandomPackets(seed, bench, RING, longest, pool);
            packets.run(2000, "seed " + seed);
        }
        packets.end();
        pool.close();
    }

    /** The longest frame without VLAN tag that this card is given to send. */
    private int longestSent() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            PacketBatch batch = pool.batch(1);
            add(batch, frame(1515, 1));
            bench.device().txQueue(0, pool).transmit(batch);
            bench.settle();
            return bench.sent().isEmpty() ? 1514 : PacketPool.ROOM;
        }
    }

    @Test
    void everyBufferComesBack() {
        PacketPool pool;
        try (Bench bench = open(OPTIONS)) {
            pool = PacketPool.create(256, bench.device());
            RxQueue rx = bench.device().rxQueue(0, pool);
            TxQueue tx = bench.device().txQueue(0, pool);
            assertEquals(256 - RING, pool.available(), "a ring is full of buffers");
            PacketBatch batch = pool.batch(32);
            for (int i = 0; i < 50; i++) {
                bench.arrive(frame(60, i));
                bench.settle();
                rx.receive(batch);
                tx.transmit(batch);
            }
            assertEquals(0, batch.size());
            bench.device().close();
            assertEquals(256, pool.available(), "neither a ring nor the card has any");
        }
        pool.close();
    }

    @Test
    void queuesHaveTheirOwnPoolsAndPlaces() {
        int queues = 4;
        try (Bench bench = openSpreading(OPTIONS.withQueues(queues, queues))) {
            List<PacketPool> pools = new ArrayList<>();
            List<RxQueue> rx = new ArrayList<>();
            List<TxQueue> tx = new ArrayList<>();
            for (int i = 0; i < queues; i++) {
                pools.add(PacketPool.create(200, bench.device()));
                rx.add(bench.device().rxQueue(i, pools.get(i)));
                tx.add(bench.device().txQueue(i, pools.get(i)));
            }
            long[] received = new long[queues];
            int sent = 0;
            for (int round = 0; round < 100; round++) {
                for (int i = 0; i < queues; i++) {
                    bench.arrive(frame(60 + i, round));
                }
                bench.settle();
                for (int i = 0; i < queues; i++) {
                    PacketBatch batch = pools.get(i).batch(8);
                    received[i] += rx.get(i).receive(batch);
                    sent += tx.get(i).transmit(batch);
                }
                bench.settle();
                assertEquals(queues, bench.sent().size(), "round " + round);
            }
            assertEquals(100L * queues, Arrays.stream(received).sum());
            assertEquals(100 * queues, sent);
            for (int i = 0; i < queues; i++) {
                assertEquals(
                        received[i], Telemetry.queues(bench.device()).get(i).packets(), "of queue " + i);
            }
            bench.device().close();
            for (PacketPool pool : pools) {
                assertEquals(200, pool.available(), "no buffer went to another queue's pool");
                pool.close();
            }
        }
    }

    @Test
    void aPoolThatIsClosedFirstStopsItsQueues() {
        try (Bench bench = open(OPTIONS)) {
            PacketPool pool = PacketPool.create(256, bench.device());
            RxQueue rx = bench.device().rxQueue(0, pool);
            TxQueue tx = bench.device().txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            add(batch, frame(60, 1));
            pool.close();
            bench.arrive(frame(60, 2));
            bench.settle();
            assertThrows(IllegalStateException.class, () -> rx.receive(batch));
            assertThrows(IllegalStateException.class, () -> tx.transmit(batch));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.get8(0, 0), "its memory is gone");
        }
    }

    // ---- counters, addresses, link

    @Test
    void statisticsCountFramesAndTheirBytesOnce() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            Device device = bench.device();
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            for (int i = 0; i < 10; i++) {
                bench.arrive(frame(100, i));
                bench.settle();
                rx.receive(batch);
                tx.transmit(batch);
                bench.settle();
                assertEquals(i + 1, device.stats().rxPackets(), "reading loses nothing and counts nothing twice");
            }
            tx.transmit(batch); // of nothing: looks for what came back
            DeviceStats stats = device.stats();
            assertEquals(10, stats.txPackets());
            assertEquals(10 * 104, stats.rxBytes(), "with the FCS");
            assertEquals(10 * 104, stats.txBytes());
            assertEquals(0, stats.rxDropped());
            device.close();
            assertEquals(stats, device.stats(), "still there after the close");
        }
    }

    @Test
    void eachQueueSaysWhatItCounted() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(RING + 2, bench.device())) {
            Device device = bench.device();
            assertEquals(List.of("rx 0: 0, 0", "tx 0: 0, 0"), counted(device));
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            for (int i = 0; i < 20; i++) {
                bench.arrive(frame(100, i));
            }
            bench.settle();
            assertEquals(2, rx.receive(batch));
            tx.transmit(batch);
            bench.settle();
            tx.transmit(batch); // of nothing: looks for what came back
            assertEquals(List.of("rx 0: 2, 18", "tx 0: 2, 0"), counted(device));
            for (QueueCounts queue : Telemetry.queues(device)) {
                assertTrue(queue.bytes() == Counted.UNKNOWN || queue.bytes() == 2 * 104, queue::toString);
            }
            device.close();
            assertEquals(List.of(), counted(device), "nobody watches it any more");
        }
    }

    private static List<String> counted(Device device) {
        return Telemetry.queues(device).stream()
                .map(queue -> queue.direction() + ' ' + queue.queue() + ": " + queue.packets() + ", " + queue.dropped())
                .toList();
    }

    @Test
    void noCountFallsAndEachFrameIsInOneOfThem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Device device;
        DeviceStats stats = DeviceStats.NONE;
        int arrived = 0;
        int delivered = 0;
        int handedOver = 0;
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(2 * RING + 40, bench.device())) {
            device = bench.device();
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            for (int round = 0; round < 200; round++) {
                for (int n = random.nextInt(40); n > 0; n--) {
                    bench.arrive(frame(60 + random.nextInt(1455), arrived++));
                }
                if (random.nextInt(4) > 0) {
                    bench.settle();
                }
                delivered += rx.receive(batch);
                for (int n = random.nextInt(8); n > 0; n--) {
                    int packet = batch.add(14 + random.nextInt(PacketPool.ROOM - 13));
                    if (packet >= 0) {
                        batch.set16(packet, 12, 0x88b5); // no VLAN tag, and nothing that a card knows
                    }
                }
                handedOver += tx.transmit(batch);
                stats = later(stats, device.stats(), "seed " + seed);
            }
            int got;
            do {
                batch.free();
                bench.settle(); // a virtual card keeps frames until there are descriptors
                got = rx.receive(batch);
                delivered += got;
                stats = later(stats, device.stats(), "seed " + seed);
            } while (got > 0);
            for (int i = 0; i < 10; i++) {
                bench.arrive(frame(60, i));
                add(batch, frame(60, i));
            }
            arrived += 10;
            bench.settle();
            handedOver += tx.transmit(batch); // and the card gets no chance to send them
        }
        stats = later(stats, device.stats(), "closed, seed " + seed);
        assertEquals(10, stats.rxUnread(), "seed " + seed);
        assertAll(arrived, delivered + stats.rxDropped(), "seed " + seed + ": " + stats);
        assertEquals(isExact() ? 10 : 0, stats.txUnsent(), "seed " + seed);
        assertEquals(handedOver, stats.txPackets() + stats.txDropped(), "seed " + seed + ": " + stats);
    }

    private void assertAll(long expected, long counted, String what) {
        assertEquals(expected, isExact() ? counted : Math.max(expected, counted), what);
    }

    /** The later of two readings, none of whose counts is lower. */
    public static DeviceStats later(DeviceStats before, DeviceStats after, String what) {
        try {
            for (RecordComponent count : DeviceStats.class.getRecordComponents()) {
                long first = (long) count.getAccessor().invoke(before);
                long second = (long) count.getAccessor().invoke(after);
                assertTrue(second >= first, () -> what + ": " + count.getName() + " fell: " + before + ", " + after);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return after;
    }

    @Test
    void framesThatFindNoDescriptorAreCountedOrComeLater() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue rx = bench.device().rxQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            for (int i = 0; i < 3 * RING; i++) {
                bench.arrive(frame(60, i));
            }
            bench.settle();
            int received = 0;
            for (int got = rx.receive(batch); got > 0; got = rx.receive(batch)) {
                received += got;
                batch.free();
                bench.settle(); // a virtual card keeps frames until there are descriptors
            }
            DeviceStats stats = bench.device().stats();
            assertAll(3 * RING, received + stats.rxDropped(), "each is received or counted: " + stats);
        }
    }

    @Test
    void promiscuousOrNotDecidesWhoseFramesCome() {
        try (Bench bench = open(OPTIONS.withPromiscuous(false));
                PacketPool pool = PacketPool.create(256, bench.device())) {
            Device device = bench.device();
            RxQueue rx = device.rxQueue(0, pool);
            assertEquals(1, receivedOf(bench, rx, pool, device.macAddress()), "our own");
            assertEquals(1, receivedOf(bench, rx, pool, new MacAddress(0xffff_ffff_ffffL)), "broadcast");
            assertEquals(0, receivedOf(bench, rx, pool, OTHER), "another's");
            device.setPromiscuous(true);
            assertEquals(1, receivedOf(bench, rx, pool, OTHER), "another's, promiscuous");
            device.setPromiscuous(false);
            assertEquals(0, receivedOf(bench, rx, pool, OTHER), "another's, no longer promiscuous");
            device.setMacAddress(OTHER);
            assertEquals(OTHER, device.macAddress());
            assertEquals(1, receivedOf(bench, rx, pool, OTHER), "ours now");
        }
    }

    private static int receivedOf(Bench bench, RxQueue rx, PacketPool pool, MacAddress to) {
        PacketBatch batch = pool.batch(8);
        bench.arrive(frameTo(to));
        bench.settle();
        rx.receive(batch);
        return batch.free();
    }

    @Test
    void neitherAGroupAddressNorNoneIsACardsOwn() {
        try (Bench bench = open(OPTIONS)) {
            MacAddress before = bench.device().macAddress();
            for (String text : List.of("01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00")) {
                MacAddress address = MacAddress.parse(text);
                Exception e = assertThrows(
                        IllegalArgumentException.class, () -> bench.device().setMacAddress(address));
                assertTrue(e.getMessage().startsWith(text + " is "), e.getMessage());
            }
            assertEquals(before, bench.device().macAddress());
        }
    }

    @Test
    void theLinkIsUp() {
        try (Bench bench = open(OPTIONS)) {
            bench.settle();
            assertTrue(bench.device().awaitLink(1000) > 0);
            assertEquals(bench.device().linkSpeed(), bench.device().awaitLink(1));
            Thread.currentThread().interrupt(); // is heard by whatever has to wait
            assertTrue(bench.device().awaitLink(1000) > 0);
            assertTrue(Thread.interrupted());
        }
    }

    // ---- misuse

    @Test
    void aBatchOfAnotherPoolIsRefused() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device());
                PacketPool other = PacketPool.create(256, bench.device())) {
            RxQueue rx = bench.device().rxQueue(0, pool);
            TxQueue tx = bench.device().txQueue(0, pool);
            PacketBatch foreign = other.batch(8);
            Exception received = assertThrows(IllegalArgumentException.class, () -> rx.receive(foreign));
            assertTrue(received.getMessage().contains("receive queue 0"), received.getMessage());
            assertThrows(IllegalArgumentException.class, () -> tx.transmit(foreign));
        }
    }

    @Test
    void aClosedCardRefusesWhatWouldTouchMemory() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            Device device = bench.device();
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            device.close();
            device.close();
            Exception e = assertThrows(IllegalStateException.class, () -> rx.receive(batch));
            assertTrue(e.getMessage().endsWith("is closed"), e.getMessage());
            assertThrows(IllegalStateException.class, () -> tx.transmit(batch));
            for (Executable open : List.<Executable>of(() -> device.rxQueue(0, pool), () -> device.txQueue(0, pool))) {
                Exception refused = assertThrows(IllegalStateException.class, open);
                assertTrue(
                        refused.getMessage().endsWith(" queue 0 cannot be opened: " + device.address() + " is closed"));
            }
            assertFalse(device.toString().isEmpty());
        }
    }

    @Test
    void aClosedCardSaysSoToWhoeverAsksForMore() {
        try (Bench bench = open(OPTIONS)) {
            Device device = bench.device();
            device.close();
            List<Executable> questions = List.of(
                    device::linkSpeed,
                    () -> device.awaitLink(60_000),
                    device::macAddress,
                    () -> device.setMacAddress(OTHER),
                    () -> device.setPromiscuous(true));
            for (Executable question : questions) {
                Exception e = assertThrows(IllegalStateException.class, question);
                assertEquals(device.address() + " is closed", e.getMessage());
            }
            assertEquals(0, device.stats().rxPackets());
        }
    }

    @Test
    void afterADoubleFreeTheCardIsGivenBackAndCanBeOpenedAgain() {
        try (Bench bench = open(OPTIONS)) {
            Device device = bench.device();
            PacketPool pool = PacketPool.create(256, device);
            RxQueue rx = device.rxQueue(0, pool);
            device.txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            int buffer = Buffers.allocate(pool);
            Buffers.free(pool, buffer);
            Exception first = assertThrows(IllegalStateException.class, () -> Buffers.free(pool, buffer));
            Exception next = assertThrows(IllegalStateException.class, () -> Buffers.allocate(pool));
            assertEquals("a pool is used after it failed: " + first.getMessage(), next.getMessage());
            assertSame(first, next.getCause());
            device.close();
            assertThrows(IllegalStateException.class, pool::available, "it takes no buffer back any more");
            assertThrows(IllegalStateException.class, () -> rx.receive(batch), "closed");
            pool.close();
            assertFalse(Machine.isInUse(Buffers.memory(pool).address()));
        }
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue rx = bench.device().rxQueue(0, pool);
            bench.arrive(frame(60, 1));
            bench.settle();
            assertEquals(1, rx.receive(pool.batch(8)));
        }
    }

    @Test
    void queuesAreOpenedOnceAndWithinTheirNumber() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            Device device = bench.device();
            device.rxQueue(0, pool);
            device.txQueue(0, pool);
            for (int index : new int[] {-1, 0, 1}) {
                assertThrows(IllegalArgumentException.class, () -> device.rxQueue(index, pool), "rx " + index);
                assertThrows(IllegalArgumentException.class, () -> device.txQueue(index, pool), "tx " + index);
            }
        }
    }

    @Test
    void aPoolTooSmallForTheRingIsRefusedAndKeepsItsBuffers() {
        try (Bench bench = open(OPTIONS);
                PacketPool pool = PacketPool.create(RING - 1, bench.device())) {
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> bench.device().rxQueue(0, pool));
            assertTrue(e.getMessage().contains("needs 64 free buffers"), e.getMessage());
            assertEquals(RING - 1, pool.available());
        }
    }
}
