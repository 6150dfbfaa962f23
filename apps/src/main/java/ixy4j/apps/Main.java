package ixy4j.apps;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
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
            NicCommand.class,
            DevicesCommand.class,
            LabCommand.class,
            Main.RunCommand.class,
            Main.BenchCommand.class,
            Main.TestCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Example: ./ixy fwd --seconds 5",
            "Addresses of cards: 0000:03:00.0, or model:0, an emulated 82599,",
            "or vhost-user:/path.sock or vfio-user:/path.sock, a virtio or PCI card that another process plays."
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = 1;
        try {
            StopSignal.install();
            Failure.prepare();
            code = run(args.length == 0 ? new String[] {"help"} : args);
        } catch (Throwable e) { // the one place that decides how a command ends, whatever it was
            code = Failure.tell(e);
        } finally {
            StopSignal.exit(code);
        }
    }

    /** Runs a command; what picocli itself prints goes the way of all that is printed. */
    private static int run(String[] args) {
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
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Stands here for {@code ./ixy help}: the launcher has the JVM run the program. */
    @Command(
            name = "run",
            description = {
                "Runs a program in one Java source file with the library.",
                "Those in examples/src/main/java/ixy4j/examples are such."
            },
            footer = {"", "Example: ./ixy run examples/src/main/java/ixy4j/examples/Capture.java model:0 x.pcap"},
            mixinStandardHelpOptions = true)
    static final class RunCommand implements Runnable {
        @Parameters(arity = "1..*", paramLabel = "FILE ARGUMENT", description = "The file, and what it is given.")
        private List<String> program;

        @Override
        public void run() {
            throw new IllegalArgumentException("programs are started by the launcher: ./ixy run " + program.getFirst());
        }
    }

    /** Stands here for {@code ./ixy help}: the launcher runs the benchmarks, which have a class path of their own. */
    @Command(
            name = "bench",
            description = "Measures where the cycles go, and writes a report; ./ixy bench --help has its options.",
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
