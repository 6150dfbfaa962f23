package ixy4j.apps;

import ixy4j.learn.Course;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy learn}: the course. */
@Command(
        name = "learn",
        description = {
            "A course in which one writes a driver of the 82599, in 13 stages, checked on an emulated card.",
            "Without a word behind it: where one is."
        },
        footer = {"", "Example: ./ixy learn start", "Example: ./ixy learn check 4"},
        subcommands = {
            LearnCommand.Start.class,
            LearnCommand.Read.class,
            LearnCommand.Check.class,
            LearnCommand.Hint.class,
            LearnCommand.Use.class,
            LearnCommand.Solution.class,
            LearnCommand.Ping.class
        },
        mixinStandardHelpOptions = true)
final class LearnCommand implements Runnable {
    @Mixin
    private Where where;

    @Override
    public void run() {
        Output.OUT.print(where.course().overview());
    }

    /** Where the learner's file is. */
    static final class Where {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "The folder of MyDriver.java; without it, this one, or my-driver in it.")
        private String folder;

        private Course course() {
            return Course.in(folder == null ? null : path(folder));
        }
    }

    private static Path path(String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + folder + "' cannot be the name of a folder: " + e.getReason());
        }
    }

    /** What most of its commands take. */
    abstract static class OfStage {
        @Mixin
        Where where;

        @Parameters(
                arity = "0..1",
                paramLabel = "STAGE",
                description = "The number of a stage; without it, the first that is not passed.")
        private Integer stage;

        final int stage() {
            return stage == null ? where.course().current() : stage;
        }
    }

    /** {@code ./ixy learn start}. */
    @Command(
            name = "start",
            description = "Makes MyDriver.java, which is yours to write. Nothing is overwritten.",
            footer = {"", "Example: ./ixy learn start"},
            mixinStandardHelpOptions = true)
    static final class Start implements Runnable {
        @Parameters(
                arity = "0..1",
                paramLabel = "DIR",
                description = "The folder for it; without it, this one, or my-driver where this is the project's.")
        private String folder;

        @Override
        public void run() {
            Output.OUT.print(Course.start(folder == null ? null : path(folder)));
        }
    }

    /** {@code ./ixy learn read}. */
    @Command(
            name = "read",
            description = "Prints what a stage is about.",
            footer = {"", "Example: ./ixy learn read 4"},
            mixinStandardHelpOptions = true)
    static final class Read extends OfStage implements Runnable {
        @Override
        public void run() {
            Output.OUT.print(Course.text(stage()));
        }
    }

    /** {@code ./ixy learn check}. */
    @Command(
            name = "check",
            description = {
                "Compiles MyDriver.java and checks a stage of it: what is right, and the first thing that is not.",
                "Exit code 0: passed, 1: not."
            },
            footer = {"", "Example: ./ixy learn check 4"},
            mixinStandardHelpOptions = true)
    static final class Check extends OfStage implements Callable<Integer> {
        @Option(names = "--json", description = "Print JSON, an object on a line.")
        private boolean json;

        @Option(
                names = "--all",
                description = "The driver may use all modules of the JDK, and not only java.base and the course.")
        private boolean all;

        @Override
        public Integer call() {
            Course.Checked checked = where.course().check(stage(), json, all);
            Output.OUT.print(checked.text());
            return checked.isPassed() ? 0 : 1;
        }
    }

    /** {@code ./ixy learn ping}. */
    @Command(
            name = "ping",
            description = {
                "Has Linux ping your driver, from a virtual machine: its own driver has the other end of the cable.",
                "Exit code 0: answered, 1: not."
            },
            footer = {"", "Example: ./ixy learn ping"},
            mixinStandardHelpOptions = true)
    static final class Ping implements Callable<Integer> {
        @Mixin
        private Where where;

        @Option(names = "--all", description = "The driver may use all modules of the JDK.")
        private boolean all;

        @Override
        public Integer call() {
            return where.course().ping(all, Output.OUT::print) ? 0 : 1;
        }
    }

    /** {@code ./ixy learn hint}. */
    @Command(
            name = "hint",
            description = "Gives a hint: a question; asked again, a pointer; asked once more, the idea.",
            footer = {"", "Example: ./ixy learn hint 4"},
            mixinStandardHelpOptions = true)
    static final class Hint extends OfStage implements Runnable {
        @Override
        public void run() {
            Output.OUT.print(where.course().hint(stage()));
        }
    }

    /** {@code ./ixy learn use}. */
    @Command(
            name = "use",
            description = {
                "Has parts of the reference take the place of yours, so that you can go on, or write one part only.",
                "Parts: start, link, rx, tx, counters, forward, answer, queues, interrupt."
            },
            footer = {"", "Example: ./ixy learn use rx"},
            mixinStandardHelpOptions = true)
    static final class Use implements Runnable {
        @Mixin
        private Where where;

        @Option(names = "--none", description = "Your own driver stands alone again.")
        private boolean none;

        @Parameters(arity = "0..*", paramLabel = "PART", description = "Names of parts.")
        private List<String> parts = List.of();

        @Override
        public void run() {
            if (none == !parts.isEmpty()) {
                throw new IllegalArgumentException(
                        "use takes names of parts, or --none: ./ixy learn use --help has them");
            }
            Course course = where.course();
            Output.OUT.print(none ? course.useNone() : course.use(parts));
        }
    }

    /** {@code ./ixy learn solution}. */
    @Command(
            name = "solution",
            description = "Prints the reference of a stage.",
            footer = {"", "Example: ./ixy learn solution 4 --yes"},
            mixinStandardHelpOptions = true)
    static final class Solution extends OfStage implements Runnable {
        @Option(names = "--yes", description = "You want to see it, though you learn more without.")
        private boolean wanted;

        @Override
        public void run() {
            int stage = stage();
            String solution = Course.solution(stage);
            if (!wanted) {
                throw new IllegalArgumentException(
                        "that would show how stage " + stage + " is done: ask for it with --yes, or for a hint");
            }
            Output.OUT.print(solution);
        }
    }
}
