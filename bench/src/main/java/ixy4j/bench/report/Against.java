package ixy4j.bench.report;

import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Placements;
import ixy4j.bench.stats.Summary;
import ixy4j.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Two reports side by side. They did not run in turn, so more than the values of the two it compares their ratios to the
 * baseline; and it says what changed only where no run of the one reaches those of the other.
 */
public final class Against {
    private static final List<String> HEAD =
            List.of("variant", "before", "now", "now/before", "ratio before", "ratio now", "verdict");

    private Against() {}

    /** The comparison for a terminal. */
    public static String text(Report now, Report before) {
        StringBuilder text = new StringBuilder("\nCompared with the report of " + before.started() + "\n");
        text.append(
                "The two did not run in turn: a verdict may be about the machine. Repeat both, and look at the ratios.\n");
        String machine = before.machine().getOrDefault("processor", "not known");
        if (!machine.equals(now.machine().get("processor"))) {
            text.append("That was another processor, ").append(machine).append(": compare ratios, not values.\n");
        }
        now.options().forEach((name, value) -> {
            String old = before.options() == null ? null : before.options().get(name);
            if (!value.equals(old)) {
                text.append("Not the same: ").append(name).append(" was ").append(old == null ? "not there" : old);
                text.append(", and is ").append(value).append(".\n");
            }
        });
        for (Report.Result result : now.experiments()) {
            List<List<String>> rows = rows(result, before.experiment(result.name()));
            if (!rows.isEmpty()) {
                text.append('\n')
                        .append(result.title())
                        .append(", ")
                        .append(result.unit())
                        .append('\n');
                text.append(TextTable.of(HEAD, rows));
            }
        }
        return text.toString();
    }

    static List<String> head() {
        return HEAD;
    }

    /** A row for each variant that both have. */
    static List<List<String>> rows(Report.Result allNow, Report.Result allBefore) {
        List<List<String>> rows = new ArrayList<>();
        if (allBefore == null || !allBefore.unit().equals(allNow.unit())) {
            return rows;
        }
        Report.Result now = Placed.of(allNow);
        Report.Result before = Placed.of(allBefore);
        for (Report.Measured variant : now.variants()) {
            Report.Measured old = before.variant(variant.name());
            if (old == null || !isMeasured(allBefore, variant) || !isMeasured(allNow, variant)) {
                continue;
            }
            Summary a = old.summary(now.higherIsBetter());
            Summary b = variant.summary(now.higherIsBetter());
            double median = a == null ? Double.NaN : a.median();
            double medianNow = b == null ? Double.NaN : b.median();
            rows.add(List.of(
                    variant.name(),
                    Texts.number(median),
                    Texts.number(medianNow),
                    Texts.number(medianNow / median),
                    ratio(before, old),
                    ratio(now, variant),
                    a != null && b != null && placedAlike(old, variant)
                            ? verdict(a, b, now.higherIsBetter())
                            : "processors lay otherwise then"));
        }
        return rows;
    }

    private static boolean isMeasured(Report.Result all, Report.Measured variant) {
        Report.Measured measured = all.variant(variant.name());
        return measured != null && !measured.runs().isEmpty();
    }

    private static boolean placedAlike(Report.Measured one, Report.Measured other) {
        double ratio = one.figure(Outcome.HANDOVER) / other.figure(Outcome.HANDOVER);
        return !(ratio >= Placements.GAP || 1 / ratio >= Placements.GAP); // also if it is not known
    }

    private static String ratio(Report.Result result, Report.Measured variant) {
        var comparison = result.comparison(variant);
        return Texts.number(comparison == null ? Double.NaN : comparison.ratio());
    }

    static String verdict(Summary before, Summary now, boolean higherIsBetter) {
        if (before.count() < 3 || now.count() < 3) {
            return "too few rounds to conclude";
        }
        if (now.low() <= before.high() && before.low() <= now.high()) {
            return "no conclusion: they overlap";
        }
        return now.low() > before.high() == higherIsBetter ? "better" : "worse";
    }
}
