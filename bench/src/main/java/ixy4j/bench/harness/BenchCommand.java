package ixy4j.bench.harness;

import ixy4j.IxyException;
import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.plan.Selection;
import ixy4j.bench.report.Against;
import ixy4j.bench.report.JsonFile;
import ixy4j.bench.report.Report;
import ixy4j.bench.report.Table;
import ixy4j.bench.run.Setup.Cards;
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
            "Measures what each part of driver and setting costs or brings, in turn, in several rounds, and writes a table,"
                    + " results.json, results.csv and report.html.",
            "A WORD with a colon is the address of a card, of which there are two or none. Any other picks an experiment,"
                    + " or a variant and what it is compared with, as ring=64 does. Without addresses the cards are in"
                    + " memory; the traffic of given ones has to come from elsewhere."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "It takes up to 45 minutes, unless --rounds or --seconds are given. Ctrl-C ends it early, and what was measured"
                    + " is written. Exit codes: 0 success, also after Ctrl-C; 1 the machine refused; 2 wrong usage.",
            "",
            "Example: ./ixy bench --quick",
            "Example: ./ixy bench batch ring=64 --out /tmp/before",
            "Example: ./ixy bench batch ring=64 --against /tmp/before"
        })
public final class BenchCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Fewer experiments, values and rounds, in less than 3 minutes.")
    private boolean quick;

    @Option(names = "--list", description = "List experiments and variants, and measure nothing.")
    private boolean list;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Write there; a folder without results so far.")
    private Path out;

    @Option(
            names = "--against",
            paramLabel = "OLD",
            description = "Compare with an earlier run: its folder, or its results.json.")
    private Path against;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Rounds, 1 to 100; 9, or 5 for rates and 3 for the rest with --quick. Up to 4 more make up for those in which"
                            + " processors changed places.")
    private Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Measure each for N seconds a round, and let it run as long before; 0.1 to 60.")
    private Double seconds;

    @Option(
            names = "--cpus",
            paramLabel = "P,C",
            description = "Processors of the packet thread and of the cards in memory.")
    private String cpus;

    @Option(
            names = "--on",
            paramLabel = "CARDS",
            description =
                    "The cards in memory: 82599, virtio-split, virtio-packed, which cost next to nothing, or model, the emulated 82599; 82599.")
    private String on;

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "Experiments; all without. Addresses of two cards.")
    private List<String> words = List.of();

    /** For picocli. */
    public BenchCommand() {}

    @Override
    public Integer call() {
        Words sorted = Words.of(words);
        List<Experiment> experiments = experiments(sorted);
        if (list) {
            experiments.forEach(BenchCommand::describe);
            return 0;
        }
        Effort effort = effort();
        Report before = against == null ? null : JsonFile.read(Output.json(against));
        Processors processors = processors(experiments, !sorted.cards().isEmpty());
        Preconditions.check(sorted.cards(), experiments);
        Output output = Output.in(out == null ? Output.standardFolder() : out);
        Session session = new Session(experiments, effort, processors, sorted.cards(), output, commandLine());
        session.run();
        return show(session.report(), before, output);
    }

    /** The files come first, since the reader of the tables may be slow or gone; if one cannot be written, the other is. */
    private static int show(Report report, Report before, Output output) {
        String unwritten = null;
        try {
            output.writeAll(report, before);
        } catch (IxyException e) {
            unwritten = e.getMessage();
        }
        Terminal.print(Table.of(report));
        if (before != null) {
            Terminal.print(Against.text(report, before));
        }
        if (unwritten != null) {
            throw new IxyException(unwritten);
        }
        Terminal.print("\nWritten: " + output.page() + ", results.json and results.csv beside it\n");
        return 0;
    }

    private List<Experiment> experiments(Words sorted) {
        List<Experiment> all = Catalogue.all(quick, cards(sorted));
        if (list && sorted.experiments().isEmpty()) {
            return all;
        }
        if (quick && sorted.experiments().isEmpty()) {
            return Selection.pick(all, List.of()).stream()
                    .filter(experiment -> !Catalogue.NOT_QUICK.contains(experiment.name()))
                    .toList();
        }
        return Selection.pick(all, sorted.experiments());
    }

    private Cards cards(Words sorted) {
        if (!sorted.cards().isEmpty()) {
            if (on != null) {
                throw new IllegalArgumentException("--on is for cards in memory, and these have addresses: "
                        + String.join(" and ", sorted.cards()));
            }
            return Cards.GIVEN;
        }
        return switch (on) {
            case null -> Cards.IXGBE;
            case "82599" -> Cards.IXGBE;
            case "model" -> Cards.MODEL;
            case "virtio-split" -> Cards.VIRTIO_SPLIT;
            case "virtio-packed" -> Cards.VIRTIO_PACKED;
            default ->
                throw new IllegalArgumentException(
                        "--on takes 82599, virtio-split, virtio-packed or model, not '" + on + "'");
        };
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

    /** Null if nothing needs a processor of its own. */
    private Processors processors(List<Experiment> experiments, boolean given) {
        List<Integer> allowed = Processors.allowed();
        if (cpus != null) {
            return Processors.parse(cpus, allowed);
        }
        if (experiments.stream().noneMatch(Experiment::movesPackets)) {
            return null;
        }
        return given ? Processors.one(allowed) : Processors.choose(allowed);
    }

    private List<String> commandLine() {
        List<String> command = new ArrayList<>(List.of("./ixy", "bench"));
        command.addAll(words);
        if (quick) {
            command.add("--quick");
        }
        option(command, "--on", on);
        option(command, "--rounds", rounds);
        option(command, "--seconds", seconds);
        option(command, "--cpus", cpus);
        return command;
    }

    private static void option(List<String> command, String name, Object value) {
        if (value != null) {
            command.addAll(List.of(name, value.toString()));
        }
    }

    private static void describe(Experiment experiment) {
        Terminal.print(experiment.name() + ": " + experiment.title() + ". " + experiment.question() + "\n");
        experiment
                .variants()
                .forEach(variant -> Terminal.print("    " + experiment.name() + "=" + variant.name()
                        + (variant.name().equals(experiment.baseline()) ? "  (the others are compared with this)" : "")
                        + "\n"));
    }
}
