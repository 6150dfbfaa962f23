package ixy4j.bench.harness;

import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.report.Machine;
import ixy4j.bench.report.Report;
import ixy4j.bench.run.Outcome;
import ixy4j.linux.IxyException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of the command: measures, and keeps what was measured, also where a signal ends it. */
final class Session {
    private static final double COMPILING = 0.2; // share of the time measured
    private static final double UNDISTURBED = 0.95; // of a processor

    private final List<Experiment> experiments;
    private final Effort effort;
    private final Processors processors;
    private final List<String> cards;
    private final Output output;
    private final Jvm jvm = Jvm.ofEnvironment(System.getenv("IXY_JAVA_OPTS"));
    private final Report report;

    Session(
            List<Experiment> experiments,
            Effort effort,
            Processors processors,
            List<String> cards,
            Output output,
            List<String> command) {
        this.experiments = experiments;
        this.effort = effort;
        this.processors = processors;
        this.cards = cards;
        this.output = output;
        report = new Report(
                Report.FORMAT,
                Report.VERSION,
                OffsetDateTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                command,
                effort.quick(),
                Machine.describe(),
                options(),
                new ArrayList<>(),
                experiments.stream().map(Report.Result::of).toList());
        noteConditions();
    }

    Report report() {
        return report;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("options of each JVM that measures", String.join(" ", jvm.options(List.of())));
        options.put("rounds", Integer.toString(effort.rounds()));
        options.put("seconds before each measurement", Double.toString(effort.warmSeconds()));
        options.put("seconds of each measurement", Double.toString(effort.seconds()));
        options.put("milliseconds of each reading", Integer.toString(effort.stepMillis()));
        if (processors != null) {
            options.put("processor of the packet thread", Integer.toString(processors.packets()));
            options.put(
                    "processor of the cards", processors.cards() < 0 ? "any" : Integer.toString(processors.cards()));
        }
        options.put("ixy4j", System.getProperty("ixy4j.bench.version", "not known"));
        options.put("cards", cards.isEmpty() ? "in memory" : String.join(" and ", cards));
        return options;
    }

    private void noteConditions() {
        if (effort.quick()) {
            report.notes()
                    .add(
                            "A quick run: few values and rounds, and not all experiments. What differs little shows in a full"
                                    + " one only.");
        }
        double load = Machine.load();
        if (load > 0.5) {
            report.notes()
                    .add(String.format(
                            Locale.ROOT,
                            "The machine was not quiet when this began (load average %.1f): absolute values say little.",
                            load));
        }
    }

    /**
     * Measures, to the end or until a signal comes; {@link #report()} has what was measured.
     *
     * @throws IxyException where the first runs fail
     */
    void run() {
        Path folder = temporary();
        Progress progress = new Progress(System.err, isTerminal(), effort, this::save);
        try (Processes processes = new Processes(jvm, folder)) {
            Interruption.install(processes);
            progress.plan(experiments);
            Runs runs = new VariantRuns(effort, jvm, processes, processors, cards);
            new Harness(report, experiments, effort, runs, progress, System::nanoTime).run();
        } catch (RunFailed e) {
            throw new IxyException(e.getMessage());
        } catch (InterruptedException e) {
            // the user has had enough: below
        } finally {
            Interruption.release();
            progress.close();
            delete(folder);
        }
        noteRuns();
    }

    private void noteRuns() {
        if (report.failures() > 0) {
            report.notes().add(report.failures() + " runs failed; the tables say why.");
        }
        noteCompiling();
        noteShares();
        noteHugePages();
        if (Interruption.came()) {
            report.notes().add("It was interrupted: what had been measured by then is here.");
        }
    }

    /** Rates that were measured while the JIT still compiled a good deal are not those of steady state. */
    private void noteCompiling() {
        int all = 0;
        int compiling = 0;
        for (Report.Result result : report.experiments()) {
            for (Report.Measured variant :
                    result.unit().equals("Mpps") ? result.variants() : List.<Report.Measured>of()) {
                for (Report.Run run : variant.runs()) {
                    all++;
                    compiling +=
                            run.outcome().figures().getOrDefault("jit_ms", 0.0) > COMPILING * 1000 * effort.seconds()
                                    ? 1
                                    : 0;
                }
            }
        }
        if (compiling > 0) {
            report.notes()
                    .add("In " + compiling + " of " + all
                            + " runs of rates the JIT was busy for more than a fifth of what"
                            + " was measured (jit ms): they show code that was still being compiled. --seconds makes"
                            + " runs longer, and what comes before them.");
        }
    }

    /** Says in how many runs something else was on the processor of the packet thread. */
    private void noteShares() {
        List<Double> shares = figures(Outcome.SHARE);
        long disturbed = shares.stream().filter(share -> share < UNDISTURBED).count();
        if (disturbed > 0) {
            report.notes()
                    .add("In " + disturbed + " of " + shares.size() + " runs the packet thread had less than "
                            + Math.round(100 * UNDISTURBED) + "% of its processor: something else ran there.");
        }
    }

    /** Says in how many runs the kernel gave none of the huge pages that it was asked for. */
    private void noteHugePages() {
        List<Double> sizes = figures(Outcome.HUGE_PAGES);
        Report.Result pages = report.experiment("pages");
        Report.Measured small = pages == null ? null : pages.variant("4 KiB");
        long without = sizes.stream().filter(size -> size == 0).count()
                - (small == null ? 0 : small.runs().size());
        if (without > 0) {
            report.notes()
                    .add("In " + without + " of " + sizes.size() + " runs of rates no memory was in huge pages"
                            + " (/sys/kernel/mm/transparent_hugepage/enabled): 2 MiB pages were 4 KiB pages.");
        }
    }

    private List<Double> figures(String name) {
        return report.experiments().stream()
                .flatMap(result -> result.variants().stream())
                .flatMap(variant -> variant.runs().stream())
                .map(run -> run.outcome().figures().get(name))
                .filter(value -> value != null)
                .toList();
    }

    /** What was measured so far. A full disk does not end it: there may be room at the end, and there is the terminal. */
    private void save() {
        try {
            output.writeJson(report);
        } catch (IxyException e) {
            String note = "What was measured could not be saved after each round.";
            if (!Interruption.came() && !report.notes().contains(note)) {
                report.notes().add(note);
            }
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false); // null without a terminal
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("ixy4j-bench");
        } catch (IOException e) {
            throw new IxyException("no folder for temporary files can be made: " + e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // some small files stay in the system's folder for such
        }
    }
}
