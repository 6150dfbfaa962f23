package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import ixy4j.memory.RawMemory;
import ixy4j.packet.Buffers;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.virtio.Features;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Frames through the driver and back, on a device that may misbehave, with all that can be checked about them. */
final class Forwarding {
    private static final int RING = 64;
    private static final int BUFFERS = 256;
    static final int USUAL = 1514; // bytes of the longest frame, where there is no longer one
    private static final byte GUARD = (byte) 0xa5;

    final VirtioCard card;
    final Device device;
    private final int longest; // frame that arrives
    private final boolean strict; // each frame comes once
    private final Random random;
    private final PacketPool pool;
    private final PacketBatch batch;
    private final RxQueue rx;
    private final TxQueue tx;
    private final List<byte[]> arrived = new ArrayList<>(); // the number of each is in its bytes 14 to 17
    private final Deque<byte[]> toSend = new ArrayDeque<>();
    private int last = -1; // number of the last frame received
    int received;
    private int sent;

    /** Opens the device, and fills the rings of the first pair of queues; some devices have two. */
    Forwarding(VirtioCard card, long seed, int longest, boolean strict) {
        this.card = card;
        this.longest = longest;
        this.strict = strict;
        random = new Random(seed);
        int pairs = pairs(seed);
        device = VirtioDevice.open(
                card,
                VirtioOptions.NONE,
                DeviceOptions.DEFAULT.withRingSize(RING).withQueues(pairs, pairs));
        pool = PacketPool.create(BUFFERS, device);
        RawMemory.segment(Buffers.memory(pool).address(), Buffers.memory(pool).size())
                .fill(GUARD);
        batch = pool.batch(1 + random.nextInt(48));
        rx = device.rxQueue(0, pool);
        tx = device.txQueue(0, pool);
    }

    /** How many pairs of queues are opened on a card of this seed. */
    static int pairs(long seed) {
        return seed % 3 == 0 ? 2 : 1;
    }

    /** So many rounds of random traffic. */
    void run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = random.nextInt(20); i > 0; i--) {
                arrive(60 + random.nextInt(longest - 59));
            }
            if (random.nextInt(4) > 0) {
                card.settle();
            }
            forward();
            if (random.nextInt(8) == 0) {
                device.stats();
            }
        }
    }

    /** Receives all that is still to come. */
    void drain() {
        DeviceStats before = DeviceStats.NONE;
        for (int idle = 0; idle < 10; idle++) { // since parts of frames that are dropped are not counted each
            card.settle();
            forward();
            DeviceStats now = device.stats();
            idle = now.equals(before) ? idle : 0;
            before = now;
        }
    }

    private void arrive(int length) {
        byte[] frame = new byte[length];
        random.nextBytes(frame);
        if (random.nextBoolean()) {
            // Wherever a header is looked for in the middle of it, num_buffers is 1, or 256.
            for (int i = 18; i < length; i++) {
                frame[i] = (byte) ((arrived.size() + i) & 1);
            }
        }
        frame[0] = 2;
        frame[12] = 8;
        frame[13] = 0;
        for (int i = 0; i < 4; i++) {
            frame[14 + i] = (byte) (arrived.size() >> (24 - 8 * i));
        }
        arrived.add(frame);
        card.arrive(frame);
    }

    private int receiveOnce() {
        int before = batch.size();
        int got = rx.receive(batch);
        assertEquals(got, batch.size() - before);
        for (int i = before; i < batch.size(); i++) {
            checkReceived(i);
        }
        return got;
    }

    private void forward() {
        receiveOnce();
        List<byte[]> given = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            given.add(bytes(i));
        }
        if (card.has(Features.MTU) && given.stream().anyMatch(frame -> frame.length > USUAL)) {
            batch.free(); // what came with a wrong length may be too long to be sent
        }
        int taken = tx.transmit(batch);
        toSend.addAll(given.subList(0, taken));
        card.settle();
        for (byte[] frame : card.sent()) {
            assertArrayEquals(toSend.poll(), frame, "sent frame " + sent++);
        }
    }

    private byte[] bytes(int packet) {
        byte[] bytes = new byte[batch.length(packet)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) batch.get8(packet, i);
        }
        return bytes;
    }

    private void checkReceived(int packet) {
        int buffer = Buffers.of(batch)[packet];
        int length = batch.length(packet);
        assertTrue(buffer >= 0 && Buffers.index(buffer) < BUFFERS, "buffer " + buffer);
        assertTrue(length >= 14 && length <= PacketPool.ROOM, "length " + length);
        received++;
        checkGuards(buffer);
        if (!strict) {
            return; // a buffer that is used twice comes with whatever is in it
        }
        int number = (int) batch.get32(packet, 14);
        assertTrue(number > last && number < arrived.size(), "frame " + number + " comes behind " + last);
        last = number;
        assertArrayEquals(arrived.get(number), bytes(packet), "received frame " + number);
    }

    /** Neither driver nor device has written where no frame and no header can be. */
    private void checkGuards(int buffer) {
        long start = Buffers.address(pool, buffer) - PacketPool.HEADROOM;
        for (int i = 0; i < PacketPool.BUFFER_SIZE; i++) {
            boolean used = i >= PacketPool.HEADROOM - 12 && i < PacketPool.HEADROOM + longest;
            if (!used && RawMemory.getByte(start + i) != GUARD) {
                throw new AssertionError("byte " + i + " of buffer " + buffer + " was written");
            }
        }
    }

    /** That the driver counts what it delivers. */
    void checkDelivered() {
        DeviceStats stats = device.stats();
        assertEquals(received, stats.rxPackets() - stats.rxDropped(), "received and delivered: " + stats);
    }

    /** That no frame is lost without being counted. */
    void checkCounts() {
        DeviceStats stats = device.stats();
        long dropped = stats.rxDropped() + card.droppedTooLong();
        assertEquals(arrived.size(), received + dropped, "delivered or counted: " + stats);
    }

    /** That every buffer is back, and nothing is written next to frames. */
    void checkEnd(String what) {
        try {
            batch.free();
            assertEquals(BUFFERS, pool.available(), "buffers that came back");
            int[] all = new int[BUFFERS];
            Buffers.allocate(pool, all, 0, BUFFERS);
            for (int buffer : all) {
                checkGuards(buffer);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        } finally {
            pool.close();
        }
    }
}
