package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Ordinary memory, for cards behind something that translates their addresses. Needs no root. */
final class VirtualMemory {
    // Far from any address of ours, so that a mix-up of the two shows at once; and with a page left out after each, so
    // that code that takes pages for neighbours shows as well.
    static final AtomicLong NEXT_IOVA = new AtomicLong(1L << 44);

    private VirtualMemory() {}

    static DmaMemory map(int pages, DmaTarget[] targets) {
        long size = (long) pages * DmaMemory.PAGE;
        if (size >= MemoryLimit.WORTH_A_LOOK) {
            MemoryLimit.check(size);
        }
        long[] iovas = new long[pages];
        Arrays.setAll(iovas, i -> NEXT_IOVA.getAndAdd(2 * DmaMemory.PAGE));
        long mapped =
                Linux.attempt("mmap", 0, size + DmaMemory.PAGE, Abi.PROT_READ_WRITE, Abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
        if (mapped < 0) {
            throw MemoryLimit.noMemory(size, (int) -mapped);
        }
        long address = (mapped + DmaMemory.PAGE - 1) & -DmaMemory.PAGE;
        unmap(mapped, address); // what the alignment leaves over on either side
        unmap(address + size, mapped + size + DmaMemory.PAGE);
        // As huge pages where the kernel has some; where it has none, this is slower, not wrong.
        Linux.attempt("madvise", address, size, Abi.MADV_HUGEPAGE);
        return new DmaMemory(address, iovas, targets);
    }

    private static void unmap(long from, long to) {
        if (to > from) {
            Linux.call("munmap", from, to - from);
        }
    }
}
