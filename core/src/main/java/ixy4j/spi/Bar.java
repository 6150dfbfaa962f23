package ixy4j.spi;

import java.util.concurrent.locks.LockSupport;

/**
 * Registers of a card, of 32 bits each, by their offset in bytes, a multiple of 4. {@link #get32} and {@link #set32} work for
 * every register, with exactly one access each, in program order. {@link #address} is the way to the few registers of the hot
 * path. Numbers are as the processor has them, whatever the order of bytes on the bus. An offset outside the BAR is
 * refused. Any thread may call it, but two that change one register need to agree.
 */
public interface Bar {
    /** Reads a register. */
    int get32(int offset);

    /** Writes a register. */
    void set32(int offset, int value);

    /**
     * Our address of a register that only takes what is written to it, as tails do: on hardware the register, on an
     * emulated card shared memory that it polls. Valid until the card is closed.
     */
    long address(int offset);

    /** Sets bits and leaves the others as they are. */
    default void setFlags(int offset, int flags) {
        set32(offset, get32(offset) | flags);
    }

    /** Clears bits and leaves the others as they are. */
    default void clearFlags(int offset, int flags) {
        set32(offset, get32(offset) & ~flags);
    }

    /** Waits until the bits of {@code mask} read as {@code wanted}; whether they did within so many milliseconds. */
    default boolean await(int offset, int mask, int wanted, int millis) {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        while ((get32(offset) & mask) != wanted) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(100_000);
        }
        return true;
    }
}
