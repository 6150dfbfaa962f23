package ixy4j.bench.harness;

import ixy4j.IxyException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

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
        CommandLine bench = new CommandLine(new BenchCommand()).setCommandName("ixy bench");
        IParameterExceptionHandler usual = bench.getParameterExceptionHandler(); // shows the usage, too
        return bench.setParameterExceptionHandler((error, arguments) ->
                        error.getValue() != null && error.getArgSpec() instanceof OptionSpec option
                                ? explain(noNumber(option, error), bench.getErr())
                                : usual.handleParseException(error, arguments))
                .setExecutionExceptionHandler((error, command, parsed) -> explain(error, command.getErr()));
    }

    /** What is said of a value that cannot be read; values that can be any text always can. */
    private static IllegalArgumentException noNumber(OptionSpec option, ParameterException error) {
        return new IllegalArgumentException(
                option.longestName() + " takes a number, not '" + error.getValue() + "': " + option.description()[0],
                error);
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
