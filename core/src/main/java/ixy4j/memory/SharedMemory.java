package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Linux;

/** Memory that is a file without a name, for cards that another process plays. Needs no root, and no huge pages. */
final class SharedMemory extends DmaMemory {
    private final int fd;

    SharedMemory(long address, int fd, long[] pageIovas, DmaTarget[] targets) {
        super(address, pageIovas, targets);
        this.fd = fd;
    }

    /** Huge pages where they must be, or where enough are to be had; pages of the usual size otherwise. */
    static DmaMemory map(int pages, boolean physical, DmaTarget[] targets) {
        long size = (long) pages * DmaMemory.PAGE;
        int huge = (int) Linux.memoryFile("ixy4j-huge", size, Abi.MFD_HUGETLB_2MB);
        long address = map(huge, size);
        if (address >= 0) {
            return map(huge, address, pages, physical, targets);
        }
        if (physical) {
            throw HugePagesTrouble.missing(pages, (int) -address);
        }
        if (size >= MemoryLimit.WORTH_A_LOOK) {
            MemoryLimit.check(size);
        }
        int usual = (int) Linux.memoryFile("ixy4j", size, 0);
        address = map(usual, size);
        if (address < 0) {
            throw MemoryLimit.noMemory(size, (int) -address);
        }
        return map(usual, address, pages, false, targets);
    }

    /** The address of a file; -errno where it is none or cannot be mapped, and then it is closed. */
    private static long map(int fd, long size) {
        long address = fd < 0 ? fd : Presence.map(size, Abi.MAP_SHARED, fd);
        if (fd >= 0 && address < 0) {
            Linux.call("close", fd);
        }
        return address;
    }

    private static DmaMemory map(int fd, long address, int pages, boolean physical, DmaTarget[] targets) {
        try {
            long[] iovas = physical ? HugePages.physicalAddresses(address, pages) : range(pages);
            return new SharedMemory(address, fd, iovas, targets);
        } catch (RuntimeException | Error e) {
            Cleanup.after(
                    e,
                    () -> Linux.call("munmap", address, (long) pages * DmaMemory.PAGE),
                    () -> Linux.call("close", fd));
            throw e;
        }
    }

    /** One range, since the other process is told of ranges and takes few; far from any address of ours. */
    private static long[] range(int pages) {
        long[] iovas = new long[pages];
        long first = VirtualMemory.NEXT_IOVA.getAndAdd((pages + 1L) * DmaMemory.PAGE);
        for (int i = 0; i < pages; i++) {
            iovas[i] = first + (long) i * DmaMemory.PAGE;
        }
        return iovas;
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    void release() {
        Cleanup.run(super::release, () -> Linux.call("close", fd));
    }
}
