package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.spi.Spaces;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be done with one packet of a batch. */
class OnePacketTest {
    private PacketPool pool;
    private PacketPool otherPool;
    private PacketBatch batch;

    @BeforeEach
    void createPools() {
        pool = PacketPool.create(16, Spaces.VIRTUAL);
        otherPool = PacketPool.create(2, Spaces.VIRTUAL);
        batch = pool.batch(8);
        for (int i = 0; i < 4; i++) {
            add(batch, i);
        }
    }

    @AfterEach
    void closePools() {
        pool.close();
        otherPool.close();
    }

    private static void add(PacketBatch batch, int mark) {
        batch.set16(batch.add(60 + mark), 0, mark);
    }

    private static List<Integer> marks(PacketBatch batch) {
        List<Integer> marks = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            marks.add(batch.isHole(i) ? null : batch.get16(i, 0));
        }
        return marks;
    }

    @Test
    void aDroppedPacketIsAHoleUntilTheBatchIsCompacted() {
        batch.drop(1);
        assertEquals(13, pool.available());
        assertEquals(4, batch.size());
        assertTrue(batch.isHole(1));
        assertFalse(batch.isHole(2));
        assertEquals(0, batch.length(1));
        assertEquals(2, batch.get16(2, 0), "indexes stay");
        batch.drop(3);
        batch.compact();
        assertEquals(List.of(0, 2), marks(batch));
        assertEquals(62, batch.length(1));
        batch.compact();
        assertEquals(List.of(0, 2), marks(batch));
        assertEquals(2, batch.free());
        assertEquals(16, pool.available());
    }

    @Test
    void aHoleCannotBeUsed() {
        batch.drop(2);
        assertThrows(IndexOutOfBoundsException.class, () -> batch.get8(2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.set8(2, 0, (byte) 1));
        PacketBatch other = pool.batch(1);
        String gone = "packet 2 was dropped or moved away";
        assertEquals(
                gone,
                assertThrows(IllegalStateException.class, () -> batch.drop(2)).getMessage());
        assertEquals(
                gone,
                assertThrows(IllegalStateException.class, () -> batch.moveTo(other, 2))
                        .getMessage());
        assertEquals(
                gone,
                assertThrows(IllegalStateException.class, () -> batch.copyTo(other, 2))
                        .getMessage());
        assertEquals(
                gone,
                assertThrows(IllegalStateException.class, () -> batch.setLength(2, 60))
                        .getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> batch.drop(4));
        assertEquals(13, pool.available());
    }

    @Test
    void freeGivesBackWhatIsNoHole() {
        batch.drop(0);
        assertEquals(3, batch.free());
        assertEquals(16, pool.available());
        assertEquals(0, batch.size());
        add(batch, 9);
        assertEquals(List.of(9), marks(batch));
    }

    @Test
    void aPacketMovesWithItsBuffer() {
        PacketBatch other = pool.batch(1);
        long frame = batch.address(2, 0, 1);
        assertTrue(batch.moveTo(other, 2));
        assertEquals(12, pool.available(), "no buffer was taken or given");
        assertEquals(frame, other.address(0, 0, 1));
        assertEquals(62, other.length(0));
        assertTrue(batch.isHole(2));
        assertFalse(batch.moveTo(other, 3), "full");
        assertEquals(3, batch.get16(3, 0));
        PacketBatch foreign = otherPool.batch(4);
        assertThrows(IllegalArgumentException.class, () -> batch.moveTo(foreign, 3));
        assertEquals(3, batch.get16(3, 0));
        batch.compact();
        assertEquals(List.of(0, 1, 3), marks(batch));
    }

    @Test
    void aCopyIsOfAnyPool() {
        PacketBatch foreign = otherPool.batch(4);
        assertTrue(batch.copyTo(foreign, 3));
        assertTrue(batch.copyTo(foreign, 3));
        assertFalse(batch.copyTo(foreign, 3), "the other pool is empty");
        assertTrue(batch.copyTo(batch, 1));
        batch.set16(3, 0, 77);
        assertEquals(List.of(3, 3), marks(foreign));
        assertEquals(63, foreign.length(1));
        assertEquals(List.of(0, 1, 2, 77, 1), marks(batch));
    }

    @Test
    void aLengthChangesAtTheEnd() {
        batch.setLength(0, 1856);
        batch.set8(0, 1855, 5);
        assertEquals(0, batch.get16(0, 0));
        batch.setLength(0, 14);
        assertThrows(IndexOutOfBoundsException.class, () -> batch.get8(0, 14));
        for (int length : new int[] {Integer.MIN_VALUE, 0, 13, 1857}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> batch.setLength(0, length));
            assertEquals("a packet has 14 to 1856 bytes, not " + length, e.getMessage());
        }
    }

    @Test
    void bytesInBulk() {
        byte[] bytes = new byte[80];
        new Random(1).nextBytes(bytes);
        int packet = batch.add(100);
        batch.write(packet, 10, bytes, 20, 50);
        byte[] back = new byte[60];
        batch.read(packet, 10, back, 5, 50);
        assertArrayEquals(java.util.Arrays.copyOfRange(bytes, 20, 70), java.util.Arrays.copyOfRange(back, 5, 55));
        assertEquals(0, back[4]);
        assertEquals(0, back[55]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(40);
            batch.read(packet, 20, segment, 0, (int) segment.byteSize());
            batch.write(packet, 60, segment, 0, (int) segment.byteSize());
            ByteBuffer direct = ByteBuffer.allocateDirect(44).position(2).limit(42);
            batch.read(packet, 60, direct);
            assertEquals(0, direct.remaining());
            assertEquals(-1, segment.mismatch(MemorySegment.ofBuffer(direct.position(2))));
            batch.write(packet, 0, direct);
            assertEquals(0, direct.remaining());
            batch.read(packet, 0, segment, 0, (int) segment.byteSize());
            assertEquals(-1, segment.mismatch(MemorySegment.ofBuffer(direct.position(2))));
        }
    }

    @Test
    void bulkAccessEndsAtThePacketsBounds() {
        byte[] bytes = new byte[100];
        assertThrows(IndexOutOfBoundsException.class, () -> batch.read(0, 0, bytes, 0, 61));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.write(0, 60, bytes, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.write(0, -1, bytes, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.read(4, 0, bytes, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.read(0, 0, bytes, 60, 41));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.write(0, 0, ByteBuffer.wrap(bytes)));
        batch.write(0, 60, bytes, 0, 0);
    }

    /** Drops, moves and copies at random, against a list. */
    @Test
    void noBufferIsLostAndNoOrderChanges() {
        Random random = new Random(3);
        PacketBatch[] batches = {batch, pool.batch(8)};
        List<List<Integer>> expected = List.of(marks(batch), new ArrayList<>());
        int next = 4;
        for (int i = 0; i < 100_000; i++) {
            int from = random.nextInt(2);
            PacketBatch source = batches[from];
            List<Integer> list = expected.get(from);
            int packet = source.size() == 0 ? -1 : random.nextInt(source.size());
            boolean there = packet >= 0 && list.get(packet) != null;
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (source.add(60) >= 0) {
                        source.set16(source.size() - 1, 0, next & 0xffff);
                        list.add(next++ & 0xffff);
                    }
                }
                case 1 -> {
                    if (there) {
                        source.drop(packet);
                        list.set(packet, null);
                    }
                }
                case 2 -> {
                    if (there && source.moveTo(batches[1 - from], packet)) {
                        expected.get(1 - from).add(list.set(packet, null));
                    }
                }
                case 3 -> {
                    if (there && source.copyTo(batches[1 - from], packet)) {
                        expected.get(1 - from).add(list.get(packet));
                    }
                }
                case 4 -> {
                    source.compact();
                    list.removeIf(mark -> mark == null);
                }
                default -> {
                    if (random.nextInt(20) == 0) {
                        source.free();
                        list.clear();
                    }
                }
            }
            assertEquals(list, marks(source));
            long taken = expected.stream()
                    .flatMap(List::stream)
                    .filter(mark -> mark != null)
                    .count();
            assertEquals(16 - taken, pool.available());
        }
    }
}
