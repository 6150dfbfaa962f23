package ixy4j.bench.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run of one variant gave.
 *
 * @param value the figure that variants are compared by
 * @param readings it in small steps of time, where there are any
 * @param figures other figures, by name; names end in their unit
 * @param curves percentiles, by name
 */
public record Outcome(
        double value, List<Double> readings, Map<String, Double> figures, Map<String, List<Point>> curves) {
    /**
     * A point of a distribution.
     *
     * @param percentile 0 to 100
     * @param micros the value there, in µs
     */
    public record Point(double percentile, double micros) {}

    /** Copies; sorted, so that reports are the same for the same figures. */
    public Outcome {
        readings = readings == null ? List.of() : List.copyOf(readings);
        figures = figures == null ? Map.of() : new TreeMap<>(figures);
        curves = curves == null ? Map.of() : new TreeMap<>(curves);
    }
}
