package ixy4j.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void medianSpreadAndBest() {
        Summary summary = Summary.of(List.of(4.0, 1.0, 3.0, 2.0), true);
        assertEquals(2.5, summary.median());
        assertEquals(4.0, summary.best());
        assertEquals(3 / 2.5, summary.spread());
        assertEquals(1.0, Summary.of(List.of(4.0, 1.0, 3.0), false).best());
        assertEquals(3.0, Summary.of(List.of(4.0, 1.0, 3.0), false).median());
        assertEquals(0, Summary.of(List.of(0.0), true).spread());
        assertEquals(Double.NaN, Summary.of(List.of(0.0, 0.0, 1.0), true).spread());
        assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of(), true));
    }

    @Test
    void quantilesLieBetweenReadings() {
        assertEquals(1.0, Summary.quantile(List.of(3.0, 1.0, 2.0), 0));
        assertEquals(3.0, Summary.quantile(List.of(3.0, 1.0, 2.0), 1));
        assertEquals(1.5, Summary.quantile(List.of(3.0, 1.0, 2.0), 0.25));
    }

    @Test
    void classesOfPlacementAreFarApart() {
        assertEquals(0, Placements.boundary(List.of()));
        assertEquals(0, Placements.boundary(List.of(100.0, 110.0, 150.0)));
        assertEquals(Math.sqrt(50.0 * 110), Placements.boundary(List.of(110.0, 40.0, 120.0, 50.0, 44.0)), 1e-9);
        assertEquals(Math.sqrt(100.0 * 400), Placements.boundary(List.of(50.0, 100.0, 400.0)), 1e-9, "the widest gap");
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        // the machine is ten times as fast in the second round, for both
        Map<Integer, Double> values = Map.of(1, 2.0, 2, 20.0, 3, 2.2, 4, 9.0);
        Comparison comparison = Comparison.of(values, Map.of(1, 1.0, 2, 10.0, 3, 1.0), true);
        assertEquals(2.0, comparison.ratio());
        assertEquals(2.0, comparison.low());
        assertEquals(2.2, comparison.high(), 1e-12);
        assertEquals(3, comparison.rounds());
        assertEquals(Verdict.TOO_NOISY, comparison.verdict()); // three rounds, whose runs overlap
        assertEquals(
                Verdict.BETTER,
                Comparison.of(
                                Map.of(1, 2.0, 2, 20.0, 3, 2.2, 4, 9.0, 5, 4.0),
                                Map.of(1, 1.0, 2, 10.0, 3, 1.0, 4, 4.0, 5, 1.0),
                                true)
                        .verdict());
    }

    @Test
    void verdicts() {
        assertEquals(Verdict.WORSE, verdict(false, 1.1, 1.2, 1.15));
        assertEquals(Verdict.BETTER, verdict(false, 0.5, 0.9, 0.7));
        assertEquals(Verdict.WORSE, verdict(true, 0.5, 0.9, 0.7));
        assertEquals(Verdict.SAME, verdict(true, 0.98, 1.01, 1.0, 1.0, 0.99));
        assertEquals(Verdict.TOO_NOISY, verdict(true, 0.98, 1.01, 1.0));
        assertEquals(Verdict.SAME, verdict(true, 0.92, 1.09, 1.0, 1.0, 1.0));
        assertEquals(Verdict.TOO_NOISY, verdict(true, 0.90, 1.0, 1.0, 1.0, 1.0));
        assertEquals(Verdict.TOO_NOISY, verdict(true, 1.11, 1.0, 1.0, 1.0, 1.0));
        assertEquals(Verdict.TOO_NOISY, verdict(true, 0.8, 1.2, 1.0));
        assertEquals(Verdict.TOO_FEW, verdict(true, 2.0, 2.0));
    }

    private static Verdict verdict(boolean higherIsBetter, double... ratios) {
        Map<Integer, Double> values = new TreeMap<>();
        Map<Integer, Double> base = new TreeMap<>();
        for (int i = 0; i < ratios.length; i++) {
            values.put(i, ratios[i]);
            base.put(i, 1.0);
        }
        return Comparison.of(values, base, higherIsBetter).verdict();
    }

    @Test
    void withoutACommonRoundThereIsNoRatio() {
        assertNull(Comparison.of(Map.of(1, 1.0), Map.of(2, 1.0), true));
        assertNull(Comparison.of(Map.of(1, 1.0), Map.of(1, 0.0), true));
    }

    @Test
    void oneWildRoundOfNineDoesNotWidenTheInterval() {
        assertEquals(0, Comparison.outside(1));
        assertEquals(0, Comparison.outside(8));
        assertEquals(1, Comparison.outside(9));
        assertEquals(Verdict.BETTER, verdict(true, 2, 2, 2, 2, 2, 2, 2, 2, 0.1));
        assertEquals(Verdict.TOO_NOISY, verdict(true, 2, 2, 2, 2, 2, 2, 2, 0.1, 0.1));
    }

    /** What the interval promises: that the median is in it, in at least 93% of all cases from 5 rounds on. */
    @Test
    void theIntervalHasTheMedian() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int rounds : new int[] {5, 6, 8, 9, 12, 20}) {
            int in = 0;
            for (int i = 0; i < 4000; i++) {
                Map<Integer, Double> values = new TreeMap<>();
                Map<Integer, Double> base = new TreeMap<>();
                for (int round = 0; round < rounds; round++) {
                    values.put(round, Math.exp(random.nextGaussian())); // its median is 1
                    base.put(round, 1.0);
                }
                Comparison comparison = Comparison.of(values, base, true);
                in += comparison.low() <= 1 && comparison.high() >= 1 ? 1 : 0;
            }
            // 93% of 4000 is 3720; its standard deviation is 16
            assertTrue(in > 3720 - 5 * 16, in + " of 4000 with " + rounds + " rounds, seed " + seed);
        }
    }

    @Test
    void steadyIsWhatLasts() {
        List<Double> rates = new ArrayList<>(Collections.nCopies(100, 10.0));
        for (int i = 0; i < 40; i++) {
            rates.set(i, 0.0);
        }
        rates.set(20, 12.0); // one step alone
        assertEquals(40, SteadyState.reachedAt(rates, 20, 5));
        assertEquals(20, SteadyState.firstAbove(rates, 0));
        assertEquals(10.0, SteadyState.steady(rates, 20));
        assertEquals(0, SteadyState.reachedAt(List.of(), 20, 5));
        assertEquals(2, SteadyState.firstAbove(List.of(0.0, 0.0), 0));
    }

    @Test
    void stepsFromUnevenReadings() {
        Steps steps = new Steps();
        steps.add(1_500, 0);
        steps.add(2_500, 10); // 10 frames in a microsecond, from the middle of one step to that of the next
        steps.add(5_000, 10);
        List<Double> rates = steps.rates(1_000, 6);
        assertEquals(List.of(0.0, 5.0, 5.0, 0.0, 0.0, 0.0), rates);
        assertEquals(List.of(0.0, 0.0), new Steps().rates(1_000, 2));
    }
}
