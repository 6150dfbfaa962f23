package ixy4j.apps.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By a clock of the test. */
class PaceTest {
    private static final int MANY = 100_000;
    private static final long SECOND = 1_000_000_000;

    private long now = 1_000_000_007;

    private Pace even(double mpps, int atOnce) {
        return Pace.even(mpps, atOnce, () -> now);
    }

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
        Pace pace = even(Double.parseDouble(mpps), MANY);
        assertEquals(expected(mpps, SECOND + 1), sendFor(SECOND + 1, pace, 3000));
    }

    /** Ten minutes at low rates: one frame a second, three in two, and an odd one. */
    @ParameterizedTest
    @ValueSource(strings = {"0.000001", "0.0000015", "0.000997", "0.014881"})
    void aLowRateIsExactAndDoesNotDrift(String mpps) {
        Pace pace = even(Double.parseDouble(mpps), MANY);
        assertEquals(expected(mpps, 600 * SECOND), sendFor(600 * SECOND, pace, 900_000));
    }

    /** A second with pauses of this thread has what a second without has, at rates that can be caught up on. */
    @ParameterizedTest
    @ValueSource(strings = {"0.001", "0.3", "1", "1.488095238", "10"})
    void whatPausesCostIsCaughtUpOn(String mpps) {
        Pace pace = even(Double.parseDouble(mpps), 32);
        long sent = 0;
        for (int i = 0; i < 10; i++) {
            now += 9_000_000; // of 100 ms: less than a fifth, which is what catching up makes up for
            sent += sendFor(91_000_000, pace, 1000);
        }
        assertEquals(expected(mpps, SECOND), sent);
        assertEquals(0, pace.missed());
    }

    /** Whatever happens, no more than a batch comes at once, and not much more than the rate in any short time. */
    @ParameterizedTest
    @CsvSource({"0.01, 32", "1, 32", "14.88, 64", "1, 1"})
    void noBurstIsAboveABatch(double mpps, int batch) {
        Pace pace = even(mpps, batch);
        for (long pause : new long[] {0, 2_000_000, SECOND, 3600 * SECOND, Long.MAX_VALUE / 4}) {
            now += pause;
            long first = pace.allowed();
            assertTrue(first <= batch, first + " after " + pause);
            pace.spend(first);
            assertEquals(0, pace.allowed(), "after " + pause);
            long sent = sendFor(1_000_000, pace, 200);
            assertTrue(sent <= mpps * 1250 + 1, sent + " in a millisecond after " + pause);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.000001, 0.5, 14.88, 1000})
    void afterAPauseATenthOfASecondIsCaughtUpOn(double mpps) {
        Pace pace = even(mpps, MANY);
        for (long pause : new long[] {200_000_000, SECOND, 3600 * SECOND, Long.MAX_VALUE / 4}) {
            now += pause;
            long before = now;
            long sent = 0;
            for (int i = 0; i < 4_000; i++) { // 400 ms: more than catching up takes
                long allowed = pace.allowed();
                pace.spend(allowed);
                sent += allowed;
                now += 100_000;
            }
            double most = 1 + mpps * 1000 * (100 + (now - before) / 1e6);
            assertTrue(sent <= most, mpps + " after " + pause + ": " + sent);
            assertTrue(pace.missed() >= mpps * 1000 * (pause / 1e6 - 101) - 1, mpps + " after " + pause);
        }
    }

    @Test
    void whatWasMissedMayStayMissed() {
        Pace pace = Pace.withoutCatchingUp(1, 32, () -> now);
        assertEquals(expected("1", SECOND), sendFor(SECOND, pace, 3000));
        now += SECOND;
        assertEquals(32, pace.allowed());
        pace.spend(32);
        long sent = sendFor(SECOND, pace, 3000);
        assertTrue(sent <= 1_000_000, sent + " after a pause");
    }

    @Test
    void whatIsNotSentMayBeSentLater() {
        Pace pace = even(1, 32);
        assertEquals(1, pace.allowed());
        now += 10_000;
        assertEquals(11, pace.allowed());
        pace.spend(4);
        assertEquals(7, pace.allowed());
        now += 1000;
        assertEquals(8, pace.allowed());
    }

    /** All of a burst or nothing, the next one when the rate allows all of it, and the mean is the rate. */
    @Test
    void bursts() {
        Pace pace = Pace.inBursts(1, 100, () -> now);
        assertEquals(100, pace.allowed());
        pace.spend(32); // a batch
        now += 50_000;
        assertEquals(68, pace.allowed());
        pace.spend(68);
        assertEquals(0, pace.allowed());
        now += 49_000;
        assertEquals(0, pace.allowed());
        now += 1_000;
        assertEquals(100, pace.allowed());
        pace.spend(100);
        assertEquals(1_000_000, sendFor(SECOND, pace, 3000));
        now += SECOND; // a pause: no two at once
        assertEquals(100, pace.allowed());
        pace.spend(100);
        assertEquals(0, pace.allowed());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.0000009, 1000.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatCannotBeIsNamed(double mpps) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> even(mpps, 32));
        assertEquals("a rate is 0.000001 to 1000 Mpps, not " + mpps, e.getMessage());
    }
}
