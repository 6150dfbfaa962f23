package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.ixgbe.Registers;
import ixy4j.linux.UnixSocket;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;
import ixy4j.vfiouser.VfioUserProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that fails, and output that nobody reads: for all commands, in text and JSON. */
class OutputTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int PIPE = 65_536; // bytes that a pipe takes

    @TempDir
    private Path folder;

    /** Our command line in a script, in which "$@" is it. */
    private static List<String> script(String script, String... arguments) {
        List<String> shell = List.of("env", "--default-signal=INT,TERM,HUP,PIPE", "sh", "-c", script, "sh");
        return Cli.words(shell, Cli.ixy(arguments));
    }

    private String[] words(String line) {
        return line.replace("SOCKET", folder.resolve("nic.sock").toString()).split(" ", -1);
    }

    private static void assertFailed(Cli.Result result, String why) {
        assertEquals(1, result.exit(), result::toString);
        assertEquals("ixy: cannot write to standard output: " + why + "\n", result.err(), result::toString);
    }

    /** None of those that run until Ctrl-C waits for it. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                "fwd",
                "fwd --json",
                "fwd --seconds 0.2 --quiet",
                "pktgen model:0",
                "pktgen model:0 --count 1 --json",
                "sink model:0",
                "nic --socket SOCKET",
                "devices",
                "help",
                "help fwd",
                "fwd --help"
            })
    void onAFullDisk(String line) {
        assertFailed(Cli.run(script("exec \"$@\" >/dev/full", words(line)), LONG), "No space left on device");
        assertFalse(Files.exists(folder.resolve("nic.sock")));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"fwd", "fwd --json", "pktgen model:0", "sink model:0 --json"})
    void intoAPipeWhoseReaderLeaves(String line) {
        Cli.Result result =
                Cli.run(script("{ \"$@\" 3>&-; echo \"exit code $?\" >&3; } 3>&2 | head -n 1", words(line)), LONG);
        assertEquals(1, result.out().lines().count(), result::toString);
        assertEquals(
                List.of("ixy: cannot write to standard output: Broken pipe", "exit code 1"),
                result.err().lines().toList(),
                result::toString);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"fwd", "help", "devices"})
    void intoWhatIsClosed(String line) {
        assertFailed(Cli.run(script("exec \"$@\" >&-", words(line)), LONG), "Bad file descriptor");
    }

    /** Errors that cannot be said are errors all the same. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        ">/dev/full, fwd --seconds 0.1, 0",
        ">/dev/full, sink model:0?wire=bogus, 2",
        ">/dev/full, sink 77:00.0, 1",
        ">/dev/full, fwd --bogus, 2",
        ">&-, fwd --seconds 0.1, 0",
        ">&-, sink 77:00.0, 1",
    })
    void standardErrorThatFails(String redirection, String line, int code) {
        Cli.Result result = Cli.run(script("exec \"$@\" 2" + redirection, words(line)), LONG);
        assertEquals(code, result.exit(), result::toString);
        assertEquals("", result.err(), result::toString);
    }

    // ---- pipes that nobody reads

    /** With the pipe "full" as file 3: full, open and not read. */
    private Cli startBesideAFullPipe(String redirection, String line) {
        Path pipe = folder.resolve("full");
        if (!Files.exists(pipe)) {
            Cli.run(List.of("mkfifo", pipe.toString()), LONG).succeeds();
        }
        return Cli.start(script(
                "exec 3<>'" + pipe + "'; head -c " + PIPE + " /dev/zero >&3; exec \"$@\" " + redirection, words(line)));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "TERM, fwd",
        "INT, fwd --json",
        "HUP, pktgen model:0 --rate 0.001",
        "TERM, sink model:0",
        "INT, nic --socket SOCKET",
        "TERM, help",
        "TERM, devices",
        "TERM, fwd --seconds 0.1",
    })
    void aSignalIsHeardThoughNobodyReads(String signal, String line) {
        try (Cli cli = startBesideAFullPipe(">&3 3>&-", line)) {
            cli.awaitThread(line.startsWith("fwd") && !line.contains("0.1") ? "packets" : "output");
            cli.signal(signal);
            Cli.Result result = cli.await(LONG);
            assertEquals(1, result.exit(), result::toString);
            assertTrue(result.err().startsWith("ixy: nobody reads standard output: "), result::toString);
        }
        assertFalse(Files.exists(folder.resolve("nic.sock")));
    }

    /** Where neither is read there is nobody to tell. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"fwd, 1", "sink model:0 --json, 1"})
    void aSignalIsHeardThoughNobodyReadsEither(String line, int code) {
        try (Cli cli = startBesideAFullPipe(">&3 2>&1 3>&-", line)) {
            cli.awaitThread("packets");
            cli.signal("TERM");
            assertEquals(code, cli.await(LONG).exit());
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"sink model:0?wire=bogus, 2", "sink 77:00.0, 1", "fwd --bogus, 2", "fwd --seconds 0.1, 0"})
    void errorsThatNobodyReads(String line, int code) {
        try (Cli cli = startBesideAFullPipe("2>&3 3>&-", line)) {
            assertEquals(code, cli.await(LONG).exit());
        }
    }

    /** What is worth waiting for is waited for. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theTotalsWaitForTheirReader() {
        try (Cli cli = startBesideAFullPipe(">&3 3>&-", "fwd --seconds 0.5 --json");
                Cli reader = Cli.start(List.of(
                        "sh",
                        "-c",
                        "exec 3<>'" + folder.resolve("full") + "'; sleep 3; head -c " + PIPE
                                + " <&3 >/dev/null; head -n 1 <&3"))) {
            Cli.Result result = cli.await(LONG).succeeds();
            assertEquals("", result.err(), result::toString);
            assertTrue(Json.lines(reader.await(LONG).out()).getLast().containsKey("totals"));
        }
    }

    /** Each client is two lines, and none waits for their reader. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void linesThatNobodyReadsInTimeAreCounted() {
        Path socket = folder.resolve("nic.sock");
        try (Cli nic = startBesideAFullPipe(">&3 3>&-", "nic --socket SOCKET --wire none")) {
            nic.awaitFile(socket);
            for (int i = 0; i < 1000; i++) {
                try (UnixSocket client = new UnixSocket()) {
                    // others wait already
                    nic.await("place for a client", () -> client.connect(socket.toString()) == 0);
                }
            }
            nic.signal("TERM");
            Cli.Result result = nic.await(LONG);
            assertEquals(1, result.exit(), result::toString);
            assertTrue(result.err().contains(" lines of standard output were left out: "), result::toString);
        }
    }

    // ---- the trace

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aTraceOnAFullDisk() {
        String socket = folder.resolve("nic.sock").toString();
        try (Cli nic = Cli.start("nic", "--socket", socket, "--trace", "/dev/full")) {
            nic.awaitLines(1);
            Cli.run(Cli.ixy("sink", "vfio-user:" + socket, "--seconds", "1"), LONG);
            Cli.Result result = nic.await(LONG);
            assertEquals(1, result.exit(), result::toString);
            assertEquals(
                    "ixy: the trace is not whole: cannot write to /dev/full: No space left on device\n",
                    result.err(),
                    result::toString);
            assertTrue(result.out().contains("no mistake of the driver"), result::toString);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aTraceThatNobodyReads() {
        String socket = folder.resolve("nic.sock").toString();
        try (Cli nic = startBesideAFullPipe(">&3 3>&-", "nic --socket SOCKET --trace -")) {
            nic.awaitFile(Path.of(socket));
            try (Cli sink = Cli.start("sink", "vfio-user:" + socket, "--json")) {
                sink.awaitLines(1);
                nic.signal("TERM");
                Cli.Result result = nic.await(LONG);
                assertEquals(1, result.exit(), result::toString);
                assertTrue(result.err().contains("nobody reads standard output"), result::toString);
                result = sink.await(LONG); // its card is gone
                assertEquals(1, result.exit(), result::toString);
                assertTrue(Json.lines(result.out()).getLast().containsKey("totals"), result::toString);
            }
        }
    }

    /** One card's driver waits for the trace's reader when another card fails: no signal is needed for the end. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aTraceThatNobodyReadsHoldsUpNoFailure() {
        String waiting = folder.resolve("nic.sock").toString();
        String failing = folder.resolve("other.sock").toString();
        String line = "nic --socket SOCKET --wire none --socket " + failing + " --wire none --mistakes stop --trace "
                + folder.resolve("full");
        try (Cli nic = startBesideAFullPipe("", line)) {
            nic.awaitLines(2);
            try (PciFunction first = VfioUserProvider.function(Address.parse("vfio-user:" + waiting));
                    PciFunction second = VfioUserProvider.function(Address.parse("vfio-user:" + failing))) {
                assertThrows(IxyException.class, () -> readUntilNoAnswer(first.bar(0)));
                assertThrows(IxyException.class, () -> second.bar(0).get32(0x7fff0));
                Cli.Result result = nic.await(LONG);
                assertEquals(1, result.exit(), result::toString);
                assertTrue(result.err().contains("0x7FFF0"), result::toString);
            }
        }
    }

    /** In no order, of which the trace would leave something out. */
    private static void readUntilNoAnswer(Bar registers) {
        int[] offsets = {Registers.CTRL, Registers.CTRL_EXT, Registers.LEDCTL, Registers.HLREG0, Registers.RXCTRL};
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            registers.get32(offsets[random.nextInt(offsets.length)]);
        }
    }

    /** Its reader is back before all has ended, and then reads no line that has others missing before it. */
    @Test
    void aTraceThatIsCutHasNoHoles() {
        SlowFile file = new SlowFile();
        Output trace = Output.to("trace", file);
        StopSignal.request(); // in this JVM, where no command runs
        follow(trace, 0, 30_000);
        file.goesOn.countDown();
        assertTrue(trace.drain());
        follow(trace, 30_000, 40_000);
        trace.close();
        List<String> lines = file.text.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(IntStream.range(0, lines.size()).mapToObj(String::valueOf).toList(), lines);
        assertEquals(40_000, lines.size() + trace.dropped());
        assertTrue(trace.dropped() > 10_000, () -> lines.size() + " lines");
    }

    @Test
    void aTraceLacksWhatWaitsAtItsEnd() {
        SlowFile file = new SlowFile();
        Output trace = Output.to("trace", file);
        follow(trace, 0, 10);
        trace.close();
        assertEquals(10, trace.dropped());
        file.goesOn.countDown();
    }

    private static void follow(Output trace, int from, int to) {
        IntStream.range(from, to).mapToObj(String::valueOf).forEach(trace::follow);
    }

    private static final class SlowFile extends OutputStream {
        final CountDownLatch goesOn = new CountDownLatch(1);
        final ByteArrayOutputStream text = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            text.write(b);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aTraceIntoAPipeWhoseReaderLeaves() {
        String socket = folder.resolve("nic.sock").toString();
        try (Cli nic = Cli.start(script(
                "{ \"$@\" 3>&-; echo \"exit code $?\" >&3; } 3>&2 | head -n 1",
                "nic",
                "--socket",
                socket,
                "--trace",
                "-"))) {
            nic.awaitLines(1);
            Cli.run(Cli.ixy("sink", "vfio-user:" + socket, "--seconds", "1"), LONG);
            Cli.Result result = nic.await(LONG);
            assertTrue(result.err().endsWith("standard output: Broken pipe\nexit code 1\n"), result::toString);
        }
    }
}
