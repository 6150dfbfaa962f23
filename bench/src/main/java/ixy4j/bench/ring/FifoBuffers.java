package ixy4j.bench.ring;

import ixy4j.packet.PacketPool;

/** The one that has been free for the longest is the first taken: all buffers of the pool go through the cache in turn. */
final class FifoBuffers extends Buffers {
    private final int[] free; // a ring
    private int first;
    private int available;

    FifoBuffers(PacketPool pool) {
        super(pool);
        int[] all = RingQueue.drain(pool);
        free = new int[Integer.highestOneBit(Math.max(1, all.length - 1)) << 1];
        System.arraycopy(all, 0, free, 0, all.length);
        available = all.length;
    }

    @Override
    int available() {
        return available;
    }

    @Override
    int take() {
        int id = free[first];
        first = (first + 1) & (free.length - 1);
        available--;
        return id;
    }

    @Override
    void give(int[] ids, int start, int count) {
        final int mask = free.length - 1;
        int end = first + available;
        for (int i = 0; i < count; i++) {
            free[(end + i) & mask] = ids[start + i];
        }
        available += count;
    }
}
