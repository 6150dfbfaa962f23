package ixy4j.bench.plan;

import ixy4j.bench.run.Order.What;
import ixy4j.bench.run.Setup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How long to measure.
 *
 * @param quick whether it is the short kind
 * @param rounds how often each variant runs whose rate is measured, if the time allows
 * @param otherRounds how often all others run: those take longer
 * @param budgetSeconds the last run has to begin before, counted from the beginning of the first
 * @param warmSeconds before each measurement, in which the JIT compiles
 * @param seconds of each measurement
 * @param stepMillis of each reading
 * @param warmUpSeconds how much of the start of a process is looked at
 * @param sharesBaselines whether experiments with the same baseline share its run in a round, rather than each having
 *     one of its own close by
 */
public record Effort(
        boolean quick,
        int rounds,
        int otherRounds,
        double budgetSeconds,
        double warmSeconds,
        double seconds,
        int stepMillis,
        double warmUpSeconds,
        boolean sharesBaselines) {
    /** How many times longer it runs before waiting is measured: some rules look once a second only. */
    public static final int WAITING_WARM = 2;

    private static final double UNLIMITED = 1e9; // 31 years

    /** Under 3 minutes. */
    public static final Effort QUICK = new Effort(true, 5, 3, 165, 0.7, 0.4, 40, 1.5, true);

    /** Under 45 minutes. */
    public static final Effort FULL = new Effort(false, 9, 9, 43 * 60, 1.1, 0.9, 90, 4, false);

    /** About how long a run takes, in seconds: a process starts, warms up, and measures. */
    double secondsOf(Variant variant) {
        return switch (variant.what()) {
            case null -> 0.8 + warmSeconds / 2 + seconds;
            case RATE -> 0.7 + warmSeconds + seconds;
            case LATENCY -> 0.8 + warmSeconds + 2.5 * seconds;
            case WARM_UP -> 0.8 + warmUpSeconds;
            case WAITING -> 0.8 + WAITING_WARM * warmSeconds + seconds;
        };
    }

    /** About how long all rounds of these take, in seconds. */
    public double secondsOf(List<Experiment> experiments) {
        double all = 0;
        Set<Setup> seen = new HashSet<>();
        for (Experiment experiment : experiments) {
            for (Variant variant : experiment.variants()) {
                boolean shared = isShared(variant) && !seen.add(variant.setup());
                all += shared ? 0 : rounds(variant) * secondsOf(variant);
            }
        }
        return Math.min(budgetSeconds, all);
    }

    /** In how many rounds it runs, the first ones. */
    public int rounds(Variant variant) {
        return variant.what() == What.RATE ? rounds : otherRounds;
    }

    /** Whether experiments that have it share its run in a round. */
    public boolean isShared(Variant variant) {
        return sharesBaselines && variant.what() == What.RATE;
    }

    /** The same with another number of rounds, however long it takes. */
    public Effort withRounds(int number) {
        return new Effort(
                quick, number, number, UNLIMITED, warmSeconds, seconds, stepMillis, warmUpSeconds, sharesBaselines);
    }

    /** The same with another length of each measurement and of what comes before it, however long it takes. */
    public Effort withSeconds(double length) {
        int step = (int) Math.max(10, Math.min(stepMillis, length * 250));
        return new Effort(
                quick, rounds, otherRounds, UNLIMITED, length, length, step, Math.max(1, length), sharesBaselines);
    }
}
