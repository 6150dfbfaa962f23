package ixy4j.apps.traffic;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How long frames were on their way, in nanoseconds, exact to 0.1%.
 *
 * @param frames how many came back; without any, all else is 0
 */
public record Latency(long frames, long least, long p50, long p90, long p99, long p999, long most) {
    /** That of all frames so far. */
    public static Latency of(Histogram histogram) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getMinValue(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    /** In a line, in µs. */
    @Override
    public String toString() {
        return frames == 0
                ? "no latency: no frame came back"
                : String.format(
                        Locale.ROOT,
                        "latency of %d frames in µs: least %.1f, 50%% %.1f, 90%% %.1f, 99%% %.1f, 99.9%% %.1f, most %.1f",
                        frames,
                        least / 1e3,
                        p50 / 1e3,
                        p90 / 1e3,
                        p99 / 1e3,
                        p999 / 1e3,
                        most / 1e3);
    }
}
