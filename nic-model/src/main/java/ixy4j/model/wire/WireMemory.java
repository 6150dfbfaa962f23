package ixy4j.model.wire;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import java.lang.foreign.MemorySegment;

/** Native memory of a wire's own, and copies of frames; like RawMemory it checks no address. */
final class WireMemory {
    @SuppressWarnings("restricted") // the card gives room for a frame, and the rest is the wire's own
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private WireMemory() {}

    /** Zeroed memory. */
    static long map(long size) {
        return Linux.call("mmap", 0, size, Abi.PROT_READ_WRITE, Abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    static void unmap(long address, long size) {
        Linux.call("munmap", address, size);
    }

    /** Copies bytes between ranges that do not overlap. */
    static void copy(long from, long to, int bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }
}
