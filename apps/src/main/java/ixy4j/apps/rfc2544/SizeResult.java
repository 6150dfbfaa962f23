package ixy4j.apps.rfc2544;

import java.util.List;

/**
 * What was measured with frames of one size.
 *
 * @param size in bytes, with FCS
 * @param most the highest rate of all trials, in Mpps: what the wire carries, or the tester can send
 * @param throughput the trial at the highest rate at which nothing was lost (26.1); null if there is none, or it was not measured
 * @param latency a trial at that rate, of which the latency counts (26.2); null without throughput, or if it was not measured
 * @param losses trials from the highest rate down (26.3); empty if none were measured
 * @param burst the longest burst at the highest rate of which nothing was lost (26.4), in frames; -1 if it was not measured
 * @param isLongest whether that is the longest that was tried
 */
public record SizeResult(
        int size, double most, Trial throughput, Trial latency, List<Trial> losses, long burst, boolean isLongest) {
    SizeResult withThroughput(Trial trial) {
        return new SizeResult(size, most, trial, latency, losses, burst, isLongest);
    }

    SizeResult withLatency(Trial trial) {
        return new SizeResult(size, most, throughput, trial, losses, burst, isLongest);
    }

    SizeResult withLosses(List<Trial> trials) {
        return new SizeResult(size, most, throughput, latency, trials, burst, isLongest);
    }

    SizeResult withBurst(long frames, boolean isTheLongest) {
        return new SizeResult(size, most, throughput, latency, losses, frames, isTheLongest);
    }

    /** Whether frames were sent and none came back. */
    public boolean isDead() {
        return throughput == null && !losses.isEmpty() && losses.getLast().loss() == 100;
    }

    /** The throughput in Mpps, 0 if there is none. */
    public double throughputMpps() {
        return throughput == null ? 0 : throughput.offered();
    }
}
