package ixy4j.bench.ring;

import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;

/** What rings of the benchmarks have in common. They are never closed one by one: see {@link Rings}. */
abstract class RingQueue extends PacketQueue {
    final long ring;
    final long tail;
    final int mask;
    final int[] slots;
    final Buffers buffers;

    RingQueue(RingMemory memory, Buffers buffers) {
        super("a ring of the benchmarks");
        ring = memory.ring();
        tail = memory.tail();
        mask = memory.size() - 1;
        slots = new int[memory.size()];
        this.buffers = buffers;
    }

    /** All buffers that are free in the pool, which has none from now on. */
    static int[] drain(PacketPool pool) {
        int[] all = new int[pool.available()];
        if (allocate(pool, all, 0, all.length) != all.length) {
            throw new IllegalStateException("the pool is used by another thread");
        }
        return all;
    }

    @Override
    public final void close() {
        // with all others
    }

    @Override
    protected final void giveBack(PacketPool pool) {
        throw new IllegalStateException("its pool was never told of " + name);
    }
}
