package ixy4j.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds as the points that reports show. */
final class Percentiles {
    private Percentiles() {}

    /** Its percentiles up to 99.9999, as far as there are enough values, and its maximum, in µs. */
    static List<Outcome.Point> of(Histogram histogram) {
        List<Outcome.Point> points = new ArrayList<>();
        for (double percentile : Outcome.PERCENTILES) {
            if (percentile == 100 || isThere(histogram, percentile)) {
                points.add(new Outcome.Point(percentile, micros(histogram, percentile)));
            }
        }
        return points;
    }

    /** Of 10,000 values, none is the 99.999th percentile: it would be the maximum under another name. */
    private static boolean isThere(Histogram histogram, double percentile) {
        return histogram.getTotalCount() * (100 - percentile) >= 100 * 0.999; // 100 - 99.99 is a little less than 0.01
    }

    /** Adds a percentile to figures, where there are enough values. */
    static void put(String name, Histogram histogram, double percentile, Map<String, Double> figures) {
        if (isThere(histogram, percentile)) {
            String number = percentile == Math.rint(percentile) ? "" + (long) percentile : "" + percentile;
            figures.put(name + "_p" + number + "_us", micros(histogram, percentile));
        }
    }

    private static double micros(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000.0;
    }
}
