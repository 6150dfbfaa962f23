package ixy4j.bench.harness;

import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.plan.Variant;
import ixy4j.bench.report.Placed;
import ixy4j.bench.report.Report;
import ixy4j.bench.run.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Makes experiments in rounds. In each round each variant that has as many runs once, those of one experiment one after the
 * other, and each time another one first; so what disturbs a machine for a while disturbs all of them. Where processors came to be
 * near or far between the baseline and a variant, the baseline runs once more; and where a variant has fewer rounds than were
 * wanted that can be compared, it and the baseline have some more in the end. Which do depends on where the processors were, not
 * on what was measured, so that nothing is measured until it pleases.
 */
final class Harness {
    private static final int MOST_FAILURES = 2; // of one variant: then it is left out
    private static final int HOPELESS = 2; // that many runs, and all failed
    private static final int MOST_MORE = 4; // rounds in the end

    /** Who is told how far it is. */
    interface Watcher {
        /** A run begins, so many after the first. */
        void runs(int round, int done, String what);

        /** A round is over, all of it or not. */
        void roundEnds(int round);
    }

    private final Report report;
    private final List<Experiment> experiments;
    private final Effort effort;
    private final Runs runs;
    private final Watcher watcher;
    private final LongSupplier clock;
    private final Map<Object, Outcome> shared = new HashMap<>(); // of this round
    private String lastFailure;
    private int done; // runs, but for those that were made once more

    Harness(
            Report report,
            List<Experiment> experiments,
            Effort effort,
            Runs runs,
            Watcher watcher,
            LongSupplier clock) {
        this.report = report;
        this.experiments = experiments;
        this.effort = effort;
        this.runs = runs;
        this.watcher = watcher;
        this.clock = clock;
    }

    /**
     * Measures until all rounds are made or the time is over.
     *
     * @throws RunFailed if the first runs all fail: so will the others
     * @throws InterruptedException if the user has had enough; what was measured is in the report
     */
    void run() throws RunFailed, InterruptedException {
        long end = clock.getAsLong() + (long) (1e9 * effort.budgetSeconds());
        boolean inTime = true;
        for (int round = 1; round <= effort.rounds() && inTime; round++) {
            try {
                inTime = run(round, end);
            } finally {
                watcher.roundEnds(round);
            }
        }
        for (int more = 1; more <= MOST_MORE && inTime && isShort(); more++) {
            try {
                inTime = makeUp(effort.rounds() + more, end);
            } finally {
                watcher.roundEnds(effort.rounds() + more);
            }
        }
        endIfNothingRan();
    }

    private boolean isShort() {
        return IntStream.range(0, experiments.size()).anyMatch(i -> !tooShort(i).isEmpty());
    }

    /** The variants of an experiment that have too few rounds, behind its baseline; empty if none has. */
    private List<Variant> tooShort(int index) {
        Report.Result result = report.experiments().get(index);
        List<Variant> variants = experiments.get(index).variants();
        List<Variant> tooShort = variants.stream()
                .filter(variant -> !isLeftOut(result, variant.name())
                        && Placed.isShort(result, variant.name(), effort.rounds(variant)))
                .toList();
        if (tooShort.isEmpty() || isLeftOut(result, result.baseline())) {
            return List.of();
        }
        return variants.stream()
                .filter(variant -> variant.name().equals(result.baseline()) || tooShort.contains(variant))
                .toList();
    }

    private static boolean isLeftOut(Report.Result result, String name) {
        Report.Measured measured = result.variant(name);
        return measured == null || measured.failures().size() >= MOST_FAILURES;
    }

    /** Makes a round of those that have too few; false if the time was over before its end. */
    private boolean makeUp(int round, long end) throws RunFailed, InterruptedException {
        shared.clear();
        for (int i = 0; i < experiments.size(); i++) {
            for (Variant variant : turned(tooShort(i), round - 1)) {
                if (clock.getAsLong() - end >= 0) {
                    note("The time was over before all rounds that cannot be compared were made up for.");
                    return false;
                }
                watcher.runs(round, done++, experiments.get(i).name() + " " + variant.name());
                measure(report.experiments().get(i), variant, round);
            }
        }
        return true;
    }

    /** Makes a round; false if the time was over before its end. */
    private boolean run(int round, long end) throws RunFailed, InterruptedException {
        shared.clear();
        int all = experiments.stream()
                .mapToInt(experiment -> Math.toIntExact(experiment.variants().stream()
                        .filter(variant -> round <= effort.rounds(variant))
                        .count()))
                .sum();
        int index = 0;
        for (int i = 0; i < experiments.size(); i++) {
            for (Variant variant : turned(experiments.get(i).variants(), round - 1)) {
                if (round > effort.rounds(variant)) {
                    continue;
                }
                if (clock.getAsLong() - end >= 0) {
                    note("The time was over in round " + round + " of " + effort.rounds() + ", after " + index
                            + " of its " + all + " runs.");
                    return false;
                }
                watcher.runs(round, done++, experiments.get(i).name() + " " + variant.name());
                measure(report.experiments().get(i), variant, round);
                index++;
            }
            if (clock.getAsLong() - end < 0) {
                completeClasses(experiments.get(i), report.experiments().get(i), round);
            }
        }
        return true;
    }

    /** Where processors came to be near or far between the baseline and a variant: once more the baseline. */
    private void completeClasses(Experiment experiment, Report.Result result, int round)
            throws RunFailed, InterruptedException {
        if (Placed.lacksBaseline(result, round)) {
            for (Variant variant : experiment.variants()) {
                if (variant.name().equals(experiment.baseline())) {
                    shared.remove(variant.setup());
                    measure(result, variant, round);
                }
            }
        }
    }

    private void endIfNothingRan() throws RunFailed {
        if (report.runs() == 0 && report.failures() > 0) {
            throw new RunFailed("nothing could be measured, the last try was " + lastFailure);
        }
    }

    private void note(String sentence) {
        synchronized (report) {
            report.notes().add(sentence);
        }
    }

    /** Another one first, and their order kept. */
    private static List<Variant> turned(List<Variant> variants, int by) {
        List<Variant> turned = new ArrayList<>(variants);
        Collections.rotate(turned, -by);
        return turned;
    }

    private void measure(Report.Result result, Variant variant, int round) throws RunFailed, InterruptedException {
        Report.Measured measured = result.variant(variant.name());
        if (isLeftOut(result, variant.name())) {
            return;
        }
        try {
            Outcome outcome = outcome(variant);
            synchronized (report) {
                measured.runs().add(new Report.Run(round, outcome));
            }
        } catch (RunFailed e) {
            synchronized (report) {
                measured.failures().add(e.getMessage());
            }
            lastFailure = result.name() + ' ' + variant.name() + ": " + e.getMessage();
            if (report.failures() == HOPELESS) {
                endIfNothingRan();
            }
        }
    }

    /** Runs it, or takes what the same variant of another experiment gave in this round. */
    private Outcome outcome(Variant variant) throws RunFailed, InterruptedException {
        if (!effort.isShared(variant)) {
            return runs.run(variant);
        }
        Outcome outcome = shared.get(variant.setup());
        if (outcome == null) {
            outcome = runs.run(variant);
            shared.put(variant.setup(), outcome);
        }
        return outcome;
    }
}
