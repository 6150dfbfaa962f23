package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;

/**
 * Huge pages of 2 MiB, which stay where they are, and their physical addresses, for cards that nothing translates for. No
 * mounted hugetlbfs is needed.
 */
final class HugePages {
    private HugePages() {}

    static DmaMemory map(int pages, boolean file, DmaTarget[] targets) {
        long size = (long) pages * DmaMemory.PAGE;
        int fd = file ? SharedMemory.create(size, true) : -1;
        int flags = Abi.MAP_LOCKED | Abi.MAP_POPULATE | (file ? Abi.MAP_SHARED : Abi.MAP_SHARED_ANONYMOUS_HUGE);
        long address = Linux.attempt("mmap", 0, size, Abi.PROT_READ_WRITE, flags, fd, 0);
        long[] physical = address < 0 ? null : physicalAddresses(address, pages);
        if (physical == null && fd >= 0) {
            Linux.call("close", fd);
        }
        if (address < 0) {
            throw HugePagesTrouble.missing(pages, (int) -address);
        }
        if (physical == null) {
            Linux.call("munmap", address, size);
            throw HugePagesTrouble.hidden();
        }
        return new DmaMemory(address, fd, physical, targets);
    }

    /**
     * The physical address of each page, from /proc/self/pagemap (Documentation/admin-guide/mm/pagemap.rst); null where
     * the kernel does not show it.
     */
    private static long[] physicalAddresses(long address, int pages) {
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
