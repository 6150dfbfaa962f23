package ixy4j.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyTest {
    private static final double UNKNOWN = Double.NaN;

    @Test
    void allStepsCountWhereProcessorsStay() {
        Steady steady = Steady.of(List.of(1.0, 2.0), List.of(24.0, 26.0, 28.0));
        assertEquals(List.of(1.0, 2.0), steady.rates());
        assertEquals(26, steady.handover());
    }

    @Test
    void theMoreFrequentClassCountsAndNoStepInWhichItChanged() {
        List<Double> handovers = List.of(25.0, 25.0, 190.0, 180.0, 185.0, 26.0);
        assertEquals(
                List.of(3.0, 4.0),
                Steady.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0), handovers).rates());
        assertEquals(
                List.of(1.0, 2.0),
                Steady.of(List.of(1.0, 2.0, 3.0, 4.0), List.of(25.0, 25.0, 25.0, 190.0, 190.0))
                        .rates());
    }

    @Test
    void whatIsNotKnownIsOfNoClass() {
        assertEquals(
                List.of(1.0),
                Steady.of(List.of(1.0, 2.0), List.of(25.0, 25.0, UNKNOWN)).rates());
        Steady unknown = Steady.of(List.of(1.0, 2.0), List.of(UNKNOWN, UNKNOWN, UNKNOWN));
        assertEquals(List.of(1.0, 2.0), unknown.rates());
        assertEquals(UNKNOWN, unknown.handover());
        Steady never = Steady.of(List.of(1.0, 2.0), List.of(25.0, 190.0, 25.0));
        assertEquals(List.of(1.0, 2.0), never.rates(), "no step is steady: all that there is");
        assertEquals(UNKNOWN, never.handover());
    }
}
