package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DPDK's dpdk-testpmd as the back end of a socket, in a process of its own. */
final class Testpmd implements AutoCloseable {
    private static final int PATIENCE = 20_000; // ms; it takes a second to start, more where the machine is busy

    private final Process process;
    private final Path log;
    private final Path leftover; // an empty folder, where it runs as root

    private Testpmd(Process process, Path log, Path leftover) {
        this.process = process;
        this.log = log;
        this.leftover = leftover;
    }

    /** Starts it in rxonly mode; what it needs is in memory of its own, without huge pages. */
    static Testpmd start(Path socket, Path log, String vhostOptions, String... options) throws IOException {
        Machine.needsProgram("dpdk-testpmd");
        String prefix = "ixy4j" + ProcessHandle.current().pid();
        List<String> command =
                words("dpdk-testpmd --lcores 0@0,1@0 --no-huge -m 128 --no-shconf --no-telemetry --no-pci");
        command.addAll(List.of("--file-prefix", prefix, "--vdev", "net_vhost0,iface=" + socket + vhostOptions));
        command.addAll(words("-- --total-num-mbufs=4096 --auto-start --stats-period 1 --forward-mode=rxonly"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Testpmd(process, log, Path.of("/run/dpdk", prefix));
    }

    private static List<String> words(String text) {
        return new ArrayList<>(List.of(text.split(" ")));
    }

    /** Waits until a text is in what it printed, this many times. */
    Testpmd awaitText(String text, int times) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE * 1_000_000L; count(text) < times; ) {
            assertTrue(process.isAlive() && System.nanoTime() < end, () -> "no '" + text + "' in\n" + output());
            Thread.sleep(10);
        }
        return this;
    }

    private int count(String text) {
        return output().split(text, -1).length - 1;
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(leftover);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
