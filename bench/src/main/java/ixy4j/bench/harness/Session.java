package ixy4j.bench.harness;

import ixy4j.IxyException;
import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.report.Machine;
import ixy4j.bench.report.Report;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of the command: measures, and keeps what was measured, even if a signal ends it. */
final class Session {
    private final List<Experiment> experiments;
    private final Effort effort;
    private final Processors processors;
    private final List<String> cards;
    private final Output output;
    private final Jvm jvm = Jvm.ofEnvironment(System.getenv());
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
        new Notes(report).ofConditions();
    }

    Report report() {
        return report;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("options of each JVM that measures", String.join(" ", jvm.options(List.of())));
        options.put("options of those that measure a rate, besides", Jvm.REPEATABLE);
        options.put("rounds", Integer.toString(effort.rounds()));
        options.put("rounds of what is no rate", Integer.toString(effort.otherRounds()));
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

    /**
     * Measures, to the end or until a signal comes; {@link #report()} has what was measured.
     *
     * @throws IxyException if the first runs fail
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
            throw new IxyException(e.getMessage(), e);
        } catch (InterruptedException e) {
            // the user has had enough: below
        } finally {
            Interruption.release();
            progress.close();
            delete(folder);
        }
        new Notes(report).ofRuns(effort);
        if (Interruption.came()) {
            report.notes().add("It was interrupted: what had been measured by then is here.");
        }
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
            throw new IxyException("no folder for temporary files can be made: " + e, e);
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
