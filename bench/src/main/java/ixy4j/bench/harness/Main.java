package ixy4j.bench.harness;

import ixy4j.IxyException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Starts {@link BenchCommand}; exit codes and errors are as those of the other commands. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int code = 1;
        try {
            code = run(arguments);
        } catch (Throwable e) { // the one place that decides how the command ends, whatever it was
            code = explain(e, commandLine().getErr());
        } finally {
            Interruption.exit(code);
        }
    }

    private static int run(String[] arguments) {
        StringWriter out = new StringWriter();
        int code = commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
        if (!out.toString().isEmpty()) {
            Terminal.print(out.toString());
        }
        return code;
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand())
                .setCommandName("ixy bench")
                .setExecutionExceptionHandler((error, command, parsed) -> explain(error, command.getErr()));
    }

    /**
     * One line for what a user can mend, a stack trace only for a bug of ours: what {@code Failure} does for the other
     * commands, in few words, since their jar is a program and no library that this could depend on.
     */
    private static int explain(Throwable error, PrintWriter err) {
        if (error instanceof IxyException || error instanceof IllegalArgumentException) {
            err.println("ixy: " + error.getMessage());
            return error instanceof IxyException ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.USAGE;
        }
        if (error instanceof OutOfMemoryError) {
            err.println("ixy: out of memory (" + error.getMessage() + "): make fewer experiments or rounds");
            return CommandLine.ExitCode.SOFTWARE;
        }
        err.println("ixy: this is a bug of ours, please report it: " + error);
        error.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
