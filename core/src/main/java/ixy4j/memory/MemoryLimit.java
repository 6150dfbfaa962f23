package ixy4j.memory;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.nio.file.Path;

/**
 * Whether there is ordinary memory. Linux promises more of it than there is, and ends a process that touches too much, so
 * what can be known is looked at before: the limits of control groups, and what the machine has.
 */
final class MemoryLimit {
    /** Bytes; what is less than a JVM itself takes decides nothing, and a look takes longer than to map it. */
    static final long WORTH_A_LOOK = 64 << 20;

    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final String LESS = "; fewer buffers or smaller rings need less";

    private MemoryLimit() {}

    /** Refuses what certainly ends this process; what passes may do so still, as others take memory too. */
    static void check(long size) {
        check(size, ControlGroups.own(), MACHINE);
    }

    static void check(long size, ControlGroups groups, Path machine) {
        long swap = ControlGroups.number(machine, "SwapFree") << 10;
        long available = (ControlGroups.number(machine, "MemAvailable") << 10) + swap;
        if (available > 0 && available < size) {
            throw new IxyException(needs(size) + ", but this machine has " + mib(available) + " available" + LESS);
        }
        for (Path folder : groups.folders("memory")) {
            checkGroup(size, swap, folder, "memory.max", "memory.current", "");
            checkGroup(size, swap, folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_");
        }
    }

    /** What the kernel would take back first, the group's files in memory, does not count as used. */
    private static void checkGroup(
            long size, long swap, Path folder, String limitFile, String usedFile, String prefix) {
        long limit = ControlGroups.number(folder.resolve(limitFile));
        if (limit < 0) {
            return; // version 1 has a number of 19 digits for no limit
        }
        Path statistics = folder.resolve("memory.stat");
        long files = ControlGroups.number(statistics, prefix + "active_file")
                + ControlGroups.number(statistics, prefix + "inactive_file")
                + ControlGroups.number(statistics, "slab_reclaimable");
        long left = limit - Math.max(0, ControlGroups.number(folder.resolve(usedFile)) - files) + swap;
        if (left < size) {
            throw new IxyException(
                    needs(size) + ", but of the " + mib(limit) + " that " + folder.resolve(limitFile) + " allows, "
                            + mib(Math.max(0, left)) + " are left: raise that limit where this was started" + LESS);
        }
    }

    /** Says that the kernel does not promise it. */
    static IxyException noMemory(long size, int errno) {
        return new IxyException("cannot map " + mib(size) + " of memory: " + Errno.text(errno)
                + (errno == Errno.ENOMEM ? " (ulimit -v, or vm.overcommit_memory=2)" : "") + LESS);
    }

    private static String needs(long size) {
        return "this needs " + mib(size) + " of memory";
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
