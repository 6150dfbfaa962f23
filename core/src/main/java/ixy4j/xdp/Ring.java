package ixy4j.xdp;

import ixy4j.memory.RawMemory;

/**
 * One of the four rings that a socket shares with the kernel (Linux, Documentation/networking/af_xdp.rst). Both indexes run
 * freely through 32 bits; an entry is at its index modulo the size, a power of two.
 *
 * <pre>
 *                 entries  written by   what an entry is
 * RX              16       kernel       a frame that came: address, 8, length, 4, options, 4
 * fill             8       program      the address of a buffer for one
 * TX              16       program      a frame to be sent, as in RX
 * completion       8       kernel       the address of one that was sent
 * </pre>
 *
 * An address counts from the beginning of the pool's memory. Who writes entries writes the producer index, who reads them
 * the consumer index.
 */
final class Ring {
    private static final int NEEDS_WAKEUP = 1; // XDP_RING_NEED_WAKEUP

    private final long producer;
    private final long consumer;
    private final long flags;
    private final long entries;
    private final int mask;

    /** One that is mapped; these are addresses of ours. */
    Ring(long producer, long consumer, long flags, long entries, int size) {
        this.producer = producer;
        this.consumer = consumer;
        this.flags = flags;
        this.entries = entries;
        mask = size - 1;
    }

    int size() {
        return mask + 1;
    }

    // ---- for who writes entries

    /** How far the kernel has read. */
    int consumed() {
        // Acquire: an entry is written again only after the kernel has read it.
        return RawMemory.getIntAcquire(consumer);
    }

    /** Shows all entries before this index to the kernel. */
    void publish(int index) {
        // Release: the kernel sees the entries, and the frames that they are about, before the index.
        RawMemory.setIntRelease(producer, index);
    }

    /** Whether the kernel looks at new entries only when it is told to. */
    boolean needsWakeup() {
        return (RawMemory.getIntAcquire(flags) & NEEDS_WAKEUP) != 0;
    }

    // ---- for who reads them

    /** How far the kernel has written. */
    int produced() {
        // Acquire: entries, and the frames that they are about, are read after the index that says they are written.
        return RawMemory.getIntAcquire(producer);
    }

    /** Gives all entries before this index back to the kernel. */
    void release(int index) {
        // Release: they have been read before the kernel writes others.
        RawMemory.setIntRelease(consumer, index);
    }

    // ---- entries

    /** Where an entry with an address only is. */
    long address(int index) {
        return entries + ((index & mask) << 3);
    }

    /** Where an entry with a descriptor is. */
    long descriptor(int index) {
        return entries + ((index & mask) << 4);
    }
}
