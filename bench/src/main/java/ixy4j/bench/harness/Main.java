package ixy4j.bench.harness;

import ixy4j.linux.IxyException;
import picocli.CommandLine;

/** Starts {@link BenchCommand}; exit codes and errors are as those of the other commands. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Interruption.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand())
                .setCommandName("ixy bench")
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
}
