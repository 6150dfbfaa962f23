package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.telemetry.Log;
import java.util.List;

/** Memory that is a file without a name, for cards that another process plays. Needs no root, and no huge pages. */
final class SharedMemory extends MappedMemory {
    private final int fd;

    SharedMemory(long address, int fd, long[] pageIovas, List<DmaSpace> spaces) {
        super(address, pageIovas, spaces);
        this.fd = fd;
    }

    /** Huge pages if they must be, or if enough are to be had; pages of the usual size otherwise. */
    static MappedMemory map(int pages, boolean physical, List<DmaSpace> spaces) {
        long size = (long) pages * DmaMemory.PAGE;
        int huge = (int) Linux.memoryFile("ixy4j-huge", size, Abi.MFD_HUGETLB_2MB);
        long address = map(huge, size);
        if (address >= 0) {
            Log.debug("memory: a file of huge pages of 2 MiB: ", pages);
            return map(huge, address, pages, physical, spaces);
        }
        if (physical) {
            throw HugePagesTrouble.missing(pages, (int) -address);
        }
        if (size >= MemoryLimit.WORTH_A_LOOK) {
            MemoryLimit.check(size);
        }
        String trouble = Errno.text((int) -address);
        Log.debug("memory: a file of ordinary pages, MiB: ", size >> 20, ", since of huge pages: ", trouble);
        int usual = (int) Linux.memoryFile("ixy4j", size, 0);
        address = map(usual, size);
        if (address < 0) {
            throw MemoryLimit.noMemory(size, (int) -address);
        }
        return map(usual, address, pages, false, spaces);
    }

    /** The address of a file; -errno if it is none or cannot be mapped, and then it is closed. */
    private static long map(int fd, long size) {
        long address = fd < 0 ? fd : Presence.map(size, Abi.MAP_SHARED, fd);
        if (fd >= 0 && address < 0) {
            Linux.call("close", fd);
        }
        return address;
    }

    private static MappedMemory map(int fd, long address, int pages, boolean physical, List<DmaSpace> spaces) {
        try {
            long[] iovas = physical ? HugePages.physicalAddresses(address, pages) : Iovas.range(pages, spaces);
            return new SharedMemory(address, fd, iovas, spaces);
        } catch (RuntimeException | Error e) {
            Cleanup.after(
                    e,
                    () -> Linux.call("munmap", address, (long) pages * DmaMemory.PAGE),
                    () -> Linux.call("close", fd));
            throw e;
        }
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
