package ixy4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program of its own, which no test leaves behind. */
final class Program implements AutoCloseable {
    private static final long LIMIT = 60; // s; enough also where the machine is busy

    private final List<String> command;
    private final Path output;
    private final Process process;

    private Program(List<String> command) {
        this.command = command;
        try {
            output = Files.createTempFile("program", ".txt");
            process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program of this module, after words such as those for a namespace. */
    static Program java(List<String> before, Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "--enable-native-access=ALL-UNNAMED"));
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", main.getName()));
        words.addAll(List.of(arguments));
        return new Program(words);
    }

    /** Runs a program to its end, which is to be a good one. */
    static void run(String line) {
        try (Program program = new Program(List.of(line.split(" ", -1)))) {
            program.succeeds();
        }
    }

    /** Waits for a good end. */
    void succeeds() {
        ends(0);
    }

    /** Waits for an end with this exit code. */
    void ends(int code) {
        await("end", () -> !process.isAlive());
        assertEquals(code, process.exitValue(), this::toString);
    }

    /** Ends it as Ctrl-C does, which is to be a good end. */
    void stop() {
        process.destroy(); // SIGTERM
        await("end", () -> !process.isAlive());
        assertEquals(128 + 15, process.exitValue(), this::toString);
    }

    /** Waits for something that it does while it runs. */
    void await(String what, BooleanSupplier condition) {
        for (long start = System.nanoTime(); !condition.getAsBoolean(); ) {
            boolean isLate = System.nanoTime() - start > LIMIT * 1_000_000_000;
            if ((isLate || !process.isAlive()) && !condition.getAsBoolean()) {
                fail("no " + what + " of " + this);
            }
            pause();
        }
    }

    private void pause() {
        try {
            process.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    /** Waits until it has said this. */
    void awaitOutput(String text) {
        await("'" + text + "'", () -> output().contains(text));
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** What it has said. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        await("end", () -> !process.isAlive());
        try {
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command).replaceFirst("-cp \\S+ ", "") + ": " + output();
    }
}
