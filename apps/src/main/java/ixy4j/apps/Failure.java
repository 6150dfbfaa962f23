package ixy4j.apps;

import ixy4j.IxyException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of something that was thrown, and the exit code that goes with it. */
final class Failure {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int DEPTH = 16; // of causes that are looked at
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();
    private static final byte[] NO_HEAP =
            Output.ERR.bytes(noHeap(Runtime.getRuntime().maxMemory()));
    private static final byte[] NOTHING_MORE = Output.ERR.bytes("ixy: failed, and there is no memory left to say why");

    private Failure() {}

    private static String noHeap(long bytes) {
        long mib = bytes >> 20;
        return "ixy: the heap of " + mib + " MiB is full: give the JVM more, as IXY_JAVA_OPTS='-Xmx"
                + Math.max(64, 2 * mib) + "m' does";
    }

    /** Has this class ready where there is no memory left to load it. */
    static void prepare() {}

    /** Of the command itself: one line for what a user can mend, and a stack trace only for a bug of ours. */
    static int tell(Throwable error) {
        try {
            if (error instanceof StopSignal.Stopped) {
                return 0;
            }
            boolean usage = error instanceof IllegalArgumentException;
            say(error, usage);
            return usage ? WRONG_USAGE : FAILED;
        } catch (RuntimeException | Error e) {
            Output.ERR.print(NOTHING_MORE);
            return FAILED;
        }
    }

    /** Of another thread, which nobody else told of it. */
    static void tellOfThread(Throwable error) {
        try {
            say(error, false);
        } catch (RuntimeException | Error e) {
            Output.ERR.print(NOTHING_MORE);
        }
    }

    private static void say(Throwable error, boolean usage) {
        String memory = missingMemory(error);
        if (memory != null) {
            sayNoMemory(memory);
        } else if (usage || error instanceof IxyException) {
            Output.ERR.print("ixy: " + onOneLine(error.getMessage()));
            Throwable bug = usage ? null : bugBehind(error);
            if (bug != null) {
                Output.ERR.print(trace(bug));
            }
        } else {
            Output.ERR.print("ixy: this is a bug of ours, please report it: " + error);
            Output.ERR.print(trace(error));
        }
    }

    /** What memory was missing, null if none was. A class that lacked some when it was loaded has it in its message. */
    private static String missingMemory(Throwable error) {
        Throwable cause = error;
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            String text = cause.toString();
            if (text.contains(OUT_OF_MEMORY)) {
                return text;
            }
        }
        return null;
    }

    /** Not all memory that can be missing is the heap's. */
    private static void sayNoMemory(String what) {
        if (what.contains("heap") || what.contains("GC") || what.contains("array size")) {
            Output.ERR.print(NO_HEAP);
        } else {
            Output.ERR.print("ixy: the JVM is out of memory: " + what
                    + "; see ulimit and the limits of this container, or change IXY_JAVA_OPTS");
        }
    }

    /** The error of another thread that an error of the machine was made of; null if there is none. */
    private static Throwable bugBehind(Throwable error) {
        Throwable cause = error.getCause();
        for (int i = 0; i < DEPTH && cause instanceof IxyException; i++) {
            cause = cause.getCause();
        }
        return cause instanceof Error || cause instanceof RuntimeException ? cause : null;
    }

    /** What a name in it can hold, and would end the line, is written as it could be in an address. */
    private static String onOneLine(String message) {
        return CONTROL.matcher(message)
                .replaceAll(found -> "%" + HEX.toHexDigits((byte) found.group().charAt(0)));
    }

    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Where the threads are that a command is made of. */
    static String whereabouts() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().matches("main|packets"))
                .map(entry -> "thread " + entry.getKey().getName() + " is in "
                        + Stream.of(entry.getValue())
                                .filter(frame -> frame.getClassName().startsWith("ixy4j."))
                                .findFirst()
                                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                                .orElse("no code of ours"))
                .collect(Collectors.joining(", "));
    }
}
