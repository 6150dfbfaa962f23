package ixy4j.model.i82599;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketBufferTest {
    private final PacketBuffer buffer = new PacketBuffer();

    @AfterEach
    void close() {
        buffer.close();
    }

    @Test
    void firstInFirstOutWhateverTheLengths() {
        Random random = new Random(2);
        Deque<Integer> expected = new ArrayDeque<>();
        buffer.resize(512 << 10);
        int used = 0;
        for (int i = 0; i < 100_000; i++) {
            int length = 1 + random.nextInt(random.nextBoolean() ? 100 : PacketBuffer.ROOM);
            boolean fits = used + 8 + length <= 512 << 10;
            assertEquals(fits, buffer.fits(length));
            if (fits && random.nextInt(100) < 51) {
                fill(buffer.next(), length, i);
                buffer.add(length, i);
                expected.add(length);
                used += 8 + length;
            } else if (!expected.isEmpty()) {
                assertEquals(expected.peek(), buffer.length());
                check(buffer.frame(), expected.peek(), buffer.flags());
                used -= 8 + expected.remove();
                buffer.remove();
            }
            assertEquals(expected.isEmpty(), buffer.isEmpty());
        }
        assertTrue(used > 100_000, "the buffer was rather full: " + used);
    }

    private static void fill(long address, int length, int seed) {
        RawMemory.setByte(address, (byte) seed);
        RawMemory.setByte(address + length / 2, (byte) (seed * 7));
        RawMemory.setByte(address + length - 1, (byte) (seed * 3));
    }

    private static void check(long address, int length, int seed) {
        assertEquals((byte) (seed * 3), RawMemory.getByte(address + length - 1));
        if (length > 2) {
            assertEquals((byte) (seed * 7), RawMemory.getByte(address + length / 2));
            assertEquals((byte) seed, RawMemory.getByte(address));
        }
    }

    @Test
    void nothingFitsIntoNoBuffer() {
        assertFalse(buffer.fits(60));
    }
}
