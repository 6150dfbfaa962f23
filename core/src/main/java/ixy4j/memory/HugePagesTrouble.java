package ixy4j.memory;

import ixy4j.linux.Errno;
import ixy4j.linux.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why huge pages cannot be had, and what to do. */
final class HugePagesTrouble {
    private static final Path POOL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");

    private HugePagesTrouble() {}

    /** Says how many are needed, how many there are, and the command that reserves them. */
    static IxyException missing(int pages, int errno) {
        long free = Math.max(0, count("free_hugepages") - count("resv_hugepages"));
        if (errno != Errno.ENOMEM || free >= pages) {
            return new IxyException("cannot map " + pages + " huge pages of 2 MiB: " + Errno.text(errno));
        }
        long wanted = count("nr_hugepages") - free + pages;
        return new IxyException("this needs " + pages + " more huge pages of 2 MiB, but " + free
                + " are free: reserve them as root with" + " echo " + wanted + " > "
                + POOL.resolve("nr_hugepages"));
    }

    /** Says who may see physical addresses. */
    static IxyException hidden() {
        return new IxyException("/proc/self/pagemap does not show physical addresses: run as root");
    }

    /** Says how much ordinary memory cannot be had. */
    static IxyException noMemory(long size, int errno) {
        return new IxyException("cannot map " + (size >> 20) + " MiB of shared memory: " + Errno.text(errno)
                + "; fewer buffers or smaller rings need less");
    }

    private static long count(String name) {
        try {
            return Long.parseLong(Files.readString(POOL.resolve(name)).strip());
        } catch (IOException | NumberFormatException e) {
            return 0; // a kernel without huge pages of 2 MiB has none
        }
    }
}
