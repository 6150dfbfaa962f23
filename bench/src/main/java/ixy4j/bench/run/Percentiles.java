package ixy4j.bench.run;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds as the points that reports show. */
final class Percentiles {
    private static final double[] SHOWN = {
        0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.995, 99.999, 99.9995, 99.9999, 100
    };

    private Percentiles() {}

    /** Its percentiles up to 99.9999, and its maximum, in µs. */
    static List<Outcome.Point> of(Histogram histogram) {
        List<Outcome.Point> points = new ArrayList<>();
        for (double percentile : SHOWN) {
            points.add(new Outcome.Point(percentile, micros(histogram, percentile)));
        }
        return points;
    }

    static double micros(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000.0;
    }
}
