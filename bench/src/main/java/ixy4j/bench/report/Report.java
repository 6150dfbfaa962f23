package ixy4j.bench.report;

import ixy4j.bench.plan.Experiment;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Comparison;
import ixy4j.bench.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was measured; what the JSON file has. Lists grow while it is measured, under the lock of the report.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param started when, in ISO 8601
 * @param command what was typed
 * @param quick whether it was the quick kind
 * @param machine as {@link Machine} describes it
 * @param options of the JVMs that measured, and how long they did
 * @param notes what a reader has to know, a sentence each: what was left out, and why
 * @param experiments those that were to be made
 */
public record Report(
        String format,
        int version,
        String started,
        List<String> command,
        boolean quick,
        Map<String, String> machine,
        Map<String, String> options,
        List<String> notes,
        List<Result> experiments) {
    /** What the files are. */
    public static final String FORMAT = "ixy4j-bench";

    /** Changes when old files cannot be read any more. */
    public static final int VERSION = 1;

    /**
     * What an experiment gave; the first parts are those of {@link Experiment}.
     *
     * @param variants in their order
     */
    public record Result(
            String name,
            String title,
            String question,
            String axis,
            String unit,
            boolean higherIsBetter,
            String baseline,
            List<Measured> variants) {
        /** Nothing was measured yet. */
        public static Result of(Experiment experiment) {
            List<Measured> variants = new ArrayList<>();
            experiment
                    .variants()
                    .forEach(variant -> variants.add(
                            new Measured(variant.name(), variant.setup().jvm(), new ArrayList<>(), new ArrayList<>())));
            return new Result(
                    experiment.name(),
                    experiment.title(),
                    experiment.question(),
                    experiment.axis(),
                    experiment.unit(),
                    experiment.higherIsBetter(),
                    experiment.baseline(),
                    variants);
        }

        /** The variant of that name, null if there is none. */
        public Measured variant(String variantName) {
            for (Measured variant : variants) {
                if (variant.name.equals(variantName)) {
                    return variant;
                }
            }
            return null;
        }

        /** How a variant compares with the baseline, round by round; null if nothing can be said. */
        public Comparison comparison(Measured variant) {
            Measured base = variant(baseline);
            return base == null ? null : Comparison.of(variant.byRound(), base.byRound(), higherIsBetter);
        }
    }

    /**
     * What a variant gave.
     *
     * @param name its name
     * @param jvm options of the JVM that it alone had
     * @param runs one a round, and two of a baseline that had to be measured again
     * @param failures why runs gave nothing
     */
    public record Measured(String name, List<String> jvm, List<Run> runs, List<String> failures) {
        /** Its values by the number of their round; of two in one, the first. */
        public Map<Integer, Double> byRound() {
            Map<Integer, Double> values = new TreeMap<>();
            runs.forEach(run -> values.putIfAbsent(run.round, run.outcome.value()));
            return values;
        }

        /** Its values summed up; null if there are none. */
        public Summary summary(boolean higherIsBetter) {
            return runs.isEmpty()
                    ? null
                    : Summary.of(runs.stream().map(run -> run.outcome.value()).toList(), higherIsBetter);
        }

        /** The median of a figure over all runs; NaN if no run has it. */
        public double figure(String figureName) {
            List<Double> values = runs.stream()
                    .map(run -> run.outcome.figures().get(figureName))
                    .filter(value -> value != null)
                    .toList();
            return values.isEmpty() ? Double.NaN : Summary.quantile(values, 0.5);
        }

        /** Names of all figures that a run has. */
        public List<String> figures() {
            return runs.stream()
                    .flatMap(run -> run.outcome.figures().keySet().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /**
     * One run.
     *
     * @param round its number, from 1; the baseline may run twice in one
     * @param outcome what it gave
     */
    public record Run(int round, Outcome outcome) {}

    /** The experiment of that name, null if it was not to be made. */
    public Result experiment(String name) {
        for (Result result : experiments) {
            if (result.name.equals(name)) {
                return result;
            }
        }
        return null;
    }

    /** How many runs gave something. */
    public int runs() {
        return experiments.stream()
                .flatMap(result -> result.variants.stream())
                .mapToInt(variant -> variant.runs.size())
                .sum();
    }

    /** How many runs failed. */
    public int failures() {
        return experiments.stream()
                .flatMap(result -> result.variants.stream())
                .mapToInt(variant -> variant.failures.size())
                .sum();
    }
}
