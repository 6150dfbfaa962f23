package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.DeviceStats;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is printed while packets move, and at the end. */
class ReportTest {
    private static final int BITS = (64 + 20) * 8; // of a frame of 60 bytes: with FCS, preamble and gap

    @Test
    void ratesAreThoseOfTheWire() {
        DeviceStats before = new DeviceStats(1000, 64_000, 10, 640, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        DeviceStats after = new DeviceStats(3_001_000, 192_064_000, 10, 640, 9, 1, 1, 9, 1, 1, 1, 1, 1, 3);
        Port.Rates rates = Port.Rates.of(before, after, 6, 2);
        assertEquals(1.5, rates.rxMpps(), 1e-9);
        assertEquals(1.5 * BITS, rates.rxMbit(), 1e-9);
        assertEquals(0, rates.txMpps());
        assertEquals(0, rates.txMbit());
        assertEquals(9, rates.dropped(), "of both directions, and not what was filtered");
        assertEquals(6, rates.lost());
    }

    @Test
    void jsonHasALineForEachPortAndSecondAndALastOne() {
        Cli.Result result = Cli.run("fwd", "--seconds", "2", "--json").succeeds();
        assertEquals("", result.err());
        List<Map<String, Object>> lines = Json.lines(result.out());
        Map<String, Object> last = lines.getLast();
        for (Map<String, Object> line : lines.subList(0, lines.size() - 1)) {
            checkRates(line, 0.02); // the counters of frames and of bytes are not read at the same instant
        }
        List<Map<String, Object>> totals = Json.objects(last, "totals");
        assertEquals(
                List.of("model:0", "model:1"),
                totals.stream().map(line -> line.get("port")).toList());
        double seconds = Json.number(last, "seconds");
        assertTrue(seconds >= 2 && seconds < 10, result::toString);
        for (Map<String, Object> total : totals) {
            checkRates(total, 1e-6);
            assertEquals(64 * Json.number(total, "rx_packets"), Json.number(total, "rx_bytes"), result::toString);
            assertEquals(64 * Json.number(total, "tx_packets"), Json.number(total, "tx_bytes"), result::toString);
            assertEquals(Json.number(total, "rx_packets") / 1e6 / seconds, Json.number(total, "rx_mpps"), 1e-6);
            assertEquals(Json.number(total, "tx_packets") / 1e6 / seconds, Json.number(total, "tx_mpps"), 1e-6);
        }
        assertEquals(4, lines.size() - 1, () -> "two ports, two seconds: " + result);
    }

    private static void checkRates(Map<String, Object> line, double share) {
        assertTrue(
                line.keySet().containsAll(Set.of("port", "rx_mpps", "tx_mpps", "rx_mbit", "tx_mbit", "dropped")),
                line::toString);
        for (String way : List.of("rx", "tx")) {
            double mpps = Json.number(line, way + "_mpps");
            double mbit = Json.number(line, way + "_mbit");
            assertTrue(mpps > 0 && mpps < 1000, line::toString);
            assertEquals(mpps * BITS, mbit, mpps * BITS * share, line::toString);
        }
        assertTrue(Json.number(line, "dropped") >= 0, line::toString);
    }

    @Test
    void textHasALineForEachPortAndSecondAndASummary() {
        Cli.Result result = Cli.run("fwd", "--seconds", "2").succeeds();
        assertEquals("", result.err());
        List<String> lines = result.out().lines().toList();
        for (String port : List.of("model:0", "model:1")) {
            String each = port + " +rx +[0-9.]+ Mpps +[0-9]+ Mbit/s +tx +[0-9.]+ Mpps +[0-9]+ Mbit/s +dropped [0-9]+";
            String total = port + " +received [0-9]+, sent [0-9]+, dropped [0-9]+ frames.*";
            assertEquals(1, lines.stream().filter(line -> line.matches(total)).count(), result::toString);
            assertEquals(2, lines.stream().filter(line -> line.matches(each)).count(), result::toString);
        }
        assertTrue(lines.getLast().matches("[0-9]+\\.[0-9] s"), result::toString);
    }

    /** A card at 10 Gbit/s by its PCI address. */
    @Test
    void aSecondFitsALineOfATerminal() {
        Port.Rates rates = new Port.Rates(14.88, 14.88, 10_000, 10_000, 0, 0);
        String line = TextReporter.format("0000:03:00.0", rates);
        assertEquals("0000:03:00.0  rx 14.88 Mpps 10000 Mbit/s  tx 14.88 Mpps 10000 Mbit/s  dropped 0", line);
        assertTrue(line.length() < 80, line);
    }

    @Test
    void quietLeavesTheSummary() {
        Cli.Result text = Cli.run("fwd", "--seconds", "1.5", "--quiet").succeeds();
        assertFalse(text.out().contains("Mbit/s"), text::toString);
        assertEquals(3, text.out().lines().count(), text::toString);
        Cli.Result json =
                Cli.run("fwd", "--seconds", "1.5", "--quiet", "--json").succeeds();
        assertEquals(1, Json.lines(json.out()).size(), json::toString);
        assertEquals("", text.err() + json.err());
    }

    @Test
    void longFramesTakeTheirShareOfTheWire() {
        Cli.Result result = Cli.run(
                        "pktgen", "model:0", "--size", "1514", "--count", "10000", "--json", "--quiet", "--batch", "7")
                .succeeds();
        Map<String, Object> last = Json.lines(result.out()).getLast();
        Map<String, Object> total = Json.objects(last, "totals").getFirst();
        assertEquals(10_000, Json.number(total, "tx_packets"), result::toString);
        assertEquals(10_000 * 1518.0, Json.number(total, "tx_bytes"), result::toString);
        double mpps = Json.number(total, "tx_mpps");
        assertEquals(mpps * (1518 + 20) * 8, Json.number(total, "tx_mbit"), mpps, result::toString);
        assertEquals(10_000, Json.number(last, "frames"), result::toString);
    }
}
