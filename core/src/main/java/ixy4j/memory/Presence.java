package ixy4j.memory;

import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;

/**
 * Memory that is mapped and there. To map is not enough: if a control group or a cpuset keeps huge pages from a process,
 * or overcommitting is forbidden, the first touch of a page would end this process by SIGBUS. So the kernel is asked to touch
 * each page on its own, which has an error for that.
 */
final class Presence {
    private Presence() {}

    /** Maps memory that is not of a file if {@code fd} is -1; -errno if not all of it is to be had. */
    static long map(long size, int flags, int fd) {
        long address = Linux.attempt("mmap", 0, size, Abi.PROT_READ_WRITE, flags, fd, 0);
        long result = address < 0 ? address : prove(address, size);
        if (address >= 0 && result < 0) {
            Linux.call("munmap", address, size);
        }
        return result < 0 ? result : address;
    }

    private static long prove(long address, long size) {
        long result = Linux.attempt("madvise", address, size, Abi.MADV_POPULATE_WRITE);
        return result == -Errno.EINVAL ? fillWithZeros(address, size) : result;
    }

    /** The same for kernels before 5.14: a system call that cannot write to memory says EFAULT. */
    static long fillWithZeros(long address, long size) {
        int zeros = Linux.open("/dev/zero", Abi.O_RDONLY);
        long done = 0;
        long result = 0;
        while (done < size && result >= 0) {
            result = Linux.attempt("read", zeros, address + done, Math.min(DmaMemory.PAGE, size - done));
            done += Math.max(0, result);
        }
        Linux.call("close", zeros);
        return Math.min(0, result);
    }
}
