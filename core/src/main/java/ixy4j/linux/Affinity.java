package ixy4j.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Which processor a thread runs on. */
public final class Affinity {
    private static final int CPUS = 1024;

    private Affinity() {}

    /** Keeps the calling thread on one processor (sched_setaffinity(2)). */
    public static void pin(int cpu) {
        if (cpu < 0 || cpu >= CPUS) {
            throw new IllegalArgumentException("processors are counted from 0 to " + (CPUS - 1) + ", not " + cpu);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPUS / 8, 8);
            set.set(ValueLayout.JAVA_LONG, cpu / 64 * 8L, 1L << cpu % 64);
            long result = Linux.attempt("sched_setaffinity", 0, CPUS / 8, set.address());
            if (result < 0) {
                throw new IllegalArgumentException(
                        "this process may not use processor " + cpu + ": " + Errno.text((int) -result));
            }
        }
    }
}
