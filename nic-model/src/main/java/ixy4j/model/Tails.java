package ixy4j.model;

import ixy4j.ixgbe.Registers;
import ixy4j.model.wire.NativeMemory;

/**
 * The tails of all queues (RDT, TDT: datasheet 8.2.3.8.5 and 8.2.3.9.9), in memory that driver and card share: the driver
 * writes a tail with release, the card reads it with acquire. A tail has 128 bytes, two lines of the cache, of its own.
 */
final class Tails {
    static final int QUEUES = 128;

    private static final int STRIDE_SHIFT = 7;
    private static final int SIZE = (2 * QUEUES) << STRIDE_SHIFT;

    private final long memory = NativeMemory.map(SIZE);

    /** The address of a receive queue's tail. */
    long rx(int queue) {
        return memory + ((long) queue << STRIDE_SHIFT);
    }

    /** The address of a transmit queue's tail. */
    long tx(int queue) {
        return memory + (((long) QUEUES + queue) << STRIDE_SHIFT);
    }

    /** The address of the tail register at an offset in the BAR. */
    long address(int offset) {
        int base = offset & ~(63 << 6);
        int queue = offset >>> 6 & 63;
        return switch (base) {
            case Registers.RDT -> rx(queue);
            case Registers.RDT_64 -> rx(64 + queue);
            case Registers.TDT -> tx(queue);
            case Registers.TDT + 0x1000 -> tx(64 + queue);
            default ->
                throw new IllegalArgumentException("register " + Registers.name(offset)
                        + " has effects that memory cannot have: only tails (RDT, TDT) have an address");
        };
    }

    /** Sets all tails to 0. */
    void reset() {
        for (int i = 0; i < 2 * QUEUES; i++) {
            NativeMemory.setIntRelease(memory + ((long) i << STRIDE_SHIFT), 0);
        }
    }

    void close() {
        NativeMemory.unmap(memory, SIZE);
    }
}
