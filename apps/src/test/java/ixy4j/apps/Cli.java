package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import ixy4j.Device;
import ixy4j.course.Driver;
import ixy4j.learn.Course;
import ixy4j.model.address.ModelProvider;
import ixy4j.report.HtmlPage;
import ixy4j.watch.server.WatchServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import picocli.CommandLine;

/** A program of its own, above all our command line, run as a user runs it; no run outlives its deadline. */
final class Cli implements AutoCloseable {
    /** Enough for each short command, also where the machine is busy. */
    static final Duration SHORT = Duration.ofSeconds(30);

    /** Enough for what takes several of them. */
    static final Duration LONG = Duration.ofMinutes(2);

    private static final int KEPT = 1 << 20; // bytes of each output; the rest is read and thrown away

    /** What a program that has ended left. */
    record Result(String command, int exit, String out, String err) {
        /** All that is right is on one output. */
        Result succeeds() {
            assertEquals(0, exit, this::toString);
            return this;
        }

        /** Fails with this code and one line in which all of these stand, and prints nothing else. */
        Result failsInOneLine(int code, String... parts) {
            assertEquals(code, exit, this::toString);
            assertEquals("", out, this::toString);
            assertFalse(err.contains("\tat "), this::toString);
            assertEquals(1, err.lines().count(), this::toString);
            assertTrue(err.startsWith("ixy: "), this::toString);
            for (String part : parts) {
                assertTrue(err.contains(part), () -> "'" + part + "' should be in the message of " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return command + "\nexit code " + exit + "\nstdout: " + end(out) + "\nstderr: " + end(err);
        }

        private static String end(String text) {
            return text.length() <= 4000 ? text : "..." + text.substring(text.length() - 4000);
        }
    }

    private final Process process;
    private final String command;
    private final Output out;
    private final Output err;

    private Cli(List<String> command) {
        // without what is the same each time
        this.command = String.join(" ", command).replaceFirst("\\S+/bin/java -cp \\S+", "java");
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = new Output(process.getInputStream());
        err = new Output(process.getErrorStream());
    }

    /** Where the classes of the command line are, and of all that it needs. */
    static List<Path> classPath() {
        return Stream.of(
                        Main.class,
                        Device.class,
                        ModelProvider.class,
                        HtmlPage.class,
                        WatchServer.class,
                        Parser.class,
                        TablesExtension.class,
                        HeadingAnchorExtension.class,
                        Course.class,
                        Driver.class,
                        CommandLine.class,
                        JsonFactory.class,
                        Histogram.class)
                .map(Cli::origin)
                .toList();
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The words of our command line, as the launcher would start it, with these arguments. */
    static List<String> ixy(String... arguments) {
        return java(classPath(), List.of("-XX:+UseSerialGC", "-Xmx32m"), arguments);
    }

    /** The same with other options of the JVM, and perhaps with classes from elsewhere. */
    static List<String> java(List<Path> classPath, List<String> options, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add("--enable-native-access=ALL-UNNAMED");
        words.addAll(options);
        words.add(Main.class.getName());
        words.addAll(List.of(arguments));
        return words;
    }

    /** The words of a program that is one of our tests' classes. */
    static List<String> testProgram(Class<?> main, String... arguments) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dixy4j.checks=true",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                main.getName());
        return words(java, List.of(arguments));
    }

    /** Words, then more words. */
    static List<String> words(List<String> first, List<String> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }

    /** Starts our command line. */
    static Cli start(String... arguments) {
        return new Cli(ixy(arguments));
    }

    /** Starts a program. */
    static Cli start(List<String> command) {
        return new Cli(command);
    }

    /** Runs our command line to its end. */
    static Result run(String... arguments) {
        return run(ixy(arguments), SHORT);
    }

    /** Runs a program to its end. */
    static Result run(List<String> command, Duration deadline) {
        try (Cli program = start(command)) {
            return program.await(deadline);
        }
    }

    /**
     * Runs a command that moves packets, with {@code --json}, until nothing moves any more: three times, most of a second
     * apart, cards had new lines, none of them about a frame that came, went or was lost. What a wire plays has begun before the
     * first line, so all of it has come then.
     */
    static Result runUntilQuiet(String... arguments) {
        try (Cli program = start(words(ixy(arguments), List.of("--json")))) {
            long end = System.nanoTime() + LONG.toNanos();
            int seen = 0;
            for (int quiet = 0; quiet < 3; ) {
                program.awaitLines(seen + 1);
                pause(800); // lines that are late come all at once, and say little
                List<String> lines = program.whole();
                quiet = lines.stream().skip(seen).anyMatch(Cli::moves) ? 0 : quiet + 1;
                seen = lines.size();
                if (System.nanoTime() > end) {
                    fail("no end of the traffic of " + program.result(-1));
                }
            }
            program.signal("TERM");
            return program.await(SHORT);
        }
    }

    private static boolean moves(String line) {
        Map<String, Object> rates = Json.lines(line).getFirst();
        return Stream.of("rx_mpps", "tx_mpps", "dropped", "wire_lost").anyMatch(name -> Json.number(rates, name) != 0);
    }

    long pid() {
        return process.pid();
    }

    /** The command that sends a signal by its name; by the shell's own word, as not every machine has the program. */
    List<String> kill(String name) {
        return List.of("sh", "-c", "kill -" + name + ' ' + pid());
    }

    /** Sends a signal by its name. */
    void signal(String name) {
        run(kill(name), SHORT).succeeds();
    }

    /** Waits until the command has a thread of that name; {@code output} is there once the handlers of signals are. */
    void awaitThread(String name) {
        await("thread " + name, () -> threads().lines().anyMatch(name::equals));
    }

    /** Waits until this is on the standard error. */
    void awaitError(String text) {
        await("'" + text + "'", () -> err.text().contains(text));
    }

    /** Waits until there is a file. */
    void awaitFile(Path file) {
        awaitFile(file, SHORT);
    }

    void awaitFile(Path file, Duration deadline) {
        await(file.toString(), deadline, () -> Files.exists(file));
    }

    /** Waits for something that it does. */
    void await(String what, BooleanSupplier condition) {
        await(what, SHORT, condition);
    }

    void await(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                fail("no " + what + " of " + result(-1));
            }
            pause(10);
        }
    }

