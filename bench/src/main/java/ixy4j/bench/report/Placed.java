package ixy4j.bench.report;

import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Placements;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The runs of an experiment that can be compared. Where processors were near in some and far in others, that is those of one
 * class: of that in which more runs have one of the baseline beside them.
 */
public final class Placed {
    private Placed() {}

    /** The same experiment with the runs of one class, each variant's numbered from 1; itself if there is one class only. */
    public static Report.Result of(Report.Result result) {
        Predicate<Outcome> chosen = chosen(result);
        if (chosen == null) {
            return result;
        }
        List<Report.Measured> variants = new ArrayList<>();
        for (Report.Measured variant : result.variants()) {
            List<Report.Run> runs = new ArrayList<>();
            variant.runs().stream()
                    .filter(run -> chosen.test(run.outcome()))
                    .forEach(run -> runs.add(new Report.Run(runs.size() + 1, run.outcome())));
            variants.add(new Report.Measured(variant.name(), variant.jvm(), runs, variant.failures()));
        }
        return new Report.Result(
                result.name(),
                result.title(),
                result.question(),
                result.axis(),
                result.unit(),
                result.higherIsBetter(),
                result.baseline(),
                variants);
    }

    /** Which runs it shows, and why not all, in a line; empty if it shows all. */
    static String remark(Report.Result result) {
        Predicate<Outcome> chosen = chosen(result);
        if (chosen == null) {
            return "";
        }
        List<Double> handovers = handovers(result);
        List<Outcome> outcomes = outcomes(result);
        List<Outcome> shown = outcomes.stream().filter(chosen).toList();
        boolean near = shown.getFirst().handover() < Placements.boundary(handovers);
        return String.format(
                Locale.ROOT,
                "%d of %d runs: those in which the two processors were %s, %.0f ns from one to the other.",
                shown.size(),
                outcomes.size(),
                near ? "near" : "far",
                shown.stream().mapToDouble(Outcome::handover).average().orElseThrow());
    }

    /** Whether a variant has a run in a class for which there is none of the baseline. */
    public static boolean lacksBaseline(Report.Result result) {
        double boundary = Placements.boundary(handovers(result));
        Report.Measured base = result.variant(result.baseline());
        return boundary > 0
                && base != null
                && result.variants().stream()
                        .anyMatch(variant -> count(variant, near(boundary)) > count(base, near(boundary))
                                || count(variant, far(boundary)) > count(base, far(boundary)));
    }

    /** Which runs are of the class to be shown; null if there is one class only. */
    private static Predicate<Outcome> chosen(Report.Result result) {
        double boundary = Placements.boundary(handovers(result));
        if (boundary == 0) {
            return null;
        }
        return pairs(result, near(boundary)) > pairs(result, far(boundary)) ? near(boundary) : far(boundary);
    }

    private static Predicate<Outcome> near(double boundary) {
        return outcome -> outcome.handover() < boundary;
    }

    private static Predicate<Outcome> far(double boundary) {
        return outcome -> outcome.handover() > boundary;
    }

    /** How many runs have one of the baseline beside them. */
    private static long pairs(Report.Result result, Predicate<Outcome> which) {
        Report.Measured base = result.variant(result.baseline());
        long most = base == null ? Long.MAX_VALUE : count(base, which);
        return result.variants().stream()
                .mapToLong(variant -> Math.min(count(variant, which), most))
                .sum();
    }

    private static long count(Report.Measured variant, Predicate<Outcome> which) {
        return variant.runs().stream().filter(run -> which.test(run.outcome())).count();
    }

    private static List<Double> handovers(Report.Result result) {
        return outcomes(result).stream()
                .map(Outcome::handover)
                .filter(nanos -> nanos > 0)
                .toList();
    }

    private static List<Outcome> outcomes(Report.Result result) {
        return result.variants().stream()
                .flatMap(variant -> variant.runs().stream())
                .map(Report.Run::outcome)
                .toList();
    }
}
