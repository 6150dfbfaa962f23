package ixy4j.bench.harness;

import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Variant;
import ixy4j.bench.run.Order;
import ixy4j.bench.run.Order.What;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.run.Setup;
import ixy4j.bench.stage.StageRuns;
import ixy4j.bench.stats.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Runs variants in processes of their own. */
final class VariantRuns implements Runs {
    private static final int WARM_UP_STEP = 10; // ms

    private final Effort effort;
    private final Jvm jvm;
    private final Processes processes;
    private final Processors processors; // null if all runs do with one
    private final List<String> cards; // empty for emulated ones
    private final Map<Setup, List<Double>> highest = new HashMap<>(); // Mpps at full load, so far

    VariantRuns(Effort effort, Jvm jvm, Processes processes, Processors processors, List<String> cards) {
        this.effort = effort;
        this.jvm = jvm;
        this.processes = processes;
        this.processors = processors;
        this.cards = cards;
    }

    @Override
    public Outcome run(Variant variant) throws RunFailed, InterruptedException {
        try {
            return withFigure(variant, measure(variant));
        } catch (RunFailed e) {
            Interruption.awaitSignal();
            throw e;
        }
    }

    /** With the figure as its value that the variant is about. */
    private static Outcome withFigure(Variant variant, Outcome outcome) throws RunFailed {
        if (variant.figure().isEmpty()) {
            return outcome;
        }
        Double value = outcome.figures().get(variant.figure());
        if (value == null) {
            throw new RunFailed("too few frames came for " + variant.figure());
        }
        return new Outcome(value, outcome.readings(), outcome.figures(), outcome.curves());
    }

    private Outcome measure(Variant variant) throws RunFailed, InterruptedException {
        if (variant.what() == null) {
            return runStage(variant.name());
        }
        double mpps = offered(variant);
        Outcome outcome = processes.run(order(variant, variant.setup(), mpps), variant.cached());
        if (variant.what() == What.LATENCY && variant.load() == 0) {
            highest(variant.setup()).add(outcome.figures().get("mpps"));
        }
        return outcome;
    }

    /** What this setup forwarded at most, with no options of the JVM of its own. */
    private List<Double> highest(Setup setup) {
        return highest.computeIfAbsent(setup.withJvm(), absent -> new ArrayList<>());
    }

    /** JMH takes no notice of interrupts: where a signal came, what it says of the run is of no use. */
    private Outcome runStage(String method) throws RunFailed, InterruptedException {
        String failure = null;
        Outcome outcome = null;
        try {
            // one thread, and little code: the JIT is done sooner
            double warm = effort.warmSeconds() / 2;
            outcome = StageRuns.run(method, jvm.options(List.of()), warm, effort.seconds());
        } catch (RunnerException e) {
            failure = Processes.firstLine(reason(e), "JMH failed");
        }
        if (Interruption.came()) {
            throw new InterruptedException();
        }
        if (failure != null) {
            throw new RunFailed(failure);
        }
        return outcome;
    }

    /** JMH hides what a benchmark threw among what it suppressed. */
    private static String reason(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null || deepest.getSuppressed().length > 0) {
            deepest = deepest.getCause() != null ? deepest.getCause() : deepest.getSuppressed()[0];
        }
        return String.valueOf(deepest.getMessage());
    }

    /** Frames a microsecond on each wire that sends. */
    private double offered(Variant variant) throws RunFailed, InterruptedException {
        int wires = variant.setup().bothWays() ? 2 : 1;
        if (variant.load() == 0 || variant.what() == What.WAITING) {
            return variant.load() / wires;
        }
        List<Double> most = highest(variant.setup());
        if (most.isEmpty()) {
            Outcome outcome = processes.run(order(variant, variant.setup().withJvm(), 0), false);
            most.add(outcome.figures().get("mpps"));
        }
        return Math.max(0.001, variant.load() * Summary.quantile(most, 0.5) / wires);
    }

    private Order order(Variant variant, Setup setup, double mpps) {
        boolean start = variant.what() == What.WARM_UP;
        return new Order(
                variant.what(),
                setup,
                cards,
                mpps,
                start ? 0 : (variant.what() == What.WAITING ? Effort.WAITING_WARM : 1) * effort.warmSeconds(),
                start ? effort.warmUpSeconds() : effort.seconds(),
                start ? WARM_UP_STEP : effort.stepMillis(),
                processors.packets(),
                processors.cards(),
                0,
                "");
    }
}
