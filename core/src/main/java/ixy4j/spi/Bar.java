package ixy4j.spi;

import ixy4j.IxyException;
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

    // Registers of cards have 32 bits, but for some that are I/O ports, which have what is called for here.

    /** Reads a register of 8 bits; unsigned. */
    default int get8(int offset) {
        throw new IxyException(this + " has registers of 32 bits only, at 0x" + Integer.toHexString(offset) + " too");
    }

    /** Reads a register of 16 bits; unsigned. */
    default int get16(int offset) {
        return get8(offset);
    }

    /** Writes a register of 8 bits. */
    default void set8(int offset, int value) {
        get8(offset);
    }

    /** Writes a register of 16 bits. Ports allocate nothing here, since a queue is notified by one; for any thread. */
    default void set16(int offset, int value) {
        get8(offset);
    }

    /**
     * Our address of a register that only takes what is written to it, as tails do: on hardware the register, on an
     * emulated card shared memory that it polls. Valid until the card is closed.
     *
     * @throws IxyException if the registers are I/O ports, which have none
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
