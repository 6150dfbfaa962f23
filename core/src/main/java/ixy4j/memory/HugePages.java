package ixy4j.memory;

import ixy4j.linux.Errno;
import ixy4j.linux.IxyException;
import ixy4j.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Huge pages of 2 MiB that stay where they are, and their physical addresses, for cards that nothing translates for. */
final class HugePages {
    private static final Path POOL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");

    private HugePages() {}

    /** Maps huge pages from a memfd: no mounted hugetlbfs is needed, and another process can be given the same memory. */
    static DmaMemory map(int pages) {
        long size = (long) pages * DmaMemory.PAGE;
        long address;
        int fd = -1;
        try {
            fd = Linux.memfdCreate("ixy4j-hugepages", Linux.MFD_CLOEXEC | Linux.MFD_HUGETLB_2MB);
            Linux.ftruncate(fd, size);
            address = Linux.mmap(size, Linux.PROT_READ_WRITE, Linux.MAP_SHARED | Linux.MAP_POPULATE, fd, 0);
        } catch (IxyException e) {
            throw missing(pages, e);
        } finally {
            if (fd >= 0) {
                Linux.close(fd);
            }
        }
        try {
            Linux.mlock(address, size);
            return DmaMemory.of(address, physicalAddresses(address, pages));
        } catch (RuntimeException e) {
            Linux.munmap(address, size);
            throw e;
        }
    }

    /** The physical address of each page, from /proc/self/pagemap (the kernel's Documentation/admin-guide/mm/pagemap.rst). */
    private static long[] physicalAddresses(long address, int pages) {
        int pageSize = Linux.pageSize();
        int fd = Linux.open("/proc/self/pagemap", Linux.O_RDONLY);
        try {
            long[] physical = new long[pages];
            for (int i = 0; i < pages; i++) {
                long virtual = address + (long) i * DmaMemory.PAGE;
                long entry = Linux.readNumber(fd, virtual / pageSize * 8, 8);
                long frame = entry & (1L << 55) - 1;
                if (entry >= 0 || frame == 0) { // bit 63: present; frame numbers are shown to root only
                    throw new IxyException("/proc/self/pagemap does not show the physical address of 0x"
                            + Long.toHexString(virtual) + ": run as root (CAP_SYS_ADMIN)");
                }
                physical[i] = frame * pageSize;
            }
            return physical;
        } finally {
            Linux.close(fd);
        }
    }

    private static IxyException missing(int pages, IxyException cause) {
        long free = count("free_hugepages");
        if (cause.errno() != Errno.ENOMEM || free >= pages) {
            return new IxyException(
                    "cannot map " + pages + " huge pages of 2 MiB: " + cause.getMessage(), cause.errno());
        }
        long wanted = count("nr_hugepages") - free + pages;
        return new IxyException(
                "this needs " + pages + " huge pages of 2 MiB, but " + free + " are free: reserve them as root with"
                        + " echo " + wanted + " > /proc/sys/vm/nr_hugepages",
                cause.errno());
    }

    private static long count(String name) {
        try {
            return Long.parseLong(Files.readString(POOL.resolve(name)).strip());
        } catch (IOException | NumberFormatException e) {
            return 0; // a kernel without huge pages of 2 MiB has none
        }
    }
}
