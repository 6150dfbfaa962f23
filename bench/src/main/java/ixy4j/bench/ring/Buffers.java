package ixy4j.bench.ring;

import ixy4j.packet.PacketPool;

/**
 * Which buffers of a pool are free, kept here in place of the pool's own stack. In each process only one of its
 * subclasses is loaded, so the JIT calls it directly.
 */
public abstract class Buffers {
    final PacketPool pool;

    /** Takes over all buffers that are free. */
    Buffers(PacketPool pool) {
        this.pool = pool;
    }

    /** How many are free. */
    abstract int available();

    /** Takes one; there must be one. */
    abstract int take();

    /** Gives some back. */
    abstract void give(int[] ids, int start, int count);
}
