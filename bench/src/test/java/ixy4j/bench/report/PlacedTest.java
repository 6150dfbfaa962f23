package ixy4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.run.Setup.Cards;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs of two classes of placement are not mixed. */
class PlacedTest {
    private final Report report = Reports.empty(direction());
    private final Report.Result direction = report.experiment("direction");

    private static List<Experiment> direction() {
        return Catalogue.all(true, Cards.IXGBE).stream()
                .filter(experiment -> experiment.name().equals("direction"))
                .toList();
    }

    private void add(String variant, int round, double value, double handover) {
        Outcome outcome = new Outcome(value, List.of(), Map.of(Outcome.HANDOVER, handover), Map.of());
        direction.variant(variant).runs().add(new Report.Run(round, outcome));
    }

    @Test
    void withOneClassAllRunsCount() {
        add("both ways", 1, 1, 25);
        add("one way", 1, 2, 30);
        assertEquals(direction, Placed.of(direction));
        assertEquals("", Placed.remark(direction));
        assertFalse(Placed.lacksBaseline(direction, 1));
    }

    @Test
    void theClassWithMorePairsIsShown() {
        add("both ways", 1, 100, 25);
        add("one way", 1, 30, 190);
        assertTrue(Placed.lacksBaseline(direction, 1));
        add("both ways", 1, 10, 200); // once more, for that
        assertFalse(Placed.lacksBaseline(direction, 1));
        add("both ways", 2, 11, 190);
        add("one way", 2, 31, 190);
        add("both ways", 3, 12, 26);
        add("one way", 3, 32, 180);
        add("both ways", 4, 101, 25);
        add("one way", 4, 110, 26);
        assertTrue(Placed.lacksBaseline(direction, 3));
        assertFalse(Placed.lacksBaseline(direction, 4));
        Report.Result shown = Placed.of(direction);
        assertEquals(Map.of(1, 10.0, 2, 11.0), shown.variant("both ways").byRound());
        assertEquals(Map.of(1, 30.0, 2, 31.0, 3, 32.0), shown.variant("one way").byRound());
        assertEquals(2, shown.comparison(shown.variant("one way")).rounds());
        assertEquals(
                "5 of 9 runs: those in which the two processors were far, 190 ns from one to the other.",
                Placed.remark(direction));
        assertTrue(Table.of(report).contains("5 of 9 runs"), Table.of(report));
    }

    @Test
    void ofTwoRunsOfARoundInOneClassTheFirstCounts() {
        add("both ways", 1, 1, 25);
        add("both ways", 1, 2, 25);
        assertEquals(Map.of(1, 1.0), Placed.of(direction).variant("both ways").byRound());
    }

    @Test
    void aVariantWithNoRunOfTheClassSaysSo() {
        add("both ways", 1, 100, 25);
        add("both ways", 2, 101, 25);
        add("both ways", 3, 102, 25);
        add("one way", 1, 30, 190);
        String row = Table.of(report)
                .lines()
                .filter(line -> line.startsWith("   one way"))
                .findFirst()
                .orElseThrow();
        assertTrue(row.endsWith("no run with processors like these"), row);
    }

    @Test
    void twoReportsOfTwoClassesAreNotCompared() {
        PlacedTest before = new PlacedTest();
        for (int i = 0; i < 3; i++) {
            add("both ways", i, 100 + i, 25);
            before.add("both ways", i, 10 + i, 190);
        }
        assertEquals(
                "processors lay otherwise then",
                Against.rows(direction, before.direction).getFirst().getLast());
        assertNotEquals(
                "processors lay otherwise then",
                Against.rows(direction, direction).getFirst().getLast());
    }
}
