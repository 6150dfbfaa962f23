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
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs variants in processes of their own. */
final class VariantRuns implements Runs {
    private static final int WARM_UP_STEP = 10; // ms

    private final Effort effort;
    private final Jvm jvm;
    private final Processes processes;
    private final Processors processors; // null where all runs do with one
    private final List<String> cards; // empty for emulated ones
    private final List<Double> highest = new ArrayList<>(); // Mpps at full load of what measures latency, so far

    VariantRuns(Effort effort, Jvm jvm, Processes processes, Processors processors, List<String> cards) {
        this.effort = effort;
        this.jvm = jvm;
        this.processes = processes;
        this.processors = processors;
        this.cards = cards;
    }

    @Override
    public Outcome run(Variant variant) throws RunFailed, InterruptedException {
        if (variant.what() == null) {
            return runStage(variant.name());
        }
        if (variant.load() > 0 && highest.isEmpty()) {
            runFlatOut(variant.setup());
        }
        double mpps = variant.load() == 0 ? 0 : offered(variant);
        Outcome outcome = processes.run(order(variant.what(), variant.setup(), mpps), variant.cached());
        if (variant.what() == What.LATENCY && variant.load() == 0) {
            highest.add(outcome.figures().get("mpps"));
        }
        return outcome;
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

    private void runFlatOut(Setup setup) throws RunFailed, InterruptedException {
        Outcome outcome = processes.run(order(What.LATENCY, setup, 0), false);
        highest.add(outcome.figures().get("mpps"));
    }

    /** Frames a microsecond on each wire that sends. */
    private double offered(Variant variant) {
        int wires = variant.setup().bothWays() ? 2 : 1;
        return Math.max(0.001, variant.load() * Summary.quantile(highest, 0.5) / wires);
    }

    private Order order(What what, Setup setup, double mpps) {
        boolean start = what == What.WARM_UP;
        return new Order(
                what,
                setup,
                cards,
                mpps,
                start ? 0 : effort.warmSeconds(),
                start ? effort.warmUpSeconds() : effort.seconds(),
                start ? WARM_UP_STEP : effort.stepMillis(),
                processors.packets(),
                processors.cards(),
                0,
                "");
    }
}
