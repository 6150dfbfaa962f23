package ixy4j.bench.run;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * How long frames took from the moment at which they were due on one wire to their coming out at the other, in ns. What
 * waits for a card that is behind counts from when it was due, not from when the card took it. Filled by the thread of
 * the cards.
 */
final class Residence {
    private static final long HIGHEST = 60_000_000_000L;

    private final Histogram histogram = new Histogram(HIGHEST, 3);
    private final AtomicBoolean counts = new AtomicBoolean();
    private long missed;

    /** From now on, for any thread. */
    void start() {
        counts.set(true);
    }

    /** Up to now. */
    void stop() {
        counts.set(false);
    }

    /** A frame came out. */
    void record(long nanos) {
        if (counts.getPlain()) {
            histogram.recordValue(Math.clamp(nanos, 0, HIGHEST));
        }
    }

    /** A frame that was due was never taken. */
    void miss(long frames) {
        if (counts.getPlain()) {
            missed += frames;
        }
    }

    /** All that was recorded; when the cards have ended. */
    Histogram histogram() {
        return histogram;
    }

    /** Adds percentiles, in µs, and counts to figures; when the cards have ended. */
    void putInto(Map<String, Double> figures) {
        for (double percentile : new double[] {50, 99, 99.99, 99.9999}) {
            Percentiles.put("residence", histogram, percentile, figures);
        }
        figures.put("residence_max_us", histogram.getMaxValue() / 1000.0);
        figures.put("frames", (double) histogram.getTotalCount());
        figures.put("frames_missed", (double) missed);
    }
}
