package ixy4j.apps;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Parameters;

/** The command line: {@code ./ixy COMMAND}. Exit codes: 0 success, 1 failure, 2 wrong usage. */
@Command(
        name = "ixy",
        description = "User space network drivers in pure Java.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ForwardCommand.class,
            PktgenCommand.class,
            SinkCommand.class,
            Rfc2544Command.class,
            DumpCommand.class,
            ReplyCommand.class,
            NicCommand.class,
            WatchCommand.class,
            DevicesCommand.class,
            BindCommand.class,
            UnbindCommand.class,
            LabCommand.class,
            LearnCommand.class,
            Main.RunCommand.class,
            Main.BenchCommand.class,
            Main.TestCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Example: ./ixy fwd --seconds 5",
            "Addresses of cards: 0000:03:00.0, or xdp:eth0, an interface of the kernel's,",
            "or model:0, an emulated 82599, or vhost-user:/path.sock or",
            "vfio-user:/path.sock, a virtio or PCI card that another process plays."
        })
public final class Main {
    /** What a newcomer is told who has typed no command. */
    private static final String BEGINNINGS = """
            ixy4j: network cards, driven from user space in pure Java. Five things to do:

              ./ixy watch           see the rings of two cards turn, on a page
              ./ixy learn           write the driver of a card, in a course
              ./ixy fwd             forward as fast as it goes, between two emulated cards
              ./ixy dump xdp:eth0   see what comes to an interface of this machine, as root
              ./ixy lab             boot a virtual machine and try drivers there

            All commands: ./ixy help. What each takes: ./ixy help COMMAND. More: README.md.""";

    private Main() {}

    public static void main(String[] args) {
        int code = 1;
        try {
            Locale.setDefault(Locale.ROOT); // picocli sorts options by their capital letters, which depend on it
            StopSignal.install();
            Failure.prepare();
            code = run(args);
        } catch (Throwable e) { // the one place that decides how a command ends, whatever it was
            code = Failure.tell(e);
        } finally {
            StopSignal.exit(code);
        }
    }

    /** Runs a command; what picocli itself prints goes the way of all that is printed. */
    private static int run(String[] args) {
        if (args.length == 0) {
            Output.OUT.print(BEGINNINGS);
            return 0;
        }
        if (args[0].equals("--help") || args[0].equals("-h")) {
            return run(new String[] {"help"});
        }
        if (args[0].equals("lab-settings")) { // the launcher's: picocli would read the words of the lab's command, too
            Output.OUT.print(LabCommand.settings(List.of(args).subList(1, args.length)));
            return 0;
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((error, command, parsed) -> Failure.tell(error))
                .execute(args);
        if (!out.toString().isEmpty()) {
            Output.OUT.print(out.toString());
        }
        if (!err.toString().isEmpty()) {
            Output.ERR.print(err.toString());
        }
        return code;
    }

    /** All commands, with their options and help. */
    static CommandLine commandLine() {
        CommandLine all = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(double.class, Numbers::decimal)
                .registerConverter(Double.class, Numbers::decimal);
        IParameterExceptionHandler usual = all.getParameterExceptionHandler(); // shows the usage, too
        return all.setParameterExceptionHandler((error, args) -> {
            String refusal = Numbers.refusal(error);
            return refusal == null
                    ? usual.handleParseException(error, args)
                    : Failure.tell(new IllegalArgumentException(refusal, error));
        });
    }

    /** Stands here for {@code ./ixy help}: the launcher has the JVM run the program. */
    @Command(
            name = "run",
            description = {
                "Runs a program in one Java source file with the library.",
                "Examples are in examples/src/main/java/ixy4j/examples."
            },
            footer = {"", "Example: ./ixy run Forward.java model:0 model:1"},
            mixinStandardHelpOptions = true)
    static final class RunCommand implements Runnable {
        @Parameters(index = "0", paramLabel = "FILE", description = "The source file; its name ends in .java.")
        private String program;

        @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What the program is given.")
        private List<String> arguments = List.of();

        @Override
        public void run() {
            throw new IllegalArgumentException("programs are started by the launcher: ./ixy run " + program
                    + arguments.stream().map(word -> ' ' + word).collect(Collectors.joining()));
        }
    }

    /** Stands here for {@code ./ixy help}: the launcher runs the benchmarks, which have a class path of their own. */
    @Command(
            name = "bench",
            description = {"Measures where the cycles go, and writes a report.", "./ixy bench --help has its options."},
            footer = {"", "Example: ./ixy bench --quick"},
            mixinStandardHelpOptions = true)
    static final class BenchCommand implements Runnable {
        @Override
        public void run() {
            throw new IllegalArgumentException("the benchmarks are started by the launcher: ./ixy bench");
        }
    }

    /** Stands here for {@code ./ixy help}: the launcher runs the tests. */
    @Command(
            name = "test",
            description = "Builds everything and runs every test.",
            footer = {"", "Example: ./ixy test"},
            mixinStandardHelpOptions = true)
    static final class TestCommand implements Runnable {
        @Override
        public void run() {
            throw new IllegalArgumentException("the tests are started by the launcher: ./ixy test");
        }
    }
}
