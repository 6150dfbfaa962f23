package ixy4j.bench.stats;

import java.util.ArrayList;
import java.util.List;

/** A counter that was read at uneven times, as rates in even steps. */
public final class Steps {
    private final List<long[]> samples = new ArrayList<>();

    /** Nothing was read yet. */
    public Steps() {}

    /**
     * The counter was read.
     *
     * @param nanos when, not before the last time
     * @param count what it was, not less than the last time
     */
    public void add(long nanos, long count) {
        samples.add(new long[] {nanos, count});
    }

    /**
     * Millions a second, in each of so many steps from time 0 on. Between two readings the count is taken to rise evenly;
     * before the first and behind the last it does not.
     *
     * @param step its length in ns
     */
    public List<Double> rates(long step, int steps) {
        List<Double> rates = new ArrayList<>();
        double before = at(0);
        for (int i = 1; i <= steps; i++) {
            double now = at(i * step);
            rates.add(1000.0 * (now - before) / step);
            before = now;
        }
        return rates;
    }

    private double at(long nanos) {
        long[] last = null;
        for (long[] sample : samples) {
            if (sample[0] >= nanos) {
                if (last == null || sample[0] == last[0]) {
                    return sample[1];
                }
                return last[1] + (double) (sample[1] - last[1]) * (nanos - last[0]) / (sample[0] - last[0]);
            }
            last = sample;
        }
        return last == null ? 0 : last[1];
    }
}
