package ixy4j.pci;

import ixy4j.linux.IxyException;
import java.util.function.IntFunction;

/**
 * Registers of a card, by offset. {@link #get32} and {@link #set32} work for every register, with exactly one access
 * each, in program order. {@link #address} is the way to the few registers of the hot path.
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

    /** Whether the bits of {@code mask} read as {@code wanted} within a time; polls once a millisecond at the slowest. */
    default boolean comes(int offset, int mask, int wanted, int millis) {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        while ((get32(offset) & mask) != wanted) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(100_000);
        }
        return true;
    }

    /** Waits for {@link #comes}; an {@link IxyException} names register, bits wanted and value seen. */
    default void await(int offset, int mask, int wanted, int millis, IntFunction<String> registerName) {
        if (!comes(offset, mask, wanted, millis)) {
            throw new IxyException("register " + registerName.apply(offset) + " did not get to 0x"
                    + Integer.toHexString(wanted) + " under mask 0x" + Integer.toHexString(mask) + " in " + millis
                    + " ms, it reads 0x" + Integer.toHexString(get32(offset))
                    + ": the card does not answer; power the machine off and on, or try another slot");
        }
    }

    /** Lets time pass; an interrupt of the thread is kept for its owner to see. */
    static void pause(long nanos) {
        java.util.concurrent.locks.LockSupport.parkNanos(nanos);
    }
}
