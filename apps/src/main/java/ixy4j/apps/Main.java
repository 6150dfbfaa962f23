package ixy4j.apps;

import ixy4j.linux.IxyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

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
        int code = commandLine().execute(args.length == 0 ? new String[] {"help"} : args);
        StopSignal.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    /** One line for what a user can mend, a stack trace only for a bug of ours. */
    private static int explain(Exception error, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (error instanceof IxyException) {
            command.getErr().println("ixy: " + error.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (error instanceof IllegalArgumentException) {
            command.getErr().println("ixy: " + error.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw error;
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
