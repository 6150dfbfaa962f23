package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code ./ixy nic} of this machine: emulated 82599s, each behind a socket in a folder. */
final class Nic implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(60);

    private final Path folder;
    private final Program program;

    private Nic(Path folder, List<String> wires, List<String> options) {
        this.folder = folder;
        List<String> words = new ArrayList<>(List.of("./ixy", "nic"));
        for (int i = 0; i < wires.size(); i++) {
            words.addAll(List.of("--socket", socket(i).toString(), "--wire", wires.get(i)));
        }
        words.addAll(options);
        program = Program.start(words);
        for (int i = 0; i < wires.size(); i++) {
            awaitSocket(socket(i));
        }
    }

    /** Starts it with a card for each wire. */
    static Nic start(Path folder, List<String> wires, String... options) {
        return new Nic(folder, wires, List.of(options));
    }

    private void awaitSocket(Path socket) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(socket)) {
            if (!program.isAlive() || System.nanoTime() > deadline) {
                program.terminate();
                fail("no socket " + socket + ": " + program.await(END));
            }
            Thread.onSpinWait();
        }
    }

    private Path socket(int card) {
        return folder.resolve("nic" + card + ".sock");
    }

    /** What {@code --nic} of the lab takes for a card. */
    String card(int card) {
        return "ixgbe,wire=vfio-user:" + socket(card);
    }

    /** The address of a card for our own commands. */
    String address(int card) {
        return "vfio-user:" + socket(card);
    }

    boolean isAlive() {
        return program.isAlive();
    }

    /** How much memory it has that is not a file's, so not the guest's; in KiB. */
    long ownMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/" + program.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has said so far. */
    String said() {
        return new String(program.out().bytes(), StandardCharsets.UTF_8);
    }

    /** Ends it in good order; what it said. */
    Result stop() {
        program.terminate();
        return program.await(END);
    }

    /** Kills it. */
    void kill() {
        program.close();
    }

    @Override
    public void close() {
        program.terminate();
        program.close();
    }
}
