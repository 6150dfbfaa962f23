package ixy4j.bench.stage;

import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one method of {@link StageBenchmark} once, in a process that JMH starts. */
public final class StageRuns {
    private static final int ITERATIONS = 5;

    private StageRuns() {}

    /**
     * Runs it.
     *
     * @param jvm options of its JVM
     * @throws RunnerException if it fails; the message is one line
     */
    public static Outcome run(String method, List<String> jvm, double warmSeconds, double seconds)
            throws RunnerException {
        long step = Math.max(1, Math.round(1000 * seconds / ITERATIONS));
        long warmStep = Math.max(1, Math.round(1000 * warmSeconds / 2));
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + StageBenchmark.class.getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(warmStep))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(step))
                .jvmArgs(jvm.toArray(String[]::new))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        List<Double> readings = new ArrayList<>();
        for (RunResult run : new Runner(options.build()).run()) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    readings.add(iteration.getPrimaryResult().getScore());
                }
            }
        }
        if (readings.isEmpty()) {
            throw new RunnerException("JMH has not run " + method);
        }
        return new Outcome(Summary.of(readings, false).median(), readings, Map.of(), Map.of());
    }
}
