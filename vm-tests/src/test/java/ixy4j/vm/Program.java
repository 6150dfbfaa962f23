package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine, and all that it says; no run outlives its deadline. */
final class Program implements AutoCloseable {
    /** The folder of the project. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /**
     * For JVMs in the guest: there the second compiler takes longer than what it gains, and so does the first with what is
     * not run often; and the report of a crash would go to a file in the guest.
     */
    static final String JVM = "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -XX:+ErrorFileToStderr";

    private final List<String> command;
    private final Process process;
    private final Output out;
    private final Output err;

    private Program(List<String> command) {
        this.command = command;
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectInput(new File("/dev/null"));
        // Maven has just built it, and while ./ixy test runs, another ./ixy that builds would wait for its end
        builder.environment().put("IXY_AS_BUILT", "yes");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("IXY_JAVA_OPTS", JVM);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = new Output(process.getInputStream());
        err = new Output(process.getErrorStream());
    }

    static Program start(List<String> command) {
        return new Program(command);
    }

    static Result run(List<String> command, Duration deadline) {
        try (Program program = start(command)) {
            return program.await(deadline);
        }
    }

    /** Runs a line whose words have no blanks in them. */
    static Result run(String line) {
        return run(List.of(line.split(" ", -1)), Duration.ofSeconds(20));
    }

    /** All that it has started, and it. */
    List<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Output out() {
        return out;
    }

    Output err() {
        return err;
    }

    /** Asks it to end. What it still has to say is heard: Process.destroy would not. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for the end; one that does not come is a failure. */
    Result await(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                fail("still running after " + deadline + ", and killed: " + result(-1));
            }
            out.thread.join(5000);
            err.thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted in " + command);
        }
        return result(process.exitValue());
    }

    private Result result(int exit) {
        return Result.of(String.join(" ", command), exit, out.bytes(), err.bytes());
    }

    /** Kills what still runs, with all that it started. */
    @Override
    public void close() {
        family().forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads to the end. */
    static final class Output {
        private final InputStream stream;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;
        private boolean ended;

        Output(InputStream stream) {
            this.stream = stream;
            this.thread = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            byte[] buffer = new byte[8192];
            try {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    keep(buffer, count);
                }
            } catch (IOException e) {
                // the program was killed: what it said until then is all there is
            } finally {
                end();
            }
        }

        private synchronized void keep(byte[] buffer, int count) {
            kept.write(buffer, 0, count);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        /** Waits until there are so many bytes; whether there are. */
        synchronized boolean await(int count, long deadline) {
            try {
                while (kept.size() < count && !ended) {
                    long millis = (deadline - System.nanoTime()) / 1_000_000;
                    if (millis <= 0) {
                        break;
                    }
                    wait(millis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return kept.size() >= count;
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }
    }
}
