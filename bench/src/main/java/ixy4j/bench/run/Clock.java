package ixy4j.bench.run;

import java.time.Instant;
import java.util.Arrays;

/** What it costs to read the clock, and how it relates to that of the wall. */
final class Clock {
    private static final int ROUNDS = 20_000;

    private Clock() {}

    /** Nanoseconds from one reading to the next, the median of many. Takes milliseconds. */
    static double cost() {
        long[] costs = new long[9];
        for (int i = 0; i < costs.length; i++) {
            long start = System.nanoTime();
            long last = start;
            for (int k = 0; k < ROUNDS; k++) {
                last = System.nanoTime();
            }
            costs[i] = last - start;
        }
        Arrays.sort(costs);
        return (double) costs[costs.length / 2] / ROUNDS;
    }

    /** What is to be added to {@link System#nanoTime} for the wall clock's nanoseconds, as the JVM's log has them. */
    static long wallOffset() {
        long best = Long.MAX_VALUE;
        long offset = 0;
        for (int i = 0; i < 50; i++) {
            long before = System.nanoTime();
            Instant wall = Instant.now();
            long after = System.nanoTime();
            if (after - before < best) { // the less time between, the more exact
                best = after - before;
                offset = wall.getEpochSecond() * 1_000_000_000 + wall.getNano() - (before + after) / 2;
            }
        }
        return offset;
    }
}
