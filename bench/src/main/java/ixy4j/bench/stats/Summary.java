package ixy4j.bench.stats;

import java.util.Arrays;
import java.util.List;

/**
 * What several readings of one thing say, where disturbances are large and go one way.
 *
 * @param count how many there are
 * @param median the middle one, or the mean of the two in the middle
 * @param low the lowest
 * @param high the highest
 * @param best the highest where more is better, otherwise the lowest
 */
public record Summary(int count, double median, double low, double high, double best) {
    /**
     * Sums readings up.
     *
     * @param values at least one, none of them NaN
     * @throws IllegalArgumentException if there is none
     */
    public static Summary of(List<Double> values, boolean higherIsBetter) {
        double[] sorted = sorted(values);
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        return new Summary(sorted.length, quantile(sorted, 0.5), low, high, higherIsBetter ? high : low);
    }

    /** How far readings lie apart: highest less lowest, as a share of the median; NaN if that is 0 and not all are. */
    public double spread() {
        if (high == low) {
            return 0;
        }
        return median == 0 ? Double.NaN : (high - low) / Math.abs(median);
    }

    /**
     * A quantile of readings, between two of them in proportion.
     *
     * @param values at least one
     * @param q 0 for the lowest to 1 for the highest
     */
    public static double quantile(List<Double> values, double q) {
        return quantile(sorted(values), q);
    }

    private static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double[] sorted(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to sum up: no reading was taken");
        }
        double[] sorted = new double[values.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = values.get(i);
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
