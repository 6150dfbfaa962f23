package ixy4j.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.bench.ring.RingKind;
import ixy4j.bench.run.Order.What;
import ixy4j.bench.run.Setup.Cards;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of run, for a moment, in this process: frames are forwarded, and their far ends check them. */
class RunTest {
    private static Order order(What what, Setup setup, double seconds) {
        return new Order(what, setup, List.of(), 0, 0.1, seconds, 50, -1, -1, System.nanoTime(), "");
    }

    /**
     * Lasts until more frames came than all rings and the pool hold, however busy the machine is: this test is about
     * frames that keep coming, not about times. Each try lasts longer than the one before.
     */
    private static Outcome untilFramesCome(Setup setup) throws Exception {
        for (double seconds = 0.25; ; seconds *= 2) {
            try {
                Outcome outcome = Worker.run(order(What.RATE, setup, seconds));
                boolean enough = outcome.figures().get("frames") > 4 * setup.poolSize();
                if (enough && outcome.figures().containsKey("receive_ns")) {
                    return outcome;
                }
                if (seconds > 8) {
                    throw new AssertionError("frames should keep coming, but there were " + outcome.figures());
                }
            } catch (IllegalStateException e) {
                if (seconds > 8 || !e.getMessage().startsWith("no frame was forwarded")) {
                    throw e;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RingKind.class)
    void eachKindOfRingsForwards(RingKind path) throws Exception {
        Outcome outcome = untilFramesCome(Setup.DEFAULT.by(path));
        assertTrue(outcome.figures().get("best_mpps") > 0, outcome::toString);
        assertFalse(outcome.readings().isEmpty(), outcome::toString);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cards.class,
            names = {"MODEL", "VIRTIO_SPLIT", "VIRTIO_PACKED"})
    void otherCardsForward(Cards cards) throws Exception {
        assertTrue(untilFramesCome(Setup.DEFAULT.on(cards)).figures().get("best_mpps") > 0);
    }

    @Test
    void givenCardsForwardOneWay() throws Exception {
        Order order = new Order(
                What.RATE,
                Setup.DEFAULT.on(Cards.GIVEN).oneWay(),
                List.of("model:0", "model:1"),
                0,
                0.2,
                3,
                50,
                -1,
                -1,
                System.nanoTime(),
                "");
        assertTrue(Worker.run(order).figures().get("best_mpps") > 0);
    }

    @Test
    void ringsOfOthersAreForAn82599Only() {
        Order order = order(What.RATE, Setup.DEFAULT.on(Cards.VIRTIO_SPLIT).by(RingKind.PLAIN), 0.1);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Worker.run(order));
        assertTrue(e.getMessage().contains("no 82599"), e.getMessage());
    }

    @Test
    void cardsThatAreNotThereSaySo() {
        Order order = new Order(
                What.RATE,
                Setup.DEFAULT.on(Cards.GIVEN),
                List.of("ffff:1f:1f.7", "model:1"),
                0,
                0,
                0.1,
                50,
                -1,
                -1,
                0,
                "");
        IxyException e = assertThrows(IxyException.class, () -> Worker.run(order));
        assertTrue(e.getMessage().contains("ffff:1f:1f.7"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            value = Cards.class,
            names = {"IXGBE", "MODEL", "VIRTIO_PACKED"})
    void latencyAndItsControl(Cards cards) throws Exception {
        Setup setup = Setup.DEFAULT.on(cards);
        Outcome outcome = Worker.run(new Order(What.LATENCY, setup, List.of(), 0.01, 0.2, 2, 50, -1, -1, 0, ""));
        assertTrue(outcome.figures().get("frames") > 0, outcome::toString);
        assertEquals(
                Set.of(Outcome.RESIDENCE, Outcome.POLLS, Outcome.CONTROL),
                outcome.curves().keySet());
        for (List<Outcome.Point> points : outcome.curves().values()) {
            assertEquals(100, points.getLast().percentile());
            for (int i = 1; i < points.size(); i++) {
                assertTrue(points.get(i).micros() >= points.get(i - 1).micros(), points::toString);
            }
        }
        assertEquals(outcome.value(), outcome.figures().get("gap_p99.99_us"));
        assertTrue(outcome.figures().get("idle_gap_p99.99_us") >= 0, outcome::toString);
        double share = outcome.figures().get(Outcome.SHARE);
        assertTrue(share > 0 && share <= 1, outcome::toString);
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void waitingForFramesAndForNone(Waiting waiting) throws Exception {
        for (Cards cards : List.of(Cards.MODEL, Cards.VIRTIO_SPLIT, Cards.VIRTIO_PACKED)) {
            Setup setup = Setup.DEFAULT.on(cards).with(waiting);
            Outcome some = Worker.run(new Order(What.WAITING, setup, List.of(), 0.005, 0.1, 0.4, 50, -1, -1, 0, ""));
            assertTrue(some.figures().get("frames") > 0, some::toString);
            assertEquals(Set.of(Outcome.RESIDENCE), some.curves().keySet());
            Outcome none = Worker.run(new Order(What.WAITING, setup, List.of(), -1, 0, 0.2, 50, -1, -1, 0, ""));
            assertEquals(0, none.figures().get("mpps"), none::toString);
            assertTrue(none.value() >= 0 && none.value() <= 100, none::toString);
        }
    }

    @Test
    void percentilesWithTooFewValuesAreLeftOut() {
        Histogram histogram = new Histogram(1_000_000, 3);
        for (int i = 1; i <= 10_000; i++) {
            histogram.recordValue(1000);
        }
        List<Double> shown = Percentiles.of(histogram).stream()
                .map(Outcome.Point::percentile)
                .toList();
        assertTrue(shown.containsAll(List.of(50.0, 99.99, 100.0)), shown::toString);
        assertFalse(shown.contains(99.995) || shown.contains(99.9999), shown::toString);
    }

    @Test
    void longGapsAreKeptOneByOne() {
        Gaps gaps = new Gaps();
        for (int i = 0; i < 5000; i++) {
            gaps.add(i, i < 4000 ? 99_999 : 100_000 + i);
        }
        assertEquals(1000, gaps.longGaps());
        assertEquals(1000, gaps.kept());
        assertEquals(4000, gaps.end(0));
        assertEquals(104_000, gaps.length(0));
        assertEquals(5000, gaps.histogram().getTotalCount());
    }

    @Test
    void warmUpCountsFromTheStartOfTheProcess() throws Exception {
        Order order = new Order(
                What.WARM_UP,
                Setup.DEFAULT,
                List.of(),
                0,
                0,
                4,
                10,
                -1,
                -1,
                System.nanoTime() - 500_000_000L, // as if the JVM had taken so long to start
                "");
        Outcome outcome = Worker.run(order);
        assertEquals(400, outcome.readings().size());
        assertTrue(outcome.readings().subList(0, 50).stream().allMatch(rate -> rate == 0), outcome::toString);
        assertTrue(outcome.figures().get("first_frame_s") >= 0.5, outcome::toString);
    }

    @Test
    void ordersTravelAsArguments() {
        Order order = new Order(
                What.LATENCY,
                Setup.DEFAULT
                        .withBatch(7)
                        .with(Setup.Touch.RAW)
                        .with(Setup.Pages.SMALL)
                        .with(Waiting.ADAPTIVE)
                        .oneWay(),
                List.of("model:0?wire=sink", "model:1"),
                1.5,
                0.25,
                3,
                20,
                1,
                0,
                123456789L,
                "/tmp/a b");
        assertEquals(order, Order.parse(order.arguments()));
        assertThrows(IllegalArgumentException.class, () -> Order.parse(List.of("what=RATE")));
    }

    @Test
    void theLogOfTheJvmTellsWhatAGapWas() {
        VmLog log = VmLog.parse(List.of(
                "[1000ns][jit,compilation]    1       3       java.lang.Object::<init> (1 bytes)",
                "[9000ns][safepoint      ] Safepoint \"G1CollectFull\", Time since last: 5 ns, Reaching safepoint: 1 ns,"
                        + " At safepoint: 2 ns, Leaving safepoint: 1 ns, Total: 3000 ns, Threads: 0 runnable, 10 total",
                "something else"));
        assertTrue(log.hasPause(5000, 6001));
        assertFalse(log.hasPause(5000, 6000));
        assertFalse(log.hasPause(9000, 9500));
        assertTrue(log.hasCompilation(900, 1000));
        assertFalse(log.hasCompilation(1001, 2000));
    }
}
