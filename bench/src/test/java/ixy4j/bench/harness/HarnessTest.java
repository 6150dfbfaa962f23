package ixy4j.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.plan.Selection;
import ixy4j.bench.plan.Variant;
import ixy4j.bench.report.Report;
import ixy4j.bench.report.Reports;
import ixy4j.bench.run.Outcome;
import ixy4j.bench.run.Setup.Cards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The order of runs, the end of time, and failures, with runs that take no time. */
class HarnessTest {
    private static final Effort ALONE = new Effort(false, 3, 3, 1000, 1, 1, 100, 1, false);

    private final AtomicLong clock = new AtomicLong();
    private final List<String> order = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    private Report measure(List<Experiment> experiments, Effort effort, Runs runs) throws Exception {
        Report report = Reports.empty(experiments);
        Harness.Watcher watcher = new Harness.Watcher() {
            @Override
            public void runs(int round, int done, String what) {
                order.add(round + " " + what);
            }

            @Override
            public void roundEnds(int round) {
                ends.add(round);
            }
        };
        new Harness(report, experiments, effort, runs, watcher, clock::get).run();
        return report;
    }

    private static List<Experiment> pick(String... names) {
        return Selection.pick(Catalogue.all(true, Cards.IXGBE), List.of(names));
    }

    private static Outcome outcome(double value) {
        return new Outcome(value, List.of(), Map.of(), Map.of());
    }

    @Test
    void variantsTakeTurnsAndEachIsFirstOnce() throws Exception {
        Report report = measure(pick("ring"), ALONE, variant -> outcome(1));
        assertEquals(
                List.of(
                        "1 ring 64",
                        "1 ring 512",
                        "1 ring 4096",
                        "2 ring 512",
                        "2 ring 4096",
                        "2 ring 64",
                        "3 ring 4096",
                        "3 ring 64",
                        "3 ring 512"),
                order);
        assertEquals(9, report.runs());
        assertEquals(List.of(1, 2, 3), ends);
    }

    @Test
    void whatIsTheSameRunsOnceARoundWhereThatIsWanted() throws Exception {
        List<Variant> ran = new ArrayList<>();
        Effort sharing = new Effort(true, 1, 1, 1000, 1, 1, 100, 1, true);
        Report report = measure(pick("batch=1", "ring=64"), sharing, variant -> {
            ran.add(variant);
            return outcome(ran.size());
        });
        assertEquals(3, ran.size(), ran.toString()); // 1, 32 which is 512, and 64
        assertEquals(
                report.experiment("batch").variant("32").runs(),
                report.experiment("ring").variant("512").runs());
    }

    @Test
    void itEndsInTimeAndSaysSo() throws Exception {
        Report report = measure(pick("ring"), ALONE, variant -> {
            clock.addAndGet(300_000_000_000L);
            return outcome(1);
        });
        assertEquals(4, report.runs()); // at 0, 300, 600 and 900 of 1000 s
        assertTrue(
                report.notes().getFirst().contains("round 2 of 3, after 1 of its 3 runs"),
                report.notes().toString());
        assertEquals(List.of(1, 2), ends);
    }

    @Test
    void whereTheFirstRunsFailItEnds() {
        RunFailed e = assertThrows(
                RunFailed.class,
                () -> measure(pick("ring"), ALONE, variant -> {
                    throw new RunFailed("no such card");
                }));
        assertEquals("nothing could be measured, the last try was ring 512: no such card", e.getMessage());
    }

    @Test
    void oneFailureIsNoReasonToEnd() throws Exception {
        List<Variant> ran = new ArrayList<>();
        Report report = measure(pick("direction"), ALONE, variant -> {
            ran.add(variant);
            if (ran.size() == 1) {
                throw new RunFailed("busy");
            }
            return outcome(1);
        });
        assertEquals(5, report.runs());
        assertEquals(1, report.failures());
    }

    @Test
    void laterFailuresAreKeptAndTriedAgainOnce() throws Exception {
        Report report = measure(pick("ring"), ALONE, variant -> {
            if (variant.name().equals("4096")) {
                throw new RunFailed("too long");
            }
            return outcome(2);
        });
        assertEquals(
                List.of("too long", "too long"),
                report.experiment("ring").variant("4096").failures());
        assertEquals(6, report.runs());
    }

