package ixy4j.apps.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.apps.traffic.Latency;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of RFC 2544 on a device that is a formula. */
class MethodsTest {
    private final List<String> trials = new ArrayList<>();
    private double cap = Trial.FLAT_OUT;

    /** Passes on so many Mpps, and has a buffer of so many frames; the tester can send {@code canSend} Mpps. */
    private static Tester device(double limit, double buffer, double canSend) {
        return (size, mpps, frames, seconds) -> {
            double rate = Math.min(mpps, canSend);
            long sent = Math.min(frames, Math.round(rate * 1e6 * seconds));
            double above = Math.max(0, sent * (1 - limit / rate) - buffer);
            long lost = Math.min(sent, (long) Math.ceil(above - 1e-6));
            return new Trial(size, mpps, rate, sent, lost, 0, 0, 0, Latency.NONE);
        };
    }

    private SizeResult measure(Tester tester, double wire, double tolerance, int tries) {
        Plan plan = new Plan(EnumSet.allOf(Plan.Test.class), 1, cap, _ -> wire, 0.005, tolerance, tries);
        return new Methods(tester, plan, (test, trial) -> trials.add(test.toString())).measure(64);
    }

    /** What a tester says that offered less than was wanted. */
    private static Trial wanting(double mpps, Trial trial) {
        return new Trial(trial.size(), mpps, trial.offered(), trial.sent(), trial.lost(), 0, 0, 0, trial.latency());
    }

    private long count(String test) {
        return trials.stream().filter(test::equals).count();
    }

    /** Found to within the resolution, from below, whatever it is. */
    @ParameterizedTest
    @CsvSource({"1", "0.05", "2", "3.3", "7.77", "9.999"})
    void theLimitIsFound(double limit) {
        SizeResult result = measure(device(limit, 0, 10), Double.POSITIVE_INFINITY, 0, 1);
        assertEquals(10, result.most());
        assertTrue(result.throughputMpps() <= limit, result::toString);
        assertTrue(result.throughputMpps() > limit - 0.05, result::toString);
        assertEquals(0, result.throughput().lost());
        assertEquals(result.throughputMpps(), result.latency().wanted());
    }

    @Test
    void aDeviceWithoutALimitNeedsOneTrial() {
        SizeResult result = measure(device(50, 0, 10), 20, 0, 1);
        assertEquals(10, result.throughputMpps());
        assertEquals(1, count("throughput"));
        assertEquals(2, count("loss"));
        assertEquals(10_000_000, result.burst());
        assertTrue(result.isLongest());
    }

    /** More than the wire carries is not tried but once, to see what can be sent. */
    @Test
    void theWireIsALimitToo() {
        SizeResult result = measure(device(50, 0, 10), 4, 0, 1);
        assertEquals(4, result.most());
        assertEquals(4, result.throughputMpps());
        assertEquals(2, count("throughput"));
        assertEquals(4, result.losses().getFirst().offered());
    }

    /** No trial is faster than may be, not even the first. */
    @Test
    void theCapIsKept() {
        cap = 3;
        Tester inner = device(2, 0, 10);
        Tester listening = (size, mpps, frames, seconds) -> {
            assertTrue(mpps <= 3, "at " + mpps);
            return inner.run(size, mpps, frames, seconds);
        };
        SizeResult result = measure(listening, 20, 0, 1);
        assertEquals(3, result.most());
        assertEquals(2, result.throughputMpps(), 0.02);
    }

    @Test
    void aDeviceThatPassesNothingHasNoThroughput() {
        SizeResult result = measure(device(0, 0, 10), 20, 0, 1);
        assertNull(result.throughput());
        assertNull(result.latency());
        assertEquals(0, result.throughputMpps());
        assertEquals(10, result.losses().size());
        result.losses().forEach(trial -> assertEquals(100, trial.loss()));
        assertEquals(0, result.burst());
        assertFalse(result.isLongest());
    }

    /** 26.3: in steps of a tenth, until two in succession lose nothing. */
    @Test
    void lossesAgainstRates() {
        SizeResult result = measure(device(7.5, 0, 10), 20, 0, 1);
        List<Double> rates = result.losses().stream().map(Trial::offered).toList();
        assertEquals(List.of(10.0, 9.0, 8.0, 7.0, 6.0), rates);
        assertEquals(25, result.losses().getFirst().loss(), 1e-3);
        assertEquals(6.25, result.losses().get(2).loss(), 1e-3);
        assertEquals(0, result.losses().get(3).loss());
    }

    /** A buffer of 100 frames that is emptied at half of the rate holds 200 at that. */
    @Test
    void theLongestBurst() {
        SizeResult result = measure(device(5, 100, 10), 20, 0, 1);
        assertTrue(Math.abs(result.burst() - 200) <= 1, result::toString);
        assertFalse(result.isLongest());
    }

    @Test
    void whatIsToleratedPasses() {
        SizeResult result = measure(device(5, 0, 10), 20, 1, 1);
        assertEquals(5 / 0.99, result.throughputMpps(), 0.05);
        assertTrue(result.throughput().loss() > 0 && result.throughput().loss() <= 1, result::toString);
    }

