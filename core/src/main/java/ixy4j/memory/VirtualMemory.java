package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.telemetry.Log;
import java.util.List;

/** Ordinary memory, for cards behind something that translates their addresses. Needs no root. */
final class VirtualMemory {
    private VirtualMemory() {}

    static MappedMemory map(int pages, List<DmaSpace> spaces) {
        long size = (long) pages * DmaMemory.PAGE;
        if (size >= MemoryLimit.WORTH_A_LOOK) {
            MemoryLimit.check(size);
        }
        Log.debug("memory: ordinary pages, MiB: ", size >> 20);
        long[] iovas = Iovas.scattered(pages, spaces);
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
        return new MappedMemory(address, iovas, spaces);
    }

    private static void unmap(long from, long to) {
        if (to > from) {
            Linux.call("munmap", from, to - from);
        }
    }
}
