package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By a clock of the test. */
class PaceTest {
    private long now = 1_000_000_007;

    /** Asks again and again, up to {@code step} ns later each time, and sends all that may be; how many that were. */
    private long sendFor(long nanos, Pace pace, int step) {
        Random random = new Random(1);
        long end = now + nanos;
        long sent = 0;
        while (now < end) {
            now = Math.min(end, now + 1 + random.nextInt(step));
            long allowed = pace.allowed();
            pace.spend(allowed);
            sent += allowed;
        }
        return sent;
    }

    /** One at once, and then as many as the rate has in that time, rounded down: never a frame more or less. */
    private static long expected(String mpps, long nanos) {
        return new BigDecimal(mpps)
                        .multiply(BigDecimal.valueOf(nanos))
                        .divide(BigDecimal.valueOf(1000), 0, RoundingMode.DOWN)
                        .longValueExact()
                + 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "14.88",
                "14.880952",
                "1.488095238",
                "1",
                "3",
                "7",
                "0.3",
                "0.001",
                "148.81",
                "599.999999999",
                "1000"
            })
    void aRateIsExact(String mpps) {
        Pace pace = new Pace(Double.parseDouble(mpps), () -> now);
        assertEquals(expected(mpps, 1_000_000_001L), sendFor(1_000_000_001L, pace, 3000));
    }

    /** Ten minutes at low rates: one frame a second, three in two, and an odd one. */
    @ParameterizedTest
    @ValueSource(strings = {"0.000001", "0.0000015", "0.000997", "0.014881"})
    void aLowRateIsExactAndDoesNotDrift(String mpps) {
        long minutes = 600_000_000_000L;
        Pace pace = new Pace(Double.parseDouble(mpps), () -> now);
        assertEquals(expected(mpps, minutes), sendFor(minutes, pace, 900_000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.000001, 0.5, 14.88, 1000})
    void afterAPauseAMillisecondIsCaughtUpOn(double mpps) {
        Pace pace = new Pace(mpps, () -> now);
        for (long pause : new long[] {2_000_000, 1_000_000_000, 3_600_000_000_000L, Long.MAX_VALUE / 2}) {
            now += pause;
            long most = 1 + Math.round(Math.floor(mpps * 1000));
            assertTrue(pace.allowed() <= most, mpps + " after " + pause);
            pace.spend(pace.allowed());
            assertEquals(0, pace.allowed());
        }
    }

    @Test
    void whatIsNotSentMayBeSentLater() {
        Pace pace = new Pace(1, () -> now);
        assertEquals(1, pace.allowed());
        now += 10_000;
        assertEquals(11, pace.allowed());
        pace.spend(4);
        assertEquals(7, pace.allowed());
        now += 1000;
        assertEquals(8, pace.allowed());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.0000009, 1000.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatCannotBeIsNamed(double mpps) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Pace(mpps, () -> now));
        assertEquals("--rate takes 0.000001 to 1000 Mpps, not " + mpps, e.getMessage());
    }
}
