package ixy4j.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JVM wrote of its pauses and compilations ({@code -Xlog:safepoint,jit+compilation=debug}, with {@code timenanos}
 * as its decoration). Times are in ns, by the clock of {@link System#nanoTime}, which that decoration shows.
 *
 * @param pauses from when to when all threads stood still
 * @param compilations when the JIT began to compile something
 */
public record VmLog(List<long[]> pauses, List<Long> compilations) {
    /** The option that makes a JVM write it to a file. */
    public static String option(Path file) {
        return "-Xlog:safepoint,jit+compilation=debug:file=\"" + file + "\":timenanos,tags:filecount=0";
    }

    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns\\]\\[([a-z,]+) *\\] ?(.*)");
    private static final Pattern TOTAL = Pattern.compile("Safepoint \".*Total: +(\\d+) ns");

    /** Reads a file; what it does not know it skips. */
    static VmLog read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static VmLog parse(List<String> lines) {
        VmLog log = new VmLog(new ArrayList<>(), new ArrayList<>());
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            long time = Long.parseLong(parts.group(1));
            if (parts.group(2).contains("jit")) {
                log.compilations.add(time);
            }
            Matcher total = TOTAL.matcher(parts.group(3));
            if (total.find()) { // written at its end
                log.pauses.add(new long[] {time - Long.parseLong(total.group(1)), time});
            }
        }
        return log;
    }

    /** Whether all threads stood still at some time between these. */
    boolean hasPause(long from, long to) {
        return pauses.stream().anyMatch(pause -> pause[0] < to && pause[1] > from);
    }

    /** Whether the JIT began to compile something between these. */
    boolean hasCompilation(long from, long to) {
        return compilations.stream().anyMatch(time -> time >= from && time <= to);
    }
}
