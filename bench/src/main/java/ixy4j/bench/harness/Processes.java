package ixy4j.bench.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ixy4j.bench.run.Order;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.run.VmLog;
import ixy4j.bench.run.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts {@link Worker}s, one at a time, and takes what they print. Safe for the thread that stops it. */
final class Processes implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PATIENCE = 60; // s on top of what a run takes, on a machine that is busy

    private final Jvm jvm;
    private final Path folder; // for files that come and go
    private Path cache; // of loaded classes; null before it is made
    private Process current;
    private boolean closed;

    Processes(Jvm jvm, Path folder) {
        this.jvm = jvm;
        this.folder = folder;
    }

    /** Measures in a process of its own. */
    Outcome run(Order order, boolean cached) throws RunFailed, InterruptedException {
        List<String> options = new ArrayList<>(order.setup().jvm());
        if (order.what() == Order.What.RATE) {
            options.add(Jvm.REPEATABLE);
        }
        boolean logs = order.what() == Order.What.LATENCY;
        Path log = folder.resolve("vm.log");
        if (logs) {
            options.add(VmLog.option(log));
        }
        if (cached) {
            options.addAll(List.of("-XX:AOTCache=" + cache(order), "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        Order own = logs ? order.loggingTo(log.toString()) : order;
        String out = execute(jvm.command(options, Worker.class), own);
        try {
            return JSON.readValue(out, Outcome.class);
        } catch (JsonProcessingException e) {
            throw new RunFailed("what the process printed cannot be read: " + firstLine(out, "nothing"), e);
        }
    }

    /** The cache of classes, made by a first run in the manner of {@code ./ixy}. */
    private Path cache(Order order) throws RunFailed, InterruptedException {
        if (cache == null) {
            Path made = folder.resolve("classes.aot");
            List<String> options = new ArrayList<>(order.setup().jvm());
            options.addAll(
                    List.of("-XX:AOTCacheOutput=" + made, "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"));
            execute(jvm.command(options, Worker.class), order.lasting(1));
            if (!Files.exists(made)) {
                throw new RunFailed("this JVM has made no cache of classes with -XX:AOTCacheOutput");
            }
            cache = made;
        }
        return cache;
    }

    /** Runs a command to its end; what it printed. */
    private String execute(List<String> command, Order order) throws RunFailed, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        double patience = PATIENCE + order.warmSeconds() + order.seconds();
        try {
            List<String> all = new ArrayList<>(command);
            all.addAll(order.startedAt(System.nanoTime()).arguments());
            Process process =
                    start(new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(err.toFile()));
            try {
                if (!process.waitFor((long) (1000 * patience), TimeUnit.MILLISECONDS)) {
                    throw new RunFailed("it did not end within " + Math.round(patience) + " s");
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            if (process.exitValue() != 0) {
                throw new RunFailed(
                        firstLine(Files.readString(err) + Files.readString(out), "exit code " + process.exitValue()));
            }
            return Files.readString(out);
        } catch (IOException e) {
            throw new RunFailed("a process that measures cannot be run: " + e.getMessage(), e);
        }
    }

    private synchronized Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        if (closed) {
            throw new InterruptedException();
        }
        builder.environment().keySet().removeAll(Jvm.OF_EACH);
        current = builder.redirectInput(
                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return current;
    }

    /** The first line that is no warning of the JVM. */
    static String firstLine(String text, String otherwise) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.contains("[warning]") && !line.startsWith("WARNING"))
                .findFirst()
                .orElse(otherwise);
    }

    /** Ends what runs, and starts nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.destroyForcibly();
        }
    }
}
