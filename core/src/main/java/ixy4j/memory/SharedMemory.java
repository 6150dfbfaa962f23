package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;

/** Memory that is a file without a name, for cards that another process plays. Needs no root, and no huge pages. */
final class SharedMemory extends DmaMemory {
    private final int fd;
    private boolean open = true;

    SharedMemory(long address, int fd, long[] pageIovas, DmaTarget[] targets) {
        super(address, pageIovas, targets);
        this.fd = fd;
    }

    /** Huge pages where they must be, or where enough are free; pages of the usual size otherwise. */
    static DmaMemory map(int pages, boolean physical, DmaTarget[] targets) {
        long size = (long) pages * DmaMemory.PAGE;
        int fd = create(size, true);
        long address = map(fd, size, physical ? Abi.MAP_LOCKED : 0); // reserves huge pages, so it fails now or never
        if (address < 0 && physical) {
            throw HugePagesTrouble.missing(pages, (int) -address);
        }
        if (address < 0) {
            fd = create(size, false);
            address = map(fd, size, 0);
        }
        if (address < 0) {
            throw HugePagesTrouble.noMemory(size, (int) -address);
        }
        long[] iovas = physical ? HugePages.physicalAddresses(address, pages) : range(pages);
        if (iovas == null) {
            Linux.call("munmap", address, size);
            Linux.call("close", fd);
            throw HugePagesTrouble.hidden();
        }
        return new SharedMemory(address, fd, iovas, targets);
    }

    /** A file of that size; -errno where there can be none. */
    private static int create(long size, boolean huge) {
        // the name shows in /proc/PID/maps
        String name = huge ? "ixy4j-huge" : "ixy4j";
        int fd = (int) Linux.attempt("memfd_create", name, Abi.MFD_CLOEXEC | (huge ? Abi.MFD_HUGETLB_2MB : 0));
        if (fd >= 0) {
            Linux.call("ftruncate", fd, size);
        }
        return fd;
    }

    /** Its address; -errno where it cannot be mapped, and then it is closed. */
    private static long map(int fd, long size, int flags) {
        int all = Abi.MAP_SHARED | Abi.MAP_POPULATE | flags;
        long address = fd < 0 ? fd : Linux.attempt("mmap", 0, size, Abi.PROT_READ_WRITE, all, fd, 0);
        if (fd >= 0 && address < 0) {
            Linux.call("close", fd);
        }
        return address;
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
    public void close() {
        super.close();
        if (open) {
            open = false;
            Linux.call("close", fd);
        }
    }
}
