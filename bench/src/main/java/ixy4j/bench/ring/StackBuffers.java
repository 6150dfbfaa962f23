package ixy4j.bench.ring;

import ixy4j.packet.PacketPool;

/** The last one freed is the first taken, as in the driver. */
final class StackBuffers extends Buffers {
    private final int[] free;
    private int available;

    StackBuffers(PacketPool pool) {
        super(pool);
        free = RingQueue.drain(pool);
        available = free.length;
    }

    @Override
    int available() {
        return available;
    }

    @Override
    int take() {
        return free[--available];
    }

    @Override
    void give(int[] ids, int start, int count) {
        System.arraycopy(ids, start, free, available, count);
        available += count;
    }
}
