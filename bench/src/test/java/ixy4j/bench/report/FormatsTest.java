package ixy4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.run.Setup.Cards;
import ixy4j.bench.stats.Summary;
import ixy4j.report.Chart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report looks like in each of its forms. */
class FormatsTest {
    private static Report report() {
        Report report = new Report(
                Report.FORMAT,
                Report.VERSION,
                "2026-01-01T00:00:00Z",
                List.of("./ixy", "bench"),
                true,
                new LinkedHashMap<>(Map.of("processor", "a <fast> one", Machine.TSC, "2000 MHz")),
                new LinkedHashMap<>(Map.of("rounds", "3")),
                new ArrayList<>(List.of("A note & <more>.")),
                Catalogue.all(true, Cards.IXGBE).stream().map(Report.Result::of).toList());
        for (int round = 1; round <= 3; round++) {
            add(report, "ring", "64", round, 2.0 * round);
            add(report, "ring", "512", round, round);
            double nanos = round == 2 ? 1 : 1.1;
            add(report, "stages", "device", round, nanos);
            add(report, "stages", "buffers", round, 2 * nanos);
            add(report, "stages", "receive", round, 8 * nanos);
            add(report, "stages", "forwardUntouched", round, 12 * nanos);
            add(report, "stages", "forward", round, 13 * nanos);
        }
        report.experiment("ring").variant("4096").failures().add("it, \"broke\"");
        return report;
    }

    private static void add(Report report, String experiment, String variant, int round, double value) {
        Outcome outcome = new Outcome(value, List.of(value), Map.of("jit_ms", 1.0), Map.of());
        report.experiment(experiment).variant(variant).runs().add(new Report.Run(round, outcome));
    }

    @Test
    void jsonComesBackAsItWas(@TempDir Path folder) throws Exception {
        Report report = report();
        Path file = Files.writeString(folder.resolve("results.json"), JsonFile.text(report));
        assertEquals(report, JsonFile.read(file));
    }

    @Test
    void csvHasALineForEachFigure() {
        List<String> lines = CsvFile.text(report()).lines().toList();
        assertEquals("experiment,variant,round,figure,value", lines.getFirst());
        assertTrue(lines.contains("ring,64,3,value (Mpps),6.0"), lines::toString);
        assertEquals(1 + 2 * 21, lines.size());
        assertEquals("\"a,\"\"b\"\"\"", CsvFile.field("a,\"b\""));
    }

