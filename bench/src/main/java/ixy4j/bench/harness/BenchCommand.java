package ixy4j.bench.harness;

import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.plan.Selection;
import ixy4j.bench.report.Against;
import ixy4j.bench.report.JsonFile;
import ixy4j.bench.report.Report;
import ixy4j.bench.report.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy bench}: where the cycles go. */
@Command(
        name = "bench",
        description = {
            "Measures what each part of driver and setting costs or brings, in turn, in several rounds,",
            "and writes a table, results.json, results.csv and report.html.",
            "Without addresses on cards in memory; with two, on those, whose traffic is to come from elsewhere."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --quick it takes up to 40 minutes. Ctrl-C ends it early, and what was measured is written.",
            "Exit codes: 0 all is measured, 1 the machine refused, 2 wrong usage, 130 it was interrupted.",
            "",
            "Example: ./ixy bench --quick",
            "Example: ./ixy bench --only batch,ring=64 --out /tmp/before",
            "Example: ./ixy bench --only batch,ring=64 --against /tmp/before/results.json"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Option(names = "--quick", description = "Fewer experiments, values and rounds, in less than 3 minutes.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these experiments, or NAME=VARIANT of one; --list has all.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "List experiments and variants, and measure nothing.")
    private boolean list;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Write there; a folder without results so far.")
    private Path out;

    @Option(names = "--against", paramLabel = "FILE", description = "Compare with the results.json of an earlier run.")
    private Path against;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds, 1 to 100; 7, or 3 with --quick.")
    private Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Measure each for N seconds a round, and let it run as long before; 0.1 to 60.")
    private Double seconds;

    @Option(names = "--cpus", paramLabel = "P,C", description = "Processors of the packet thread and of the cards.")
    private String cpus;

    @Parameters(arity = "0..2", paramLabel = "CARD", description = "Two addresses of cards.")
    private List<String> cards = List.of();

    /** For picocli. */
    public BenchCommand() {}

    @Override
    public Integer call() {
        checkCards();
        List<Experiment> experiments = experiments();
        if (list) {
            experiments.forEach(BenchCommand::describe);
            return 0;
        }
        Effort effort = effort();
        Report before = against == null ? null : JsonFile.read(against);
        Processors processors = processors(experiments);
        Preconditions.checkMemory();
        Output output = Output.in(out == null ? Output.standardFolder() : out);
        Session session = new Session(experiments, effort, processors, cards, output, before, commandLine());
        boolean whole = session.run();
        System.out.print(Table.of(session.report()));
        if (before != null) {
            System.out.print(Against.text(session.report(), before));
        }
        System.out.println("\nWritten: " + output.page() + ", results.json and results.csv beside it");
        return whole ? 0 : INTERRUPTED;
    }

    private List<Experiment> experiments() {
        List<Experiment> all = Catalogue.all(quick, !cards.isEmpty());
        if (quick && only.isEmpty() && !list) {
            return all.stream()
                    .filter(experiment -> !Catalogue.NOT_QUICK.contains(experiment.name()))
                    .toList();
        }
        return Selection.pick(all, only);
    }

    private void checkCards() {
        if (cards.size() == 1 || (cards.size() == 2 && cards.get(0).equals(cards.get(1)))) {
            throw new IllegalArgumentException(
                    "bench takes two different cards or none, not " + String.join(" and ", cards));
        }
    }

    private Effort effort() {
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        if (rounds != null) {
            if (rounds < 1 || rounds > 100) {
                throw new IllegalArgumentException("--rounds takes 1 to 100, not " + rounds);
            }
            effort = effort.withRounds(rounds);
        }
        if (seconds != null) {
            if (!(seconds >= 0.1 && seconds <= 60)) {
                throw new IllegalArgumentException("--seconds takes 0.1 to 60, not " + seconds);
            }
            effort = effort.withSeconds(seconds);
        }
        return effort;
    }

    /** Null where one is enough. */
    private Processors processors(List<Experiment> experiments) {
        List<Integer> allowed = Processors.allowed();
        if (cpus != null) {
            return Processors.parse(cpus, allowed);
        }
        boolean two = experiments.stream().anyMatch(Experiment::needsTwoProcessors);
        return two ? Processors.choose(allowed) : null;
    }

    private List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("./ixy", "bench"));
        words.addAll(cards);
        if (quick) {
            words.add("--quick");
        }
        if (!only.isEmpty()) {
            words.addAll(List.of("--only", String.join(",", only)));
        }
        if (rounds != null) {
            words.addAll(List.of("--rounds", rounds.toString()));
        }
        if (seconds != null) {
            words.addAll(List.of("--seconds", seconds.toString()));
        }
        if (cpus != null) {
            words.addAll(List.of("--cpus", cpus));
        }
        return words;
    }

    private static void describe(Experiment experiment) {
        System.out.println(experiment.name() + ": " + experiment.title() + ". " + experiment.question());
        experiment
                .variants()
                .forEach(variant -> System.out.println("    " + experiment.name() + "=" + variant.name()
                        + (variant.name().equals(experiment.baseline())
                                ? "  (the others are compared with this)"
                                : "")));
    }
}
