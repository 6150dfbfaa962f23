package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.spi.Spaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Packets that become longer or shorter, above all at the front. */
class FrontOfPacketTest {
    private final PacketPool pool = PacketPool.create(32, Spaces.VIRTUAL);
    private final PacketBatch batch = pool.batch(8);

    @AfterEach
    void close() {
        pool.close();
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            int before = all.length;
            all = Arrays.copyOf(all, before + part.length);
            System.arraycopy(part, 0, all, before, part.length);
        }
        return all;
    }

    private static void refused(Class<? extends Exception> type, String message, Executable action) {
        assertEquals(message, assertThrows(type, action).getMessage());
    }

    @Test
    void bytesComeInFrontAsFarAsThereIsRoom() {
        byte[] frame = bytes(60, 1);
        byte[] header = bytes(PacketPool.HEADROOM, 2);
        batch.add(frame);
        assertEquals(PacketPool.HEADROOM, batch.headroom(0));
        batch.prepend(0, 50);
        batch.prepend(0, 0);
        assertEquals(62, batch.headroom(0));
        batch.prepend(0, 62);
        batch.write(0, 0, header, 0, header.length);
        assertEquals(0, batch.headroom(0));
        assertArrayEquals(concat(header, frame), batch.toArray(0));
        refused(
                IndexOutOfBoundsException.class,
                "0 to 0 bytes can be put in front of packet 0, not 1",
                () -> batch.prepend(0, 1));
        for (int bytes : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> batch.prepend(0, bytes));
        }
        assertArrayEquals(concat(header, frame), batch.toArray(0));
    }

    @Test
    void bytesGoAtTheFrontDownToAnEthernetHeader() {
        byte[] frame = bytes(60, 3);
        batch.add(frame);
        batch.trimFront(0, 40);
        assertArrayEquals(Arrays.copyOfRange(frame, 40, 60), batch.toArray(0));
        assertEquals(PacketPool.HEADROOM + 40, batch.headroom(0));
        refused(
                IndexOutOfBoundsException.class,
                "0 to 6 of the 20 bytes of packet 0 can be taken away, not 7",
                () -> batch.trimFront(0, 7));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.trimFront(0, -1));
        batch.trimFront(0, 6);
        batch.prepend(0, 46);
        assertArrayEquals(frame, batch.toArray(0), "what was taken away was not written to");
    }

    @Test
    void aTagGoesInAndOut() {
        byte[] frame = bytes(100, 4);
        batch.add(frame);
        batch.insert(0, 12, 4);
        batch.set32(0, 12, 0x8100_0042L);
        byte[] tag = {(byte) 0x81, 0, 0, 0x42};
        assertArrayEquals(concat(Arrays.copyOf(frame, 12), tag, Arrays.copyOfRange(frame, 12, 100)), batch.toArray(0));
        batch.remove(0, 12, 4);
        assertArrayEquals(frame, batch.toArray(0));
        batch.insert(0, 100, 1);
        assertArrayEquals(frame, Arrays.copyOf(batch.toArray(0), 100), "behind the last byte");
        batch.remove(0, 100, 1);
        batch.remove(0, 0, 86);
        assertArrayEquals(Arrays.copyOfRange(frame, 86, 100), batch.toArray(0));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.insert(0, 15, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.insert(0, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.insert(0, 0, PacketPool.HEADROOM + 87));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.remove(0, 10, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.remove(0, 0, 1), "an Ethernet header stays");
        assertArrayEquals(Arrays.copyOfRange(frame, 86, 100), batch.toArray(0));
    }

    @Test
    void theEndIsThatOfTheBuffer() {
        batch.add(60);
        batch.trimFront(0, 20);
        batch.setLength(0, 1836);
        refused(
                IllegalArgumentException.class,
                "a packet has 14 to 1836 bytes, not 1837",
                () -> batch.setLength(0, 1837));
        batch.prepend(0, 20 + PacketPool.HEADROOM);
        assertEquals(PacketPool.ROOM + PacketPool.HEADROOM, batch.length(0));
        refused(
                IllegalArgumentException.class,
                "a packet has 14 to 1968 bytes, not 1969",
                () -> batch.setLength(0, 1969));
        refused(IllegalArgumentException.class, "a packet has 14 to 1856 bytes, not 13", () -> batch.add(new byte[13]));
        refused(
                IllegalArgumentException.class,
                "a packet has 14 to 1856 bytes, not 1857",
                () -> batch.add(new byte[1857]));
        assertEquals(1, batch.size());
    }

    @Test
    void theLongestPacketIsCopiedAndMoved() {
        byte[] frame = bytes(PacketPool.ROOM + PacketPool.HEADROOM, 5);
        batch.add(PacketPool.ROOM);
        batch.prepend(0, PacketPool.HEADROOM);
        batch.write(0, 0, frame, 0, frame.length);
        PacketBatch other = pool.batch(2);
        assertTrue(batch.copyTo(other, 0));
        assertTrue(batch.moveTo(other, 0));
        assertFalse(other.copyTo(other, 0));
        assertArrayEquals(frame, other.toArray(0));
        assertArrayEquals(frame, other.toArray(1));
    }

    @Test
    void nothingOfThisIsDoneToAHole() {
        batch.add(60);
        batch.drop(0);
        String gone = "packet 0 was dropped or moved away";
        refused(IllegalStateException.class, gone, () -> batch.headroom(0));
        refused(IllegalStateException.class, gone, () -> batch.prepend(0, 0));
        refused(IllegalStateException.class, gone, () -> batch.trimFront(0, 0));
        refused(IllegalStateException.class, gone, () -> batch.insert(0, 0, 0));
        refused(IllegalStateException.class, gone, () -> batch.remove(0, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.headroom(1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.toArray(-1));
    }

    /** A packet at the end of its buffer has nothing behind it that could be zero. */
    @Test
    void aShortPacketAtTheEndOfItsBufferIsFilledUp() {
        byte[] frame = bytes(PacketPool.ROOM, 6);
        batch.add(frame);
        batch.trimFront(0, PacketPool.ROOM - 14);
        OddFrames.fill(batch, 60);
        assertArrayEquals(
                Arrays.copyOf(Arrays.copyOfRange(frame, PacketPool.ROOM - 14, PacketPool.ROOM), 60), batch.toArray(0));
    }

    // ---- against a list of arrays

    private final PacketBatch[] batches = {batch, pool.batch(8)};
    private final List<List<byte[]>> expected = List.of(new ArrayList<>(), new ArrayList<>()); // null for a hole

    @Test
    void packetsAreWhatAListOfArraysIs() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            int which = random.nextInt(2);
            List<byte[]> list = expected.get(which);
            int packet = list.isEmpty() ? -1 : random.nextInt(list.size());
            if (packet < 0 || list.get(packet) == null || random.nextInt(8) == 0) {
                comeOrGo(random, which);
            } else {
                change(random, which, packet);
            }
            for (int j = 0; j < 2; j++) {
                check(expected.get(j), batches[j], "seed " + seed + ", step " + i);
            }
        }
    }

    private static void check(List<byte[]> list, PacketBatch batch, String what) {
        assertEquals(list.size(), batch.size(), what);
        for (int i = 0; i < list.size(); i++) {
            byte[] packet = list.get(i);
            assertEquals(packet == null, batch.isHole(i), what);
            assertArrayEquals(packet == null ? new byte[0] : packet, batch.toArray(i), what);
        }
    }

    private void comeOrGo(Random random, int which) {
        switch (random.nextInt(4)) {
            case 0 -> {
                batches[which].compact();
                expected.get(which).removeIf(packet -> packet == null);
            }
            case 1 -> {
                if (random.nextInt(10) == 0) {
                    batches[which].free();
                    expected.get(which).clear();
                }
            }
            default -> {
                byte[] frame = bytes(14 + random.nextInt(PacketPool.ROOM - 13), random.nextLong());
                if (batches[which].add(frame) >= 0) {
                    expected.get(which).add(frame);
                }
            }
        }
    }

    private void change(Random random, int which, int packet) {
        PacketBatch batch = batches[which];
        List<byte[]> list = expected.get(which);
        byte[] old = list.get(packet);
        int less = random.nextInt(Math.min(200, old.length - 13));
        int more = random.nextInt(Math.min(200, batch.headroom(packet) + 1));
        int at = random.nextInt(old.length + 1);
        switch (random.nextInt(8)) {
            case 0 -> {
                batch.prepend(packet, more);
                list.set(packet, concat(written(random, packet, 0, more, batch), old));
            }
            case 1 -> {
                batch.trimFront(packet, less);
                list.set(packet, Arrays.copyOfRange(old, less, old.length));
            }
            case 2 -> {
                batch.insert(packet, at, more);
                byte[] middle = written(random, packet, at, more, batch);
                list.set(packet, concat(Arrays.copyOf(old, at), middle, Arrays.copyOfRange(old, at, old.length)));
            }
            case 3 -> {
                int from = Math.min(at, old.length - less);
                batch.remove(packet, from, less);
                list.set(packet, concat(Arrays.copyOf(old, from), Arrays.copyOfRange(old, from + less, old.length)));
            }
            case 4 -> {
                batch.setLength(packet, old.length - less);
                list.set(packet, Arrays.copyOf(old, old.length - less));
            }
            case 5 -> {
                if (batch.moveTo(batches[1 - which], packet)) {
                    expected.get(1 - which).add(old);
                    list.set(packet, null);
                }
            }
            case 6 -> {
                if (batch.copyTo(batches[1 - which], packet)) {
                    expected.get(1 - which).add(old.clone());
                }
            }
            default -> {
                batch.drop(packet);
                list.set(packet, null);
            }
        }
    }

    private static byte[] written(Random random, int packet, int at, int length, PacketBatch batch) {
        byte[] bytes = bytes(length, random.nextLong());
        batch.write(packet, at, bytes, 0, length);
        return bytes;
    }
}
