package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import ixy4j.linux.UnixSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our commands on a virtio card that DPDK plays: dpdk-testpmd is the back end, and counts on its own. */
class VhostTrafficTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path socket;

    @BeforeEach
    void needsTestpmd() {
        Machine.needsProgram("dpdk-testpmd");
        socket = folder.resolve("v.sock");
    }

    /** Starts a back end and waits for its socket. */
    private Cli backEnd(String mode) {
        Cli backEnd = backEnd(mode, "");
        backEnd.awaitFile(socket);
        return backEnd;
    }

    private Cli backEnd(String mode, String options) {
        return backEnd(socket, mode, options);
    }

    /** Starts DPDK's, with a mode of dpdk-testpmd's. */
    static Cli backEnd(Path socket, String mode, String options) {
        String prefix = "ixy4japps" + ProcessHandle.current().pid();
        String all = "--lcores 0@0,1@0 --no-huge -m 256 --no-shconf --no-telemetry --no-pci --file-prefix " + prefix
                + " --vdev net_vhost0,iface=" + socket + options
                + " -- --total-num-mbufs=8192 --auto-start --stats-period 1"
                + " --forward-mode=" + mode;
        List<String> words = new ArrayList<>(List.of("dpdk-testpmd"));
        words.addAll(List.of(all.split(" ", -1)));
        return Cli.start(words);
    }

    /** Ends it; what it says then about its port. */
    static String end(Cli backEnd) {
        backEnd.signal("INT");
        return backEnd.await(LONG).out();
    }

    /** The last number behind a name. */
    static long last(String name, String text) {
        return Pattern.compile(name + ": *(\\d+)")
                .matcher(text)
                .results()
                .map((MatchResult result) -> Long.parseLong(result.group(1)))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + text));
    }

    /** Waits for two more seconds in which frames came or went. */
    private static void awaitTwoBusySeconds(Cli cli, String rate) {
        long before = busySeconds(cli, rate);
        cli.await("frames", LONG, () -> busySeconds(cli, rate) >= before + 2);
    }

    private static long busySeconds(Cli cli, String rate) {
        return rates(cli, rate).filter(value -> value > 0).count();
    }

    /** Those of the seconds so far. */
    private static DoubleStream rates(Cli cli, String name) {
        return Json.lines(String.join("\n", cli.whole())).stream().mapToDouble(line -> Json.number(line, name));
    }

    private String address(String ring) {
        return "vhost-user:" + socket + "?ring=" + ring;
    }

    private static double total(Cli.Result result, String name) {
        return Json.number(
                Json.objects(Json.lines(result.out()).getLast(), "totals").getLast(), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "packed"})
    void allThatIsSentArrives(String ring) {
        int count = 300_000;
        try (Cli backEnd = backEnd("rxonly")) {
            Cli.Result result = Cli.run(
                            Cli.ixy(
                                    "pktgen",
                                    address(ring),
                                    "--count",
                                    "" + count,
                                    "--size",
                                    "200",
                                    "--json",
                                    "--quiet"),
                            LONG)
                    .succeeds();
            assertEquals(count, total(result, "tx_packets"), result::toString);
            assertEquals(0, total(result, "device_errors"), result::toString);
            String said = end(backEnd);
            assertEquals(count, last("RX-packets", said), said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "packed"})
    void allThatComesIsReceivedOrCountedAlsoWhenTheBackEndGoesAwayAndComesBack(String ring) {
        long sent = 0;
        try (Cli sink = Cli.start("sink", address(ring), "--reconnect", "--json")) {
            assertTrue(sink.await(LONG).failsInOneLine(1, socket.toString()).exit() == 1, "no back end yet");
        }
        Cli sink = null;
        try {
            for (int round = 0; round < 2; round++) {
                try (Cli backEnd = backEnd("txonly")) {
                    sink = sink == null ? Cli.start("sink", address(ring), "--reconnect", "--json") : sink;
                    awaitTwoBusySeconds(sink, "rx_mpps");
                    sent += last("TX-packets", end(backEnd));
                }
                Files.deleteIfExists(socket);
            }
            sink.signal("TERM");
            Cli.Result result = sink.await(LONG).succeeds();
            assertEquals((double) sent, total(result, "rx_packets"), result::toString);
            assertEquals(0, total(result, "device_errors"), result::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (sink != null) {
                sink.close();
            }
        }
    }

    private UnixSocket stranger(String says) {
        UnixSocket stranger = new UnixSocket();
        assertEquals(0, stranger.connect(socket.toString()));
        stranger.send(says.getBytes(StandardCharsets.US_ASCII), new int[0], 1000);
        return stranger;
    }

    /** Anybody can connect to a socket: before the back end does, beside it, and while it is away. */
    @Test
    void strangersDoNotEndWhoListens() {
        long sent = 0;
        try (Cli sink = Cli.start("sink", "vhost-user:" + socket + "?server", "--reconnect", "--json")) {
            sink.awaitFile(socket);
            stranger("").close();
            for (int round = 0; round < 2; round++) {
                try (UnixSocket scanner = stranger("GET / HTTP/1.1\r\n\r\n");
                        Cli backEnd = backEnd("txonly", ",client=1")) {
                    awaitTwoBusySeconds(sink, "rx_mpps");
                    stranger("beside it").close();
                    sent += last("TX-packets", end(backEnd));
                    scanner.shutdown();
                }
            }
            try (UnixSocket silent = stranger("")) {
                Cli.pause(500); // likely to be in the middle of a greeting then
                sink.signal("TERM");
                Cli.Result result = sink.await(LONG).succeeds();
                assertEquals("", result.err(), result::toString);
                assertEquals((double) sent, total(result, "rx_packets"), result::toString);
                assertTrue(total(result, "device_errors") >= 4, result::toString);
                silent.shutdown();
            }
        }
    }

    /** A back end that is killed has frames of which nobody knows what became: those that it had not given back. */
    @ParameterizedTest
    @ValueSource(strings = {"split", "packed"})
    void noRateIsNegativeAndNoFrameForgottenWhenABackEndIsKilled(String ring) throws IOException {
        Cli pktgen = null;
        try {
            for (int round = 0; round < 2; round++) {
                try (Cli backEnd = backEnd("rxonly")) {
                    pktgen = pktgen == null ? Cli.start("pktgen", address(ring), "--reconnect", "--json") : pktgen;
                    awaitTwoBusySeconds(pktgen, "tx_mpps");
                    backEnd.signal("KILL");
                }
                Files.deleteIfExists(socket);
                pktgen.awaitLines(pktgen.lines() + 2); // the second in which it went, and one without it
            }
            pktgen.signal("TERM");
            Cli.Result result = pktgen.await(LONG).succeeds();
            List<Map<String, Object>> lines = Json.lines(result.out());
            for (Map<String, Object> line : lines.subList(0, lines.size() - 1)) {
                assertTrue(Json.number(line, "tx_mpps") >= 0 && Json.number(line, "tx_mbit") >= 0, result::toString);
            }
            assertFalse(result.out().contains("-0"), result::toString);
            double counted = total(result, "tx_packets") + total(result, "tx_unsent");
            assertEquals(Json.number(lines.getLast(), "frames"), counted, result::toString);
            assertTrue(total(result, "tx_unsent") > 0, result::toString);
        } finally {
            if (pktgen != null) {
                pktgen.close();
            }
        }
    }

    /** A collector that never collects: 40 bytes a frame, and 64 MiB would be full half way through. */
    @ParameterizedTest
    @ValueSource(strings = {"split", "packed"})
    void nothingIsAllocatedForAFrame(String ring) {
        List<String> epsilon = List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx64m");
        int enough = 3_000_000; // frames
        String[] pktgen = {"pktgen", address(ring), "--count", "" + enough, "--quiet", "--json"};
        try (Cli backEnd = backEnd("rxonly")) {
            Cli.run(Cli.java(Cli.classPath(), epsilon, pktgen), LONG).succeeds();
            end(backEnd);
        }
        try (Cli backEnd = backEnd("txonly")) {
            String[] words = {"sink", address(ring), "--json"};
            try (Cli sink = Cli.start(Cli.java(Cli.classPath(), epsilon, words))) {
                // a second has more than its line says, or less, by what its thread was late
                sink.await("frames enough", LONG.multipliedBy(2), () -> received(sink) > 1.2 * enough);
                sink.signal("TERM");
                Cli.Result result = sink.await(LONG).succeeds();
                assertTrue(total(result, "rx_packets") > enough, result::toString);
            }
            end(backEnd);
        }
    }

    /** About how many frames have come, by the lines of the seconds so far. */
    private static double received(Cli sink) {
        return 1e6 * rates(sink, "rx_mpps").sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "packed"})
    void framesComeBackWholeWithTheirAddressesSwapped(String ring) {
        List<byte[]> frames = Capture.frames(4000, 7);
        Path in = Capture.write(
                folder.resolve("in.pcap"), Capture.file(frames, ByteOrder.LITTLE_ENDIAN, Capture.MICROSECONDS, 1, 300));
        Path out = folder.resolve("out.pcap");
        Cli.Result result;
        String said;
        try (Cli backEnd = backEnd("macswap")) {
            String wire = "model:0?wire=pcap:" + in + "," + out;
            result = Cli.runUntilQuiet("fwd", wire, address(ring), "--no-touch").succeeds();
            said = end(backEnd);
        }
        List<byte[]> back = Capture.read(out);
        // DPDK drops what finds our ring full, as on a busy machine; what is not back is in a counter of one of us
        double lost = last("TX-dropped", said) + total(result, "dropped");
        assertEquals(frames.size(), last("RX-packets", said), said);
        assertEquals(frames.size() - lost, (double) back.size(), () -> result + "\n" + said);
        int next = 0;
        for (byte[] frame : back) {
            while (!Arrays.equals(frame, swapped(frames.get(next)))) {
                next++;
                lost--;
            }
            next++;
        }
        assertTrue(lost >= 0, "in order, and none changed");
    }

    private static byte[] swapped(byte[] frame) {
        byte[] swapped = frame.clone();
        System.arraycopy(frame, 0, swapped, 6, 6);
        System.arraycopy(frame, 6, swapped, 0, 6);
        return swapped;
    }
}
