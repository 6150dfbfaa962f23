package ixy4j.report;

import java.util.List;

/**
 * What a page draws.
 *
 * @param kind how
 * @param title above it; empty if the heading of the section says it
 * @param xLabel what x is
 * @param yLabel what y is
 * @param labels of the places on x, where those are words
 * @param x where points are, one for all series, ascending
 * @param series the values
 */
public record Chart(
        Kind kind,
        String title,
        String xLabel,
        String yLabel,
        List<String> labels,
        List<Double> x,
        List<Series> series) {
    /** Kinds of charts; the page's script knows them by these names, in small letters. */
    public enum Kind {
        /** One series over numbers that double from one to the next, and two that enclose it. */
        LINE,
        /** Any number of series over numbers, both linear; a gap in a line where a value is null. */
        LINES,
        /** Bars over words, with marks of two more series. */
        BARS,
        /** Any number of series over seconds. */
        TIME,
        /** Any number of series over percentiles, which are words; y is logarithmic. */
        PERCENTILES
    }

    /**
     * Points that belong together.
     *
     * @param label its name
     * @param values one for each x, null where there is none
     */
    public record Series(String label, List<Double> values) {}

    /** Checks that each series has a value, or null, for each x. */
    public Chart {
        for (Series one : series) {
            if (one.values().size() != x.size()) {
                throw new IllegalArgumentException("series '" + one.label() + "' has "
                        + one.values().size() + " values for " + x.size() + " places on x");
            }
        }
    }

    /** Named lines over numbers, such as a loss in percent over the load that was offered, a line for each size. */
    public static Chart lines(String title, String xLabel, String yLabel, List<Double> x, List<Series> series) {
        for (int i = 1; i < x.size(); i++) {
            if (x.get(i) <= x.get(i - 1)) {
                throw new IllegalArgumentException("x does not ascend: " + x.get(i) + " after " + x.get(i - 1));
            }
        }
        return new Chart(Kind.LINES, title, xLabel, yLabel, List.of(), x, series);
    }
}
