package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.linux.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and kill: the command ends in good order. And what it takes meanwhile. */
class StopTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /** Where the tests run in the background, programs ignore Ctrl-C unless told otherwise. */
    private static Cli interruptible(String... arguments) {
        return Cli.start(Cli.words(List.of("env", "--default-signal=INT,TERM,HUP"), Cli.ixy(arguments)));
    }

    @ParameterizedTest
    @CsvSource({"INT, fwd", "TERM, fwd", "HUP, fwd", "INT, pktgen model:0", "INT, sink model:0", "TERM, sink model:0"})
    void aSignalEndsItWithTotals(String signal, String line) {
        try (Cli cli = interruptible((line + " --json").split(" ", -1))) {
            cli.awaitLines(1);
            cli.signal(signal);
            Cli.Result result = cli.await(SOON).succeeds();
            assertEquals("", result.err(), result::toString);
            assertTrue(Json.lines(result.out()).getLast().containsKey("totals"), result::toString);
        }
    }

    @Test
    void aSecondSignalChangesNothing() {
        try (Cli cli = interruptible("fwd")) {
            cli.awaitLines(2);
            cli.signal("INT");
            Cli.run(cli.kill("TERM"), SOON); // fails where it has ended already
            Cli.Result result = cli.await(SOON).succeeds();
            assertTrue(result.out().lines().toList().getLast().endsWith(" s"), result::toString);
        }
    }

    @Test
    void aSignalWhileItWaitsForALink() {
        try (Cli cli = interruptible("fwd", "model:0?wire=none", "model:1?wire=none", "--json")) {
            Cli.pause(2500);
            cli.signal("INT");
            Cli.Result result = cli.await(SOON).succeeds();
            assertTrue(Json.lines(result.out()).getLast().containsKey("totals"), result::toString);
        }
    }

    private static void assertEndsAtOnce(Cli cli, String signal) {
        cli.signal(signal);
        Cli.Result result = cli.await(Cli.SHORT).succeeds();
        assertEquals("", result.out() + result.err(), result::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, sink vhost-user:SOCKET?server",
        "TERM, pktgen vhost-user:SOCKET?server --reconnect",
        "HUP, fwd model:0 vhost-user:SOCKET?server"
    })
    void aSignalWhileItWaitsForABackEnd(String signal, String line) {
        Path socket = folder.resolve("v.sock");
        try (Cli cli = interruptible(line.replace("SOCKET", socket.toString()).split(" ", -1))) {
            cli.awaitFile(socket);
            assertEndsAtOnce(cli, signal);
        }
        assertFalse(Files.exists(socket));
    }

    /** Neither a back end nor a server has to answer before. */
    @ParameterizedTest
    @CsvSource({
        "INT, sink vhost-user:SOCKET",
        "HUP, sink vfio-user:SOCKET",
        "TERM, fwd model:0 vfio-user:SOCKET",
        "INT, fwd model:0 vhost-user:SOCKET --reconnect"
    })
    void aSignalWhileItWaitsForAnAnswer(String signal, String line) {
        Path socket = folder.resolve("silent.sock");
        try (UnixSocket silent = new UnixSocket()) {
            assertEquals(0, silent.listen(socket.toString()));
            try (Cli cli = interruptible(
                            line.replace("SOCKET", socket.toString()).split(" ", -1));
                    UnixSocket connection = silent.accept((int) Cli.SHORT.toMillis())) {
                assertEquals(0, connection.receive(new byte[12], new int[8], (int) Cli.SHORT.toMillis()));
                assertEndsAtOnce(cli, signal);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, sink", "HUP, pktgen"})
    void aSignalWhileACardHasNoLink(String signal, String command) {
        try (Cli cli = interruptible(command, "model:0?wire=none", "--json", "--quiet")) {
            cli.awaitThread("ixy4j-model");
            cli.signal(signal);
            Cli.Result result = cli.await(Cli.SHORT).succeeds();
            assertEquals("", result.err(), result::toString);
        }
    }

    /** What the wire has taken is in the file, whole. */
    @Test
    void aSignalLeavesAWholeCapture() {
        Path file = folder.resolve("out.pcap");
        try (Cli cli =
                interruptible("pktgen", "model:0?wire=pcap:," + file, "--rate", "0.001", "--size", "777", "--json")) {
            cli.awaitLines(1);
            cli.signal("TERM");
            Cli.Result result = cli.await(SOON).succeeds();
            double sent = Json.number(Json.lines(result.out()).getLast(), "frames");
            assertEquals(sent, Capture.read(file).size(), result::toString);
        }
    }

    @Test
    void itTakesLessThan300MiB() throws IOException {
        try (Cli cli = Cli.start("fwd")) {
            cli.awaitLines(2);
            Cli.pause(1000);
            String line = Files.readAllLines(Path.of("/proc", Long.toString(cli.pid()), "status")).stream()
                    .filter(l -> l.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            int kib = Integer.parseInt(line.replaceAll("[^0-9]", ""));
            assertTrue(kib > 10_000 && kib < 300 << 10, line);
        }
    }
}
