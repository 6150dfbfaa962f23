package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.telemetry.Log;
import java.util.List;

/**
 * Huge pages of 2 MiB, and their physical addresses, for cards that nothing translates for. No mounted hugetlbfs is needed.
 *
 * <p>That these addresses stay right is an assumption. Linux does not swap huge pages, and neither its compaction nor its
 * balancing of NUMA nodes moves them; but nothing pins them, as VFIO would ({@code mlock} does not), and a few rare things
 * do move them: docs/limits.md has them.
 */
final class HugePages {
    private HugePages() {}

    static MappedMemory map(int pages, List<DmaSpace> spaces) {
        long size = (long) pages * DmaMemory.PAGE;
        long address = Presence.map(size, Abi.MAP_SHARED_ANONYMOUS_HUGE, -1);
        if (address < 0) {
            throw HugePagesTrouble.missing(pages, (int) -address);
        }
        Log.debug("memory: huge pages of 2 MiB, by physical addresses: ", pages);
        try {
            return new MappedMemory(address, physicalAddresses(address, pages), spaces);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> Linux.call("munmap", address, size));
            throw e;
        }
    }

    /** The physical address of each page, from /proc/self/pagemap (Documentation/admin-guide/mm/pagemap.rst). */
    static long[] physicalAddresses(long address, int pages) {
        long pageSize = (int) Linux.call("getpagesize");
        long[] physical = new long[pages];
        int fd = (int) Linux.attempt("open", "/proc/self/pagemap", Abi.O_RDONLY | Abi.O_CLOEXEC);
        if (fd < 0) {
            throw HugePagesTrouble.hidden();
        }
        try {
            for (int i = 0; i < pages; i++) {
                long entry = Linux.read(fd, (address + (long) i * DmaMemory.PAGE) / pageSize * 8, 8);
                physical[i] = (entry & ((1L << 55) - 1)) * pageSize;
                if (physical[i] == 0) { // frame numbers read 0 to those who may not see them
                    throw HugePagesTrouble.hidden();
                }
            }
        } finally {
            Linux.call("close", fd);
        }
        return physical;
    }
}
