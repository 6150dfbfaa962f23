package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a frame meets, it arrives or a figure that is printed has it: what goes in is what comes out and is counted. */
class LossTest {
    @TempDir
    private Path folder;

    /** What a command printed at last. */
    private static final class Totals {
        private final Cli.Result result;
        private final Map<String, Object> last;
        private final List<Map<String, Object>> ports;

        Totals(Cli.Result result) {
            this.result = result;
            last = Json.lines(result.out()).getLast();
            ports = Json.objects(last, "totals");
        }

        double get(String name) {
            return Json.number(last, name);
        }

        double port(int port, String... names) {
            double sum = 0;
            for (String name : names) {
                sum += Json.number(ports.get(port), name);
            }
            return sum;
        }

        /** Frames that came over the wire of a port, or should have. */
        double came(int port) {
            return port(
                    port, "rx_packets", "rx_missed", "rx_crc_errors", "rx_wrong_length", "rx_filtered", "wire_lost");
        }

        /** Frames that its receive queue delivered. */
        double delivered(int port) {
            return port(port, "rx_packets") - port(port, "rx_broken", "rx_pool_empty", "rx_unread");
        }

        /** Frames that its transmit queue took. */
        double taken(int port) {
            return port(port, "tx_packets", "tx_wrong_length", "tx_unsent");
        }

        @Override
        public String toString() {
            return result.toString();
        }
    }

    private static Totals run(String... arguments) {
        return totals(Cli.run(Cli.words(Cli.ixy(arguments), List.of("--json", "--quiet")), Cli.SHORT));
    }

    /** Until all that its wires play has come. */
    private static Totals runUntilQuiet(String... arguments) {
        return totals(Cli.runUntilQuiet(arguments));
    }

    private static Totals totals(Cli.Result result) {
        assertEquals("", result.succeeds().err());
        return new Totals(result);
    }

    /** A count of frames at a rate that is too high for the card's faults: each comes, or is counted. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                "lose=1/10",
                "corrupt=1/7",
                "lose=1/9,corrupt=1/9",
                "spanning=1/5",
                "impossible-length=1/5",
                "error-bit=1/5",
                "lost-writeback=1/5000",
                "flap=200ms/500ms",
                "lose=1/10,corrupt=1/10,spanning=1/10,error-bit=1/11,impossible-length=1/13"
            })
    void theSinkAndTheCardAgreeAboutEachFrame(String fault) {
        Totals totals =
                runUntilQuiet("sink", "model:0?wire=generator,rate=0.02,count=20000&fault=" + fault, "--ring", "64");
        assertTrue(totals.came(0) > 1000, totals::toString);
        assertEquals(20_000, totals.came(0), totals::toString);
        assertEquals(totals.delivered(0), totals.get("checked") + totals.get("not_of_pktgen"), totals::toString);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"none", "lose=1/10,corrupt=1/10,spanning=1/10", "lost-writeback=1/3000"})
    void theForwarderAndItsCardsAgreeAboutEachFrame(String fault) {
        String generator = "?wire=generator,rate=0.05,count=50000" + (fault.equals("none") ? "" : "&fault=" + fault);
        Totals totals = runUntilQuiet("fwd", "model:0" + generator, "model:1" + generator);
        for (int port = 0; port < 2; port++) {
            assertEquals(50_000, totals.came(port), totals::toString);
        }
        assertAllPassedOnOrCounted(totals);
    }

    private static void assertAllPassedOnOrCounted(Totals totals) {
        assertEquals(
                totals.delivered(0) + totals.delivered(1),
                totals.taken(0) + totals.taken(1) + totals.get("not_forwarded"),
                totals::toString);
    }

    /** At full speed the end comes in the middle of everything. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void nothingThatWasInHandAtTheEndIsForgotten() {
        Totals totals = run("fwd", "--seconds", "1");
        assertAllPassedOnOrCounted(totals);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void framesForALinkThatIsDownAreNotSent() {
        Cli.Result result = Cli.run("pktgen", "model:0?wire=none", "--seconds", "1", "--json", "--quiet")
                .succeeds();
        Totals totals = new Totals(result);
        assertTrue(totals.get("frames") > 0, totals::toString);
        assertEquals(totals.get("frames"), totals.port(0, "tx_unsent"), totals::toString);
        assertEquals(totals.get("frames"), totals.port(0, "dropped"), totals::toString);
        assertEquals(0, totals.port(0, "tx_packets"), totals::toString);
    }

    /** Longer than an 82599 receives, with and without a VLAN tag, and the longest that it does. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void framesOfACaptureThatAreTooLongAreCounted() {
        List<byte[]> frames = new ArrayList<>();
        for (int length : new int[] {1514, 1515, 1518, 1600, 9000, 20_000, 60_000}) {
            frames.add(new byte[length]);
            frames.getLast()[12] = 8;
        }
        for (int length : new int[] {1515, 1518, 1519, 1522}) {
            frames.add(new byte[length]);
            frames.getLast()[12] = (byte) 0x81;
        }
        Path in = Capture.write(folder.resolve("long.pcap"), frames);
        Path out = folder.resolve("out.pcap");
        Totals totals = runUntilQuiet("fwd", "model:0?wire=pcap:" + in, "model:1?wire=pcap:-," + out);
        assertEquals(8, totals.port(0, "rx_wrong_length"), totals::toString);
        assertEquals(8, totals.port(0, "dropped"), totals::toString);
        assertEquals(3, totals.port(1, "tx_packets"), totals::toString);
        assertEquals(
                List.of(1514, 1515, 1518),
                Capture.read(out).stream().map(frame -> frame.length).toList(),
                totals::toString);
    }

    /** A length field of the old kind may say what it likes. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"0", "46", "47", "1500"})
    void framesWithALengthFieldComeThrough(int field) {
        byte[] frame = new byte[100];
        frame[12] = (byte) (field >> 8);
        frame[13] = (byte) field;
        Path in = Capture.write(folder.resolve("old.pcap"), List.of(frame));
        Totals totals = runUntilQuiet("sink", "model:0?wire=pcap:" + in);
        assertEquals(1, totals.delivered(0), totals::toString);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatAGeneratorCouldNotDeliverIsInTextToo() {
        Cli.Result result;
        try (Cli sink = Cli.start("sink", "model:0?wire=generator,rate=0.01,count=10000&fault=lose=1/2")) {
            String second = ".* dropped [0-9]+, lost on the wire [1-9][0-9]*";
            sink.await("line with a loss", () -> sink.whole().stream().anyMatch(line -> line.matches(second)));
            sink.signal("TERM");
            result = sink.await(Cli.SHORT).succeeds();
        }
        List<String> lines = result.out().lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.matches(
                                "model:0.*  received [0-9]+, .*, dropped [0-9]+ frames, lost on the wire [1-9].*")),
                result::toString);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aTapThatIsDownLosesFramesAndSaysSo() {
        Machine.needsRoot();
        Machine.needs(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun");
        String name = "ixl" + Long.toString(ProcessHandle.current().pid(), 36);
        Totals totals = run("pktgen", "model:0?wire=tap:" + name, "--count", "1000");
        assertEquals(1000, totals.get("frames"), totals::toString);
        assertEquals(1000, totals.port(0, "tx_packets"), totals::toString);
        assertEquals(1000, totals.port(0, "wire_lost"), totals::toString);
    }
}
