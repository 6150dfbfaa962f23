package ixy4j.bench.run;

import org.HdrHistogram.Histogram;

/** Forwards, or does nothing, and records the time from each turn to the next. */
final class GapLoop extends PacketLoop {
    /** Gaps from here on are kept one by one, in ns. */
    static final long LONG = 100_000;

    private static final long HIGHEST = 60_000_000_000L;
    private static final int KEPT = 4096;

    private final Direction there; // null to do nothing
    private final Direction back; // null for one way
    private final Histogram gaps = new Histogram(HIGHEST, 3);
    private final long[] ends = new long[KEPT];
    private final long[] lengths = new long[KEPT];
    private int count; // of long gaps, also of those not kept

    GapLoop(int cpu, Direction there, Direction back) {
        super(cpu);
        this.there = there;
        this.back = back;
    }

    @Override
    void loop() {
        final Direction there = this.there;
        final Direction back = this.back;
        long last = System.nanoTime();
        while (!isStopped()) {
            if (there != null) {
                there.forward();
            }
            if (back != null) {
                back.forward();
            }
            long now = System.nanoTime();
            if (isMeasuring()) {
                record(now, now - last);
            }
            last = now;
        }
    }

    private void record(long now, long gap) {
        gaps.recordValue(Math.min(gap, HIGHEST));
        if (gap >= LONG) {
            ends[count % KEPT] = now;
            lengths[count % KEPT] = gap;
            count++;
        }
    }

    /** All gaps, in ns; when it has ended. */
    Histogram gaps() {
        return gaps;
    }

    /** How many were at least {@link #LONG}. */
    int longGaps() {
        return count;
    }

    /** How many of those were kept: the last ones. */
    int kept() {
        return Math.min(count, KEPT);
    }

    /** When a long gap ended, by {@link System#nanoTime}. */
    long end(int index) {
        return ends[index];
    }

    /** How long it was, in ns. */
    long length(int index) {
        return lengths[index];
    }
}
