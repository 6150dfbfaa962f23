package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;

/** Memory that is a file without a name, for cards that another process plays. Needs no root, and no huge pages. */
final class SharedMemory {
    private SharedMemory() {}

    static DmaMemory map(int pages, DmaTarget[] targets) {
        long size = (long) pages * DmaMemory.PAGE;
        // Huge pages where enough are free: mapping such a file reserves them, so this fails now or never.
        for (boolean huge = true; ; huge = false) {
            int fd = create(size, huge);
            int flags = Abi.MAP_SHARED | Abi.MAP_POPULATE;
            long address = fd < 0 ? fd : Linux.attempt("mmap", 0, size, Abi.PROT_READ_WRITE, flags, fd, 0);
            if (address >= 0) {
                return new DmaMemory(address, fd, iovas(pages), targets);
            }
            if (fd >= 0) {
                Linux.call("close", fd);
            }
            if (!huge) {
                throw HugePagesTrouble.noMemory(size, (int) -address);
            }
        }
    }

    /** A file of that size; -errno where there can be none. */
    static int create(long size, boolean huge) {
        // the name shows in /proc/PID/maps
        String name = huge ? "ixy4j-huge" : "ixy4j";
        int fd = (int) Linux.attempt("memfd_create", name, Abi.MFD_CLOEXEC | (huge ? Abi.MFD_HUGETLB_2MB : 0));
        if (fd >= 0) {
            Linux.call("ftruncate", fd, size);
        }
        return fd;
    }

    /** One range, since the other process is told of ranges and takes few; far from any address of ours. */
    private static long[] iovas(int pages) {
        long[] iovas = new long[pages];
        long first = VirtualMemory.NEXT_IOVA.getAndAdd((pages + 1L) * DmaMemory.PAGE);
        for (int i = 0; i < pages; i++) {
            iovas[i] = first + (long) i * DmaMemory.PAGE;
        }
        return iovas;
    }
}
