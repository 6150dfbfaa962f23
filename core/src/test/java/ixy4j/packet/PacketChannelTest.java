package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.*;

import ixy4j.spi.Spaces;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketChannelTest {
    private static final int BUFFERS = 64;

    private final PacketPool here = PacketPool.create(2 * BUFFERS, Spaces.VIRTUAL);
    private final PacketPool there = here.split(BUFFERS);
    private final PacketBatch out = here.batch(BUFFERS);
    private final PacketBatch in = there.batch(BUFFERS);

    @AfterEach
    void closePool() {
        here.close();
    }

    private static void add(PacketBatch batch, long... numbers) {
        for (long number : numbers) {
            batch.set64(batch.add(60), 14, number);
        }
    }

    private static void assertNumbers(PacketBatch batch, long... numbers) {
        assertEquals(numbers.length, batch.size());
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(numbers[i], batch.get64(i, 14));
        }
    }

    @Test
    void packetsArriveInOrderAndBuffersComeBack() {
        PacketChannel channel = PacketChannel.between(here, there, 4);
        assertEquals(4, channel.capacity());
        assertEquals(BUFFERS - 4, here.available());
        add(out, 1, 2, 3, 4, 5, 6);
        assertEquals(0, channel.receive(in));
        assertEquals(4, channel.send(out));
        assertNumbers(out, 5, 6);
        assertEquals(0, channel.send(out), "full");
        assertEquals(4, channel.receive(in));
        assertNumbers(in, 1, 2, 3, 4);
        assertEquals(2, channel.send(out));
        assertEquals(2, channel.receive(in));
        assertNumbers(in, 1, 2, 3, 4, 5, 6);
        assertEquals(BUFFERS - 4, here.available());
        assertEquals(BUFFERS - 6, there.available());
        in.free();
        assertEquals(BUFFERS, there.available());
    }

    @Test
    void onePacketLeavesAHoleAndKeepsItsShape() {
        PacketChannel channel = PacketChannel.between(here, there, 1);
        add(out, 1, 2);
        out.prepend(1, 4);
        out.set32(1, 0, 0x1234_5678);
        assertTrue(channel.send(out, 1));
        assertTrue(out.isHole(1));
        assertFalse(channel.send(out, 0), "full");
        assertFalse(out.isHole(0));
        assertThrows(IllegalStateException.class, () -> channel.send(out, 1));
        assertEquals(1, channel.receive(in));
        assertEquals(64, in.length(0));
        assertEquals(0x1234_5678, in.get32(0, 0));
        assertEquals(2, in.get64(0, 18));
        in.free();
        for (int i = 0; i < BUFFERS && in.add(60) >= 0; i++) {
            assertEquals(PacketPool.HEADROOM, in.headroom(i), "also of the buffer that came with a moved start");
        }
        assertTrue(channel.send(out, 0));
        assertEquals(0, out.free());
    }

    @Test
    void whatTheReceiverHasNoBufferForStays() {
        PacketChannel channel = PacketChannel.between(here, there, 16);
        PacketBatch all = there.batch(BUFFERS);
        while (all.add(60) >= 0) {
            // takes all
        }
        add(out, 1, 2, 3);
        assertEquals(3, channel.send(out));
        assertEquals(0, channel.receive(in));
        all.drop(0);
        all.drop(1);
        assertEquals(2, channel.receive(in));
        assertNumbers(in, 1, 2);
    }

    @Test
    void whatIsNotOfItsPoolsIsRefused() {
        PacketChannel channel = PacketChannel.between(here, there, 1);
        add(in, 1);
        assertThrows(IllegalArgumentException.class, () -> channel.send(in));
        assertThrows(IllegalArgumentException.class, () -> channel.send(in, 0));
        assertThrows(IllegalArgumentException.class, () -> channel.receive(out));
        assertThrows(IllegalArgumentException.class, () -> PacketChannel.between(here, here, 1));
        for (int capacity : new int[] {0, -1, 3, 1 << 17}) {
            assertThrows(IllegalArgumentException.class, () -> PacketChannel.between(here, there, capacity));
        }
        assertThrows(IllegalArgumentException.class, () -> PacketChannel.between(here, there, BUFFERS), "one is away");
        try (PacketPool other = PacketPool.create(1, Spaces.VIRTUAL)) {
            assertThrows(IllegalArgumentException.class, () -> PacketChannel.between(here, other, 1));
        }
        for (int buffers : new int[] {0, -1, BUFFERS}) {
            assertThrows(IllegalArgumentException.class, () -> here.split(buffers));
        }
    }

    @Test
    void onceThePoolIsClosedNothingMoves() {
        PacketChannel channel = PacketChannel.between(here, there, 4);
        add(out, 1, 2);
        channel.send(out);
        here.close();
        assertEquals(0, channel.send(out));
        assertEquals(0, channel.receive(in));
    }

    /** Two threads; the pools check that each keeps to its own. */
    @Test
    void betweenThreadsNothingIsLostChangedOrOutOfOrder() {
        final int packets = 200_000;
        PacketChannel channel = PacketChannel.between(here, there, 8);
        CompletableFuture<Void> receiver = CompletableFuture.runAsync(() -> {
            Random random = new Random(2);
            for (long next = 0; next < packets; ) {
                channel.receive(in);
                for (int i = 0; i < in.size(); i++) {
                    assertEquals(next, in.get64(i, 14));
                    assertEquals(60 + next++ % 7, in.length(i));
                }
                if (random.nextBoolean()) {
                    in.free();
                } else if (in.size() > 0) {
                    in.drop(in.size() - 1);
                    in.free();
                }
            }
        });
        Random random = new Random(1);
        for (long next = 0; next < packets && !receiver.isDone(); ) {
            for (int i = random.nextInt(9); i > 0 && next < packets; i--) {
                int packet = out.add((int) (60 + next % 7));
                if (packet < 0) {
                    break;
                }
                out.set64(packet, 14, next++);
            }
            channel.send(out);
        }
        while (out.size() > 0 && !receiver.isDone()) {
            channel.send(out);
        }
        receiver.join();
        assertEquals(BUFFERS, there.available());
        assertEquals(BUFFERS - 8, here.available());
    }
}
