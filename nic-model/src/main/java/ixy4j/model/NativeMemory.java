package ixy4j.model;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory of the card's own, and what it does with many bytes at once; like RawMemory it checks no address. */
final class NativeMemory {
    @SuppressWarnings("restricted") // the IOMMU has checked addresses of the driver, and the others are the card's own
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private NativeMemory() {}

    /** Zeroed memory. */
    static long map(long size) {
        return Linux.call("mmap", 0, size, Abi.PROT_READ_WRITE, Abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    static void unmap(long address, long size) {
        Linux.call("munmap", address, size);
    }

    /** Copies bytes between ranges that do not overlap. */
    static void copy(long from, long to, int bytes) {
        if (bytes > 64) {
            MemorySegment.copy(ALL, from, ALL, to, bytes);
        } else {
            copyFew(from, to, bytes);
        }
    }

    /** Most frames are short, and the general way has much to decide. */
    private static void copyFew(long from, long to, int bytes) {
        int done = 0;
        for (; done <= bytes - 8; done += 8) {
            ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, to + done, ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, from + done));
        }
        for (; done < bytes; done++) {
            ALL.set(ValueLayout.JAVA_BYTE, to + done, ALL.get(ValueLayout.JAVA_BYTE, from + done));
        }
    }

    /** Copies bytes to a lower address; the ranges may overlap. */
    static void moveDown(long from, long to, int bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** Sets bytes to 0. */
    static void clear(long address, int bytes) {
        for (int i = 0; i < bytes; i++) {
            ALL.set(ValueLayout.JAVA_BYTE, address + i, (byte) 0);
        }
    }
}
