package ixy4j.intel;

import ixy4j.memory.DmaMemory;
import ixy4j.memory.PacketPool;

/** What receive and transmit queues have in common: a ring of descriptors, each with a buffer behind it, and a tail. */
public abstract class AdvancedQueue {
    final String name;
    final long ring; // our address of the first descriptor
    final long tail; // our address of the tail register
    final int[] slots; // the buffer behind each descriptor
    PacketPool pool; // null when closed
    int next; // receive: the descriptor that the card fills next; transmit: the one that we fill next

    AdvancedQueue(String name, long ring, int size, long tail, PacketPool pool) {
        this.name = name;
        this.ring = ring;
        this.tail = tail;
        this.slots = new int[size];
        this.pool = pool;
    }

    /** Whether its buffers are in this memory, or, where that is null, in any: a closed queue has none. */
    public final boolean uses(DmaMemory memory) {
        return pool != null && (memory == null || pool.memory() == memory);
    }

    /** Gives the buffers back, those of frames not sent as well; the card must have stopped. May be called twice. */
    public abstract void close();

    @Override
    public final String toString() {
        return name + (pool == null ? ", closed" : "");
    }
}