    /** A machine that stumbles now and then is not taken for a device that cannot do more. */
    @Test
    void whoMayTryAgainIsNotTrippedUp() {
        int[] count = new int[1];
        Tester inner = device(6, 0, 10);
        Tester stumbling = (size, mpps, frames, seconds) -> {
            Trial trial = inner.run(size, mpps, frames, seconds);
            boolean stumbles = count[0]++ % 2 == 0;
            return new Trial(
                    size,
                    mpps,
                    trial.offered(),
                    trial.sent(),
                    trial.lost() + (stumbles ? 1 : 0),
                    0,
                    0,
                    0,
                    Latency.NONE);
        };
        assertEquals(6, measure(stumbling, 20, 0, 2).throughputMpps(), 0.05);
        count[0] = 0;
        assertTrue(measure(stumbling, 20, 0, 1).throughputMpps() < 5.7);
    }

    /** A trial at half of its rate says little about the rate: another one is worth more, but it is better than none. */
    @Test
    void whoDidNotKeepARateTriesAgain() {
        int[] count = new int[1];
        Tester inner = device(6, 0, 10);
        Tester busy = (size, mpps, frames, seconds) ->
                wanting(mpps, inner.run(size, count[0]++ % 3 != 2 ? mpps / 2 : mpps, frames, seconds));
        assertEquals(6, measure(busy, 20, 0, 3).throughputMpps(), 0.05);
        Tester always = (size, mpps, frames, seconds) -> wanting(mpps, inner.run(size, mpps / 2, frames, seconds));
        SizeResult result = measure(always, 8, 0, 2);
        assertEquals(4, result.throughputMpps(), "that is what it can do");
    }

    /** A tester that breaks down at high rates still finds the highest that it can keep. */
    @Test
    void aTesterThatBreaksDownIsTheLimit() {
        Tester inner = device(50, 0, 10);
        Tester tired = (size, mpps, frames, seconds) ->
                wanting(mpps, inner.run(size, mpps > 4 ? 0.3 * mpps : mpps, frames, seconds));
        SizeResult result = measure(tired, 8, 0, 1);
        assertTrue(result.throughputMpps() <= 4 && result.throughputMpps() > 3.95, result::toString);
    }

    /** A burst that was not all sent says nothing. */
    @Test
    void aBurstThatWasNotSentDoesNotCount() {
        Tester inner = device(50, 0, 10);
        Tester slow = (size, mpps, frames, seconds) -> inner.run(size, mpps, Math.min(frames, 1000), seconds);
        SizeResult result = measure(slow, 8, 0, 1);
        assertTrue(result.burst() <= 1000 && result.burst() > 990, result::toString);
        assertFalse(result.isLongest());
    }

    /** A card that sends nothing loses nothing, and has no throughput. */
    @Test
    void nothingThatIsSentIsNoResult() {
        Tester dead = (size, mpps, _, _) -> new Trial(size, mpps, 0, 0, 0, 0, 0, 0, Latency.NONE);
        SizeResult result = measure(dead, 8, 0, 1);
        assertNull(result.throughput());
        assertEquals(10, result.losses().size());
        assertEquals(0, result.burst());
    }

    @Test
    void itEndsWhenItIsToldTo() {
        Tester ends = (_, _, _, _) -> {
            throw new Tester.Ended();
        };
        assertThrows(Tester.Ended.class, () -> measure(ends, 20, 0, 1));
    }

    /** Tests that are done by then count. */
    @Test
    void whatWasMeasuredBeforeTheEndIsThere() {
        Tester inner = device(5, 0, 10);
        Tester ends = (size, mpps, frames, seconds) -> {
            if (count("loss") == 2) {
                throw new Tester.Ended();
            }
            return inner.run(size, mpps, frames, seconds);
        };
        Plan plan = new Plan(EnumSet.allOf(Plan.Test.class), 1, cap, _ -> 20, 0.005, 0, 1);
        Methods methods = new Methods(ends, plan, (test, trial) -> trials.add(test.toString()));
        assertThrows(Tester.Ended.class, () -> methods.measure(64));
        SizeResult result = methods.unfinished();
        assertEquals(5, result.throughputMpps(), 0.05);
        assertEquals(result.throughputMpps(), result.latency().wanted());
        assertEquals(List.of(), result.losses());
        assertEquals(-1, result.burst());
    }

    @Test
    void figuresOfATrial() {
        Trial trial = new Trial(64, 1, 14.880952, 200, 1, 0, 0, 0, Latency.NONE);
        assertEquals(0.5, trial.loss());
        assertEquals(10_000, trial.mbit(), 0.001);
        assertEquals(14.880952, Trial.wireRate(10_000, 64), 1e-6);
        assertEquals(0, new Trial(64, 1, 0, 0, 0, 0, 0, 0, Latency.NONE).loss());
    }
}
