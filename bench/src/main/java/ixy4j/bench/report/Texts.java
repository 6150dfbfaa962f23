package ixy4j.bench.report;

import ixy4j.bench.stats.Comparison;
import ixy4j.bench.stats.Summary;
import ixy4j.bench.stats.Verdict;
import ixy4j.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as tables have them, in the terminal and on the page. */
final class Texts {
    /** The head of {@link #rows}. */
    static final List<String> HEAD =
            List.of("variant", "median", "spread", "best", "ratio", "interval", "rounds", "verdict");

    private static final String NONE = TextTable.NONE;

    private Texts() {}

    /** A row for each variant, of the runs that can be compared; of one that has none the last field says why. */
    static List<List<String>> rows(Report.Result all) {
        Report.Result result = Placed.of(all);
        List<List<String>> rows = new ArrayList<>();
        for (Report.Measured variant : result.variants()) {
            List<String> row = new ArrayList<>(List.of(variant.name()));
            Summary summary = variant.summary(result.higherIsBetter());
            if (summary == null) {
                row.addAll(List.of(NONE, NONE, NONE, NONE, NONE, NONE));
                row.add(whyNone(all.variant(variant.name())));
            } else {
                row.add(number(summary.median()));
                row.add(summary.count() < 2 ? NONE : percent(summary.spread()));
                row.add(number(summary.best()));
                row.addAll(comparison(result, variant));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String whyNone(Report.Measured variant) {
        if (!variant.runs().isEmpty()) {
            return "no run with processors like these";
        }
        return variant.failures().isEmpty() ? "not run" : variant.failures().getFirst();
    }

    private static List<String> comparison(Report.Result result, Report.Measured variant) {
        if (variant.name().equals(result.baseline())) {
            return List.of("1", NONE, NONE, Verdict.BASELINE.text());
        }
        Comparison comparison = result.comparison(variant);
        if (comparison == null) {
            return List.of(NONE, NONE, "0", "nothing to compare with");
        }
        String interval =
                comparison.rounds() < 2 ? NONE : number(comparison.low()) + " to " + number(comparison.high());
        return List.of(
                number(comparison.ratio()),
                interval,
                Integer.toString(comparison.rounds()),
                comparison.verdict().text());
    }

    /** Three digits that count. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        String format = size == 0 || size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    static String percent(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }
}
