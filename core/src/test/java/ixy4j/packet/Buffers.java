package ixy4j.packet;

import ixy4j.spi.DmaMemory;

/** For tests that look at buffers themselves, or take them by hand, as users cannot. */
public final class Buffers {
    private Buffers() {}

    public static int[] of(PacketBatch batch) {
        return batch.buffers;
    }

    public static DmaMemory memory(PacketPool pool) {
        return pool.memory;
    }

    public static int index(int buffer) {
        return PacketPool.index(buffer);
    }

    public static int allocate(PacketPool pool) {
        return pool.allocate();
    }

    public static int allocate(PacketPool pool, int[] buffers, int start, int count) {
        return pool.allocate(buffers, start, count);
    }

    public static void free(PacketPool pool, int buffer) {
        pool.free(buffer);
    }

    public static void free(PacketPool pool, int[] buffers, int start, int count) {
        pool.free(buffers, start, count);
    }

    public static long address(PacketPool pool, int buffer) {
        return pool.address(buffer);
    }

    public static long iova(PacketPool pool, int buffer) {
        return pool.iova(buffer);
    }
}
