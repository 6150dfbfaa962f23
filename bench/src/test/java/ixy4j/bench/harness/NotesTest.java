package ixy4j.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Selection;
import ixy4j.bench.report.Report;
import ixy4j.bench.report.Reports;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.run.Setup.Cards;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotesTest {
    private final Report report =
            Reports.empty(Selection.pick(Catalogue.all(true, Cards.IXGBE), List.of("pages", "direction")));

    private void add(String experiment, String variant, double jit, double share, double huge) {
        Outcome outcome =
                new Outcome(1, null, Map.of("jit_ms", jit, Outcome.SHARE, share, Outcome.HUGE_PAGES, huge), null);
        report.experiment(experiment).variant(variant).runs().add(new Report.Run(1, outcome));
    }

    @Test
    void nothingToNote() {
        add("pages", "2 MiB", 0, 1, 10);
        add("pages", "4 KiB", 0, 0.96, 0);
        new Notes(report).ofRuns(Effort.QUICK);
        assertEquals(List.of(), report.notes());
    }

    @Test
    void whatMakesFiguresWorthLittle() {
        add("pages", "2 MiB", 200, 0.5, 0);
        add("pages", "4 KiB", 0, 1, 0);
        report.experiment("direction").variant("one way").failures().add("too busy");
        new Notes(report).ofRuns(Effort.QUICK);
        assertEquals(4, report.notes().size(), report.notes()::toString);
        assertEquals(
                "direction one way: 1 of 1 runs failed, too busy",
                report.notes().getFirst());
        assertTrue(report.notes().get(1).startsWith("In 1 of 2 runs of rates the JIT"), report.notes()::toString);
        assertTrue(report.notes().get(2).startsWith("In 1 of 2 runs the packet thread"), report.notes()::toString);
        assertTrue(report.notes().get(3).startsWith("In 1 of 1 runs of rates no memory"), report.notes()::toString);
    }
}