    @Test
    void theTableHasRatiosOfTheSameRoundAndFailures() {
        String table = Table.of(report());
        String row = table.lines()
                .filter(line -> line.startsWith("   64 "))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        "64",
                        "4.00",
                        "100%",
                        "6.00",
                        "2.00",
                        "2.00",
                        "to",
                        "2.00",
                        "3",
                        "too",
                        "noisy",
                        "to",
                        "conclude"),
                List.of(row.trim().split("\\s+", -1)));
        assertTrue(table.contains("it, \"broke\""), table);
        assertTrue(table.contains("Note: A note & <more>."), table);
    }

    @Test
    void stagesAreWhatIsLeftAfterSubtraction() {
        double[] costs = StageCosts.memory(report().experiment("stages"));
        double[] wanted = {5 * 1.1, 4 * 1.1, 2 * 1.1, 1.1, 12 * 1.1};
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], costs[i], 1e-9);
        }
        List<String> cycles = StageCosts.rows(report()).get(1);
        assertEquals(List.of("the same", "11.0", "8.80", "4.40", "2.20", "26.4", "cycles"), cycles);
        assertNull(StageCosts.memory(report().experiment("tail")));
    }

    @Test
    void thePageNeedsNothingElseAndEscapes() {
        String page = Page.of(report(), report());
        assertTrue(page.contains("a &lt;fast&gt; one"), "the processor should be escaped");
        assertTrue(page.contains("A note &amp; &lt;more&gt;."), "notes should be escaped");
        assertTrue(page.contains("uPlot=function"), "the charting library should be in the page");
        assertTrue(page.contains("MIT License"), "so should its licence");
        assertFalse(page.matches("(?s).*<(script|link|img)[^>]+(src|href)=.*"), "nothing is loaded from elsewhere");
        assertTrue(page.contains("Compared with 2026-01-01T00:00:00Z"), "the other report should be compared with");
        assertTrue(page.contains("\"labels\":[\"64\",\"512\"]"), "the chart has what was measured");
    }

    @Test
    void chartsOfLatencyHaveTheControlAndGapsWhereNothingIsKnown() {
        Report report = report();
        Report.Result latency = report.experiment("latency");
        List<Outcome.Point> few = List.of(new Outcome.Point(50, 2), new Outcome.Point(100, 9));
        Map<String, List<Outcome.Point>> curves =
                Map.of(Outcome.RESIDENCE, few, Outcome.POLLS, few, Outcome.CONTROL, few);
        for (int round = 1; round <= 3; round++) {
            latency.variant("50% load").runs().add(new Report.Run(round, new Outcome(round, null, null, curves)));
        }
        List<Chart> charts = Charts.of(latency);
        assertEquals(2, charts.size());
        assertEquals(
                List.of("50% load", "50% load, idle loop"),
                charts.get(1).series().stream().map(Chart.Series::label).toList());
        List<Double> values = charts.getFirst().series().getFirst().values();
        assertEquals(Outcome.PERCENTILES.size(), values.size());
        assertEquals(2.0, values.get(Outcome.PERCENTILES.indexOf(50.0)));
        assertNull(values.get(Outcome.PERCENTILES.indexOf(99.0)));
        assertEquals(9.0, values.getLast());
        assertTrue(Page.of(report, null).contains("\"label\":\"50% load, idle loop\""), "the page should have it");
    }

    @Test
    void whatOthersPublishedStandsBesideOurs() {
        String table = Table.of(report());
        assertTrue(table.contains("ixy in C, published"), table);
        assertTrue(table.contains("DPDK, vectorised, published"), table);
        assertTrue(table.contains("Published: 64 bytes both ways"), table);
        for (String name : List.of("batch", "ring", "pages", "overload", "pauses")) {
            assertTrue(Published.text(name) != null && report().experiment(name) != null, name);
        }
    }

    @Test
    void twoReportsDifferOnlyWhereTheirRunsLieApart() {
        Summary low = new Summary(3, 2, 1, 3, 3);
        Summary high = new Summary(3, 5, 4, 6, 6);
        Summary middle = new Summary(3, 3.5, 2.5, 4.5, 4.5);
        assertEquals("better", Against.verdict(low, high, true));
        assertEquals("worse", Against.verdict(low, high, false));
        assertEquals("worse", Against.verdict(high, low, true));
        assertEquals("no conclusion: they overlap", Against.verdict(low, middle, true));
        Report before = report();
        before.machine().put("processor", "another");
        before.options().put("rounds", "7");
        String text = Against.text(report(), before);
        assertTrue(text.contains("That was another processor, another"), text);
        assertTrue(text.contains("Not the same: rounds was 7, and is 3."), text);
        assertEquals("too few rounds to conclude", Against.verdict(low, new Summary(2, 5, 4, 6, 6), true));
    }

    @Test
    void theCounterHasTheRateOfTheKernelsLoops() {
        List<String> cpuinfo = List.of("model name\t: X", "flags\t\t: fpu constant_tsc", "bogomips\t: 5192.27");
        assertEquals(2596.135, Machine.tscMhz(cpuinfo), 1e-9);
        assertEquals(0, Machine.tscMhz(List.of("flags\t\t: fpu", "bogomips\t: 5192.27")));
        assertEquals(0, Machine.tscMhz(List.of("BogoMIPS\t: 50.00")));
    }
}
