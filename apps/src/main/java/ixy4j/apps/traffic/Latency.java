package ixy4j.apps.traffic;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How long frames were on their way, in nanoseconds; percentiles are exact to 0.1%.
 *
 * @param frames how many came back; without any, all else is 0
 */
public record Latency(long frames, long least, long p50, long p90, long p99, long p999, long most) {
    /** That of no frame. */
    public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0, 0);

    /** That of frames whose extremes are known exactly; none is beyond them for being rounded. */
    static Latency of(Histogram histogram, long least, long most) {
        return new Latency(
                histogram.getTotalCount(),
                least,
                percentile(histogram, 50, most),
                percentile(histogram, 90, most),
                percentile(histogram, 99, most),
                percentile(histogram, 99.9, most),
                most);
    }

    private static long percentile(Histogram histogram, double percentile, long most) {
        return Math.min(most, histogram.getValueAtPercentile(percentile));
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
