package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.memory.RawMemory;
import ixy4j.spi.Spaces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketBatchTest {
    private interface Accessor {
        void access(PacketBatch batch, int packet, int offset);
    }

    /** Each accessor by the bytes that it touches, gets and sets. */
    private static final Map<Integer, List<Accessor>> ACCESSORS = Map.of(
            1, List.of(PacketBatch::get8, (b, p, o) -> b.set8(p, o, 1), (b, p, o) -> b.address(p, o, 1)),
            2, List.of(PacketBatch::get16, (b, p, o) -> b.set16(p, o, (short) 1)),
            4, List.of(PacketBatch::get32, (b, p, o) -> b.set32(p, o, 1)),
            6, List.of(PacketBatch::get48, (b, p, o) -> b.set48(p, o, 1)),
            8, List.of(PacketBatch::get64, (b, p, o) -> b.set64(p, o, 1)),
            60, List.of((b, p, o) -> b.address(p, o, 60)));

    private PacketPool pool;

    @BeforeEach
    void createPool() {
        pool = PacketPool.create(64, Spaces.VIRTUAL);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void eachAccessorEndsAtThePacketsBounds() {
        PacketBatch batch = pool.batch(4);
        batch.add(60);
        batch.add(100);
        ACCESSORS.forEach((bytes, accessors) -> {
            for (Accessor accessor : accessors) {
                accessor.access(batch, 0, 0);
                accessor.access(batch, 0, 60 - bytes);
                accessor.access(batch, 1, 100 - bytes);
                for (int offset : new int[] {-1, -bytes, 61 - bytes, 60, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    assertThrows(
                            IndexOutOfBoundsException.class,
                            () -> accessor.access(batch, 0, offset),
                            bytes + " bytes at " + offset);
                }
                for (int packet : new int[] {-1, 2, 3, 4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    assertThrows(
                            IndexOutOfBoundsException.class,
                            () -> accessor.access(batch, packet, 0),
                            bytes + " bytes of packet " + packet);
                }
            }
        });
    }

    @Test
    void aNegativeNumberOfBytesHasNoAddress() {
        PacketBatch batch = pool.batch(1);
        batch.add(60);
        assertThrows(IndexOutOfBoundsException.class, () -> batch.address(0, 10, -1));
    }

    @Test
    void onlyPacketsInItHaveALength() {
        PacketBatch batch = pool.batch(4);
        batch.add(60);
        assertEquals(60, batch.length(0));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.length(1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.length(-1));
        batch.free();
        assertThrows(IndexOutOfBoundsException.class, () -> batch.length(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 13, 1921, Integer.MAX_VALUE})
    void lengthsThatNoFrameHasAreRefused(int length) {
        PacketBatch batch = pool.batch(1);
        Exception e = assertThrows(IllegalArgumentException.class, () -> batch.add(length));
        assertEquals("a packet has 14 to 1856 bytes, not " + length, e.getMessage());
        assertEquals(64, pool.available());
        assertEquals(0, batch.add(14));
        assertEquals(1, batch.free());
        assertEquals(0, batch.add(1856));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 4097})
    void capacitiesOutOfRangeAreRefused(int capacity) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> pool.batch(capacity));
        assertEquals("a batch has room for 1 to 4096 packets, not " + capacity, e.getMessage());
        assertEquals(4096, pool.batch(4096).capacity());
    }

    @Test
    void aFullBatchTakesNoBufferFromThePool() {
        PacketBatch batch = pool.batch(2);
        assertEquals(0, batch.add(60));
        assertEquals(1, batch.add(60));
        assertEquals(-1, batch.add(60));
        assertEquals(62, pool.available());
    }

    @Test
    void anEmptyPoolAddsNothing() {
        PacketBatch batch = pool.batch(100);
        for (int i = 0; i < 64; i++) {
            assertEquals(i, batch.add(60));
        }
        assertEquals(-1, batch.add(60));
        assertEquals(64, batch.size());
        assertEquals(64, batch.free());
        assertEquals(0, batch.free(), "nothing is freed twice");
        assertEquals(64, pool.available());
    }

    @Test
    void numbersAreAsOnTheWireWhateverTheOffset() {
        PacketBatch batch = pool.batch(1);
        batch.add(60);
        for (int offset = 0; offset <= 8; offset++) {
            batch.set64(0, offset, 0x8182_8384_8586_8788L);
            for (int i = 0; i < 8; i++) {
                assertEquals((byte) (0x81 + i), (byte) batch.get8(0, offset + i));
            }
            assertEquals(0x8182_8384_8586_8788L, batch.get64(0, offset));
            assertEquals(0x8182_8384, (int) batch.get32(0, offset));
            assertEquals((short) 0x8182, (short) batch.get16(0, offset));
            batch.set32(0, offset, 0x0102_0304);
            batch.set16(0, offset + 2, (short) 0xfeff);
            assertEquals(0x0102_feff_8586_8788L, batch.get64(0, offset));
        }
    }

    @Test
    void theAddressIsThatOfTheBuffersFrame() {
        PacketBatch batch = pool.batch(1);
        batch.add(60);
        assertEquals(pool.address(batch.buffers[0]) + 14, batch.address(0, 14, 46));
        batch.set8(0, 14, (byte) 0x77);
        assertEquals((byte) 0x77, RawMemory.getByte(batch.address(0, 14, 1)));
    }

    @Test
    void aBatchLeadsNowhereOnceItsPoolIsClosed() {
        PacketBatch batch = pool.batch(4);
        batch.add(60);
        pool.close();
        assertEquals(0, batch.size());
        assertThrows(IndexOutOfBoundsException.class, () -> batch.get8(0, 0));
        assertEquals(-1, batch.add(60));
        assertEquals(0, batch.free());
    }

    @Test
    void packetsStayInOrderHoweverTheyComeAndGo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PacketBatch batch = pool.batch(48);
        Deque<Integer> expected = new ArrayDeque<>(); // serial numbers, written into the packets
        List<Integer> taken = new ArrayList<>(); // buffers that a queue would have
        int serial = 0;
        for (int step = 0; step < 5000; step++) {
            String where = "seed " + seed + ", step " + step;
            switch (random.nextInt(8)) {
                case 0 -> {
                    assertEquals(expected.size(), batch.free(), where);
                    expected.clear();
                }
                case 1, 2 -> {
                    int count = random.nextInt(batch.size() + 1);
                    for (int i = 0; i < count; i++) {
                        taken.add(batch.buffers[i]);
                        expected.poll();
                    }
                    batch.removeFirst(count);
                }
                case 3, 4 -> {
                    taken.forEach(pool::free);
                    taken.clear();
                }
                default -> {
                    int length = 14 + random.nextInt(PacketPool.ROOM - 13);
                    int packet = batch.add(length);
                    boolean room = expected.size() < 48 && taken.size() + expected.size() < 64;
                    assertEquals(room ? expected.size() : -1, packet, where);
                    if (room) {
                        batch.set32(packet, length - 4, serial);
                        expected.add(serial++);
                    }
                }
            }
            assertEquals(expected.size(), batch.size(), where);
            assertEquals(64, pool.available() + batch.size() + taken.size(), where);
            int packet = 0;
            for (int number : expected) {
                assertEquals(number, (int) batch.get32(packet, batch.length(packet++) - 4), where);
            }
        }
    }
}
