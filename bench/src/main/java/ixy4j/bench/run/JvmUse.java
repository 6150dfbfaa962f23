package ixy4j.bench.run;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What collector and JIT of this JVM have done so far.
 *
 * @param collections of garbage
 * @param collectionMillis how long they took, in all, not all of it in pauses
 * @param compileMillis how long the JIT has compiled
 */
record JvmUse(long collections, long collectionMillis, long compileMillis) {
    static JvmUse now() {
        long count = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += Math.max(0, collector.getCollectionCount()); // -1 if it does not say
            millis += Math.max(0, collector.getCollectionTime());
        }
        CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
        boolean told = jit != null && jit.isCompilationTimeMonitoringSupported();
        return new JvmUse(count, millis, told ? jit.getTotalCompilationTime() : 0);
    }

    /** Adds what was done since an earlier time. */
    void addSince(JvmUse before, Map<String, Double> figures) {
        figures.put("collections", (double) (collections - before.collections));
        figures.put("collector_ms", (double) (collectionMillis - before.collectionMillis));
        figures.put("jit_ms", (double) (compileMillis - before.compileMillis));
    }

    /** How much of this process is in huge pages, in MiB; 0 if the kernel does not say. */
    static double hugePages() {
        try {
            long kib = 0;
            for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
                if (line.matches("(AnonHugePages|Private_Hugetlb|Shared_Hugetlb):.*")) {
                    kib += Long.parseLong(line.replaceAll("\\D+", ""));
                }
            }
            return kib / 1024.0;
        } catch (IOException e) {
            return 0; // a kernel before 4.14: the figure is only shown
        }
    }
}
