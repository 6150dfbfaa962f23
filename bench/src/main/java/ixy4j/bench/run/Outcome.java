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
    /** Which percentiles curves have, as far as there are enough values for them. */
    public static final List<Double> PERCENTILES = List.of(
            0.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.95, 99.99, 99.995, 99.999, 99.9995, 99.9999,
            100.0);

    /** A curve: how long frames stayed. */
    public static final String RESIDENCE = "residence";

    /** A curve: times from one poll to the next. */
    public static final String POLLS = "gap between polls";

    /** A curve: times from one turn to the next of a loop that does nothing. */
    public static final String CONTROL = "gap of a loop that does nothing";

    /** The figure that says how much memory of the process was in huge pages. */
    public static final String HUGE_PAGES = "huge_pages_mib";

    /** The figure that says how long a line of the cache takes from the packet thread's processor to that of the cards. */
    public static final String HANDOVER = "handover_ns";

    /** The figure that says what share of its processor the packet thread had, at most 1. */
    public static final String SHARE = "packet_thread_share";

    /**
     * A point of a distribution.
     *
     * @param percentile 0 to 100
     * @param micros the value there, in µs
     */
    public record Point(double percentile, double micros) {}

    /** How long a line of the cache took between its two processors, in ns; NaN if that is not known. */
    public double handover() {
        return figures.getOrDefault(HANDOVER, Double.NaN);
    }

    /** Copies; sorted, so that reports are the same for the same figures. */
    public Outcome {
        readings = readings == null ? List.of() : List.copyOf(readings);
        figures = figures == null ? Map.of() : new TreeMap<>(figures);
        curves = curves == null ? Map.of() : new TreeMap<>(curves);
    }
}
