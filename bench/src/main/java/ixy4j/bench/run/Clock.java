package ixy4j.bench.run;

import java.util.Arrays;

/** What it costs to read the clock. */
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
}
