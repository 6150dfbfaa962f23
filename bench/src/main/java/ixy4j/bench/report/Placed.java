package ixy4j.bench.report;

import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Placements;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs of an experiment that can be compared. Where processors were near in some and far in others, it is those of one class:
 * of that which has more pairs of a variant's run and one of the baseline in the same round.
 */
public final class Placed {
    private Placed() {}

    /** The same experiment with these runs only. */
    public static Report.Result of(Report.Result result) {
        Predicate<Outcome> chosen = chosen(result);
        List<Report.Measured> variants = new ArrayList<>();
        for (Report.Measured variant : result.variants()) {
            List<Report.Run> runs = variant.runs().stream()
                    .filter(run -> chosen.test(run.outcome()))
                    .toList();
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
        List<Outcome> outcomes = outcomes(result);
        List<Outcome> shown = outcomes.stream().filter(chosen(result)).toList();
        if (shown.size() == outcomes.size()) {
            return "";
        }
        double boundary = boundary(result);
        return String.format(
                Locale.ROOT,
                "%d of %d runs: those in which the two processors were %s, %.0f ns from one to the other.",
                shown.size(),
                outcomes.size(),
                shown.getFirst().handover() < boundary ? "near" : "far",
                shown.stream().mapToDouble(Outcome::handover).average().orElseThrow());
    }

    /** Whether a variant's run of a round is of a class of which the baseline has none in that round. */
    public static boolean lacksBaseline(Report.Result result, int round) {
        double boundary = boundary(result);
        Report.Measured base = result.variant(result.baseline());
        return boundary > 0
                && base != null
                && Stream.of(near(boundary), far(boundary))
                        .anyMatch(which -> !rounds(base, which).contains(round)
                                && result.variants().stream()
                                        .anyMatch(variant ->
                                                rounds(variant, which).contains(round)));
    }

    /** Whether fewer than so many rounds of a variant can be compared, since processors were near in some runs and far in others. */
    public static boolean isShort(Report.Result result, String name, int wanted) {
        Report.Measured base = result.variant(result.baseline());
        if (boundary(result) == 0 || base == null || name.equals(result.baseline())) {
            return false;
        }
        Predicate<Outcome> chosen = chosen(result);
        Set<Integer> both = rounds(result.variant(name), chosen);
        both.retainAll(rounds(base, chosen));
        return both.size() < wanted;
    }

    /** Which runs are to be shown. */
    private static Predicate<Outcome> chosen(Report.Result result) {
        double boundary = boundary(result);
        if (boundary == 0) {
            return outcome -> true;
        }
        return pairs(result, near(boundary)) > pairs(result, far(boundary)) ? near(boundary) : far(boundary);
    }

    private static Predicate<Outcome> near(double boundary) {
        return outcome -> outcome.handover() < boundary;
    }

    private static Predicate<Outcome> far(double boundary) {
        return outcome -> outcome.handover() > boundary;
    }

    /** How many rounds have a run of a variant and one of the baseline; of all variants together. */
    private static int pairs(Report.Result result, Predicate<Outcome> which) {
        Report.Measured base = result.variant(result.baseline());
        Set<Integer> rounds = base == null ? Set.of() : rounds(base, which);
        int pairs = 0;
        for (Report.Measured variant : result.variants()) {
            Set<Integer> both = rounds(variant, which);
            both.retainAll(rounds);
            pairs += both.size();
        }
        return pairs;
    }

    private static Set<Integer> rounds(Report.Measured variant, Predicate<Outcome> which) {
        return variant.runs().stream()
                .filter(run -> which.test(run.outcome()))
                .map(Report.Run::round)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Between the times of near and of far processors; 0 if there is one class only. */
    private static double boundary(Report.Result result) {
        return Placements.boundary(outcomes(result).stream()
                .map(Outcome::handover)
                .filter(nanos -> nanos > 0)
                .toList());
    }

    private static List<Outcome> outcomes(Report.Result result) {
        return result.variants().stream()
                .flatMap(variant -> variant.runs().stream())
                .map(Report.Run::outcome)
                .toList();
    }
}
