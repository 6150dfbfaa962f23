package ixy4j.model;

import ixy4j.IxyException;
import ixy4j.ixgbe.Registers;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.memory.RawMemory;
import ixy4j.model.wire.OwnMemory;
import ixy4j.vfiouser.Protocol;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The tails of all queues (RDT, TDT: datasheet 8.2.3.8.5 and 8.2.3.9.9), in memory that driver and card share: the driver
 * writes a tail with release, the card reads it with acquire. A tail has 128 bytes, two lines of the cache, of its own.
 */
final class Tails {
    static final int QUEUES = Protocol.TAILS;

    private static final int SIZE = Protocol.TAILS_BYTES;

    private final long memory = OwnMemory.map(SIZE);

    /** The address of a receive queue's tail. */
    long rx(int queue) {
        return memory + (long) queue * Protocol.TAIL_BYTES;
    }

    /** The address of a transmit queue's tail. */
    long tx(int queue) {
        return memory + (long) (QUEUES + queue) * Protocol.TAIL_BYTES;
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
        for (int i = 0; i < QUEUES; i++) {
            RawMemory.setIntRelease(rx(i), 0);
            RawMemory.setIntRelease(tx(i), 0);
        }
    }

    /** Puts a new file in the place of the memory, at the same address, which rings and drivers know. */
    int share() {
        int fd = (int) Linux.memoryFile("ixy4j-tails", SIZE, 0);
        if (fd < 0) {
            throw new IxyException("tails cannot be shared, there is no memory for them: " + Errno.text(-fd));
        }
        replace(Abi.MAP_SHARED | Abi.MAP_FIXED, fd);
        return fd;
    }

    /** Puts memory of this process in the place of a file that is shared. */
    void unshare() {
        replace(Abi.MAP_PRIVATE_ANONYMOUS | Abi.MAP_FIXED, -1);
    }

    /** What the tails are is kept; what a driver writes meanwhile is lost, so there is none, or it has not begun. */
    private void replace(int flags, int fd) {
        byte[] old = RawMemory.segment(memory, SIZE).toArray(ValueLayout.JAVA_BYTE);
        Linux.call("mmap", memory, SIZE, Abi.PROT_READ_WRITE, flags, fd, 0);
        MemorySegment.copy(old, 0, RawMemory.segment(memory, SIZE), ValueLayout.JAVA_BYTE, 0, SIZE);
    }

    void close() {
        Retired.memory(this, memory, SIZE); // a queue may be about to write one
    }
}
