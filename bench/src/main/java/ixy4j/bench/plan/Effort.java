package ixy4j.bench.plan;

/**
 * How long to measure.
 *
 * @param quick whether it is the short kind
 * @param rounds how often each variant runs, if the time allows
 * @param budgetSeconds when the last run has to begin, counted from the first
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
        double budgetSeconds,
        double warmSeconds,
        double seconds,
        int stepMillis,
        double warmUpSeconds,
        boolean sharesBaselines) {
    /** Under 3 minutes. */
    public static final Effort QUICK = new Effort(true, 3, 165, 1, 0.5, 50, 3, true);

    /** Under 40 minutes. */
    public static final Effort FULL = new Effort(false, 7, 38 * 60, 2.5, 1.5, 100, 5, false);

    /** The same with another number of rounds. */
    public Effort withRounds(int number) {
        return new Effort(
                quick, number, budgetSeconds, warmSeconds, seconds, stepMillis, warmUpSeconds, sharesBaselines);
    }

    /** The same with another length of each measurement and of what comes before it. */
    public Effort withSeconds(double length) {
        int step = (int) Math.max(10, Math.min(stepMillis, length * 250));
        return new Effort(quick, rounds, budgetSeconds, length, length, step, Math.max(1, length), sharesBaselines);
    }
}
