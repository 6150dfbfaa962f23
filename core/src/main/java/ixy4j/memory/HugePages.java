package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;

/**
 * Huge pages of 2 MiB, which stay where they are, and their physical addresses, for cards that nothing translates for. No
 * mounted hugetlbfs is needed.
 */
final class HugePages {
    private HugePages() {}

    static DmaMemory map(int pages, DmaTarget[] targets) {
        int flags = Abi.MAP_SHARED_ANONYMOUS_HUGE | Abi.MAP_LOCKED | Abi.MAP_POPULATE;
        long size = (long) pages * DmaMemory.PAGE;
        long address = Linux.attempt("mmap", 0, size, Abi.PROT_READ_WRITE, flags, -1, 0);
        if (address < 0) {
            throw HugePagesTrouble.missing(pages, (int) -address);
        }
        long[] physical = physicalAddresses(address, pages);
        if (physical == null) {
            Linux.call("munmap", address, size);
            throw HugePagesTrouble.hidden();
        }
        return new DmaMemory(address, physical, targets);
    }

    /**
     * The physical address of each page, from /proc/self/pagemap (Documentation/admin-guide/mm/pagemap.rst); null where
     * the kernel does not show it.
     */
    static long[] physicalAddresses(long address, int pages) {
        long pageSize = (int) Linux.call("getpagesize");
        int fd = Linux.open("/proc/self/pagemap", Abi.O_RDONLY);
        long[] physical = new long[pages];
        for (int i = 0; i < pages && physical != null; i++) {
            long entry = Linux.read(fd, (address + (long) i * DmaMemory.PAGE) / pageSize * 8, 8);
            physical[i] = (entry & ((1L << 55) - 1)) * pageSize;
            if (entry >= 0 || physical[i] == 0) { // bit 63: present; frame numbers read 0 to others than root
                physical = null;
            }
        }
        Linux.call("close", fd);
        return physical;
    }
}