    @Test
    void anInterruptionKeepsWhatWasMeasured() {
        List<Experiment> experiments = pick("ring");
        Report report = Reports.empty(experiments);
        AtomicLong runs = new AtomicLong();
        Harness harness = new Harness(
                report,
                experiments,
                ALONE,
                variant -> {
                    if (runs.incrementAndGet() == 3) {
                        throw new InterruptedException();
                    }
                    return outcome(1);
                },
                new Harness.Watcher() {
                    @Override
                    public void runs(int round, int done, String what) {
                        order.add(what);
                    }

                    @Override
                    public void roundEnds(int round) {
                        ends.add(round);
                    }
                },
                clock::get);
        assertThrows(InterruptedException.class, harness::run);
        assertEquals(2, report.runs());
        assertEquals(List.of(1), ends);
    }

    private static Outcome placed(double nanos) {
        return new Outcome(1, List.of(), Map.of(Outcome.HANDOVER, nanos), Map.of());
    }

    @Test
    void aVariantInAnotherClassGetsABaselineOfItsOwn() throws Exception {
        double[] handovers = {25, 190, 180}; // baseline near, variant far, baseline far
        List<String> ran = new ArrayList<>();
        Report report = measure(pick("direction"), new Effort(false, 1, 1, 1000, 1, 1, 100, 1, false), variant -> {
            double nanos = handovers[ran.size()];
            ran.add(variant.name());
            return placed(nanos);
        });
        assertEquals(List.of("both ways", "one way", "both ways"), ran);
        assertEquals(
                2, report.experiment("direction").variant("both ways").runs().size());
    }

    @Test
    void whatCannotBeComparedIsMadeUpForInTheEnd() throws Exception {
        // Both ways and one way, in turns: near, near; then far, far; then near, near. Two rounds are near, of three
        // that are wanted.
        double[] handovers = {25, 25, 190, 190, 25, 25, 25, 25};
        List<String> ran = new ArrayList<>();
        Report report = measure(pick("direction"), ALONE, variant -> {
            double nanos = handovers[ran.size()];
            ran.add(variant.name());
            return placed(nanos);
        });
        assertEquals(8, ran.size(), ran.toString());
        assertEquals(List.of("4 direction one way", "4 direction both ways"), order.subList(6, 8));
        assertEquals(
                Set.of(1, 2, 3, 4),
                report.experiment("direction").variant("one way").byRound().keySet());
    }

    @Test
    void whereProcessorsNeverAgreeItEnds() throws Exception {
        measure(pick("direction"), ALONE, variant -> placed(variant.name().equals("one way") ? 190 : 25));
        assertEquals(14, order.size(), order.toString()); // 3 rounds, and 4 more
    }

    @Test
    void whatIsSharedIsOfTheLastClass() throws Exception {
        double[] handovers = {25, 190, 180, 190, 190};
        List<Variant> ran = new ArrayList<>();
        Effort sharing = new Effort(true, 1, 1, 1000, 1, 1, 100, 1, true);
        Report report = measure(pick("direction", "pages"), sharing, variant -> {
            double nanos = handovers[ran.size()];
            ran.add(variant);
            return placed(nanos);
        });
        assertEquals(4, ran.size(), ran.toString()); // both ways, one way, both ways, 4 KiB
        assertEquals(
                180,
                report.experiment("pages")
                        .variant("2 MiB")
                        .runs()
                        .getFirst()
                        .outcome()
                        .handover(),
                1e-9);
    }

    private static Effort unlimited(Effort effort) {
        return new Effort(
                effort.quick(),
                effort.rounds(),
                effort.otherRounds(),
                1e9,
                effort.warmSeconds(),
                effort.seconds(),
                effort.stepMillis(),
                effort.warmUpSeconds(),
                effort.sharesBaselines());
    }

    /** What users are told: a quick run takes less than 3 minutes, a full one less than 45. */
    @Test
    void plannedTimes() {
        for (Cards cards : Cards.values()) {
            List<Experiment> quick = Selection.pick(Catalogue.all(true, cards), List.of()).stream()
                    .filter(experiment -> !Catalogue.NOT_QUICK.contains(experiment.name()))
                    .toList();
            double seconds = unlimited(Effort.QUICK).secondsOf(quick);
            assertTrue(seconds < 0.95 * Effort.QUICK.budgetSeconds(), cards + ": " + seconds);
            double full = unlimited(Effort.FULL).secondsOf(Selection.pick(Catalogue.all(false, cards), List.of()));
            assertTrue(full < 0.87 * Effort.FULL.budgetSeconds(), cards + ": " + full);
        }
        assertTrue(
                Effort.QUICK.budgetSeconds() < 170 && Effort.FULL.budgetSeconds() < 44 * 60, "a last run takes 10 s");
    }
}
