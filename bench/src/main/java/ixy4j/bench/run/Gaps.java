package ixy4j.bench.run;

import org.HdrHistogram.Histogram;

/** Times between turns of a loop. Filled by one thread; for others when that has ended. */
final class Gaps {
    /** Gaps from here on are kept one by one, in ns. */
    static final long LONG = 100_000;

    private static final long HIGHEST = 60_000_000_000L;
    private static final int KEPT = 4096;

    private final Histogram histogram = new Histogram(HIGHEST, 3);
    private final long[] ends = new long[KEPT];
    private final long[] lengths = new long[KEPT];
    private int count; // of long gaps, also of those not kept

    /**
     * A gap is over.
     *
     * @param now when, by {@link System#nanoTime}
     * @param gap its length in ns
     */
    void add(long now, long gap) {
        histogram.recordValue(Math.min(gap, HIGHEST));
        if (gap >= LONG) {
            ends[count % KEPT] = now;
            lengths[count % KEPT] = gap;
            count++;
        }
    }

    /** All gaps, in ns. */
    Histogram histogram() {
        return histogram;
    }

    /** How many were at least {@link #LONG}. */
    int longGaps() {
        return count;
    }

    /** How many of those were kept: the last ones. */
    int kept() {
        return Math.min(count, KEPT);
    }

    /** When a long gap ended. */
    long end(int index) {
        return ends[index];
    }

    /** How long it was. */
    long length(int index) {
        return lengths[index];
    }
}
