package ixy4j.memory;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import java.nio.file.Path;

/** Why huge pages cannot be had, and what to do. */
final class HugePagesTrouble {
    private static final Path POOL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");
    private static final int WRITABLE = 2; // W_OK

    /** Limits of a control group and what is used of them: on pages and on promises of pages, in both versions. */
    private static final String[][] LIMITS = {
        {"hugetlb.2MB.max", "hugetlb.2MB.current"},
        {"hugetlb.2MB.limit_in_bytes", "hugetlb.2MB.usage_in_bytes"},
        {"hugetlb.2MB.rsvd.max", "hugetlb.2MB.rsvd.current"},
        {"hugetlb.2MB.rsvd.limit_in_bytes", "hugetlb.2MB.rsvd.usage_in_bytes"}
    };

    private HugePagesTrouble() {}

    /** Says how many are needed, and what is in the way: a limit, or that too few are reserved. */
    static IxyException missing(int pages, int errno) {
        return missing(pages, errno, ControlGroups.own(), POOL);
    }

    static IxyException missing(int pages, int errno, ControlGroups groups, Path pool) {
        long bytes = (long) pages * DmaMemory.PAGE;
        for (String[] files : LIMITS) {
            ControlGroups.Limit limit = groups.below(bytes, "hugetlb", files[0], files[1]);
            if (limit != null) {
                return withheld(pages, limit, bytes);
            }
        }
        long free = Math.max(0, count(pool, "free_hugepages") - count(pool, "resv_hugepages"));
        if (free < pages) {
            long wanted = count(pool, "nr_hugepages") - free + pages;
            return new IxyException("this needs " + pages + " more huge pages of 2 MiB, but " + free + " are free: "
                    + raise("reserve them", wanted, pool.resolve("nr_hugepages")));
        }
        if (errno == Errno.EFAULT) {
            return new IxyException("this needs " + pages + " huge pages of 2 MiB, and " + free + " are free, but"
                    + " not for this process: a cpuset (cpuset.mems), a memory policy (numactl) or a control group"
                    + " that cannot be seen from here (hugetlb.2MB.max) keeps them from it");
        }
        return new IxyException("cannot map " + pages + " huge pages of 2 MiB: " + Errno.text(errno));
    }

    private static IxyException withheld(int pages, ControlGroups.Limit limit, long bytes) {
        return new IxyException("this needs " + pages + " huge pages of 2 MiB, " + bytes + " bytes, but of the "
                + limit.bytes() + " that " + limit.file() + " allows, " + limit.left() + " are left: "
                + raise("raise that limit", limit.used() + bytes, limit.file()));
    }

    /** The command that writes a number to a file, if that can be written here. */
    private static String raise(String what, long number, Path file) {
        if (Linux.attempt("access", file.toString(), WRITABLE) == -Errno.EROFS) {
            return what + " on the host, since " + file + " is read-only here; it should have " + number;
        }
        return what + " as root with echo " + number + " > " + file;
    }

    /** Says who may see physical addresses. */
    static IxyException hidden() {
        return new IxyException("/proc/self/pagemap does not show physical addresses: "
                + (Linux.call("geteuid") == 0
                        ? "root needs CAP_SYS_ADMIN for that, so start the container with it (--privileged, or"
                                + " --cap-add SYS_ADMIN)"
                        : "run as root"));
    }

    private static long count(Path pool, String name) {
        return Math.max(0, ControlGroups.number(pool.resolve(name))); // a kernel without such pages has none
    }
}
