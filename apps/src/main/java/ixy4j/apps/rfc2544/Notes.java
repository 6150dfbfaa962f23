package ixy4j.apps.rfc2544;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a reader of results has to know to believe them for what they are. */
public final class Notes {
    private static final double MINUTE = 60; // seconds

    private Notes() {}

    /**
     * A sentence for each thing.
     *
     * @param resolution of rates, as a share of the highest
     * @param dropped frames that the tester's own cards had no room for, in all trials
     * @param seconds of a trial
     */
    public static List<String> of(List<SizeResult> results, double resolution, long dropped, double seconds) {
        List<String> notes = new ArrayList<>();
        if (results.stream().anyMatch(result -> isAtItsHighest(result, resolution))) {
            notes.add(
                    "Where the throughput is the highest rate that was tried, the device may do more: wire and tester are the"
                            + " limit.");
        }
        if (any(results, result -> isMissed(result.throughput()))) {
            notes.add(
                    "Some throughputs are what this machine could send, not what the device can do: it did not keep higher"
                            + " rates.");
        }
        if (any(results, result -> isMissed(result.latency()))) {
            notes.add("For some latencies, this machine did not keep the rate.");
        }
        if (any(results, result -> result.losses().stream().anyMatch(Notes::isMissed))) {
            notes.add("This machine did not keep some of the rates for loss: they are not in the chart.");
        }
        if (any(results, SizeResult::isDead)) {
            notes.add("Nothing came back at some sizes: is the device on, and are these its two ports?");
        }
        if (dropped > 0) {
            notes.add("The tester's own cards dropped " + dropped
                    + " frames, which count as lost: this machine is too slow or" + " too busy for such rates.");
        }
        if (seconds < MINUTE) {
            String text = BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
            notes.add("A trial had " + text + " s; RFC 2544 asks for 60.");
        }
        return notes;
    }

    private static boolean any(List<SizeResult> results, Predicate<SizeResult> test) {
        return results.stream().anyMatch(test);
    }

    private static boolean isMissed(Trial trial) {
        return trial != null && !trial.isKept();
    }

    private static boolean isAtItsHighest(SizeResult result, double resolution) {
        return result.throughput() != null && result.throughputMpps() >= result.most() * (1 - resolution);
    }
}