    /** The names of its threads, as the kernel has them. */
    private String threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            StringBuilder names = new StringBuilder();
            for (Path task : tasks.toList()) {
                names.append(Files.readString(task.resolve("comm")));
            }
            return names.toString();
        } catch (IOException | UncheckedIOException e) {
            return ""; // some thread ended meanwhile
        }
    }

    /** The lines on the standard output, without one that is still to be ended. */
    List<String> whole() {
        String text = out.text();
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** How many lines are on the standard output. */
    int lines() {
        return whole().size();
    }

    /** Waits until so many lines are on the standard output. */
    void awaitLines(int count) {
        await(count + " lines", () -> lines() >= count);
    }

    /** Waits for the end; one that does not come is a failure. */
    Result await(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                fail("still running after " + deadline + ", and killed: " + result(-1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted in " + command);
        }
        out.await();
        err.await();
        return result(process.exitValue());
    }

    private Result result(int exit) {
        return new Result(command, exit, out.text(), err.text());
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    /** Kills what still runs, with all that it started. */
    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads to the end, and keeps the beginning. */
    private static final class Output {
        private final InputStream stream;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;

        Output(InputStream stream) {
            this.stream = stream;
            this.thread = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            byte[] buffer = new byte[8192];
            try {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    synchronized (kept) {
                        kept.write(buffer, 0, Math.min(count, KEPT - kept.size()));
                    }
                }
            } catch (IOException e) {
                // the program was killed: what it said until then is all there is
                return;
            }
        }

        void await() {
            try {
                thread.join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String text() {
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
