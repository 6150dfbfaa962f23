package ixy4j.bench.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two things that ran in turn, compared round by round. On a machine that is shared, rates of one round say little about
 * those of the next; the ratio within a round says more, as both had about the same machine.
 *
 * @param ratio the median of the ratios of each round, to the baseline; above 1 is more, not always better
 * @param low the lower end of the interval
 * @param high the upper end
 * @param rounds in how many rounds both were measured
 * @param verdict what follows from it
 */
public record Comparison(double ratio, double low, double high, int rounds, Verdict verdict) {
    /** Two things whose ratio is between this and its inverse are called the same: a tenth more, or less. */
    public static final double SAME = 1.1;

    private static final int LEAST_ROUNDS = 3;
    private static final int ENOUGH_ROUNDS = 5; // for the interval alone

    /**
     * Compares.
     *
     * @param values of one thing, by the number of the round
     * @param baseline of the other
     * @return null if they have no round in common
     */
    public static Comparison of(Map<Integer, Double> values, Map<Integer, Double> baseline, boolean higherIsBetter) {
        List<Double> ratios = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        new TreeMap<>(values).forEach((round, value) -> {
            Double base = baseline.get(round);
            if (base != null && base > 0) {
                ratios.add(value / base);
                ours.add(value);
                theirs.add(base);
            }
        });
        if (ratios.isEmpty()) {
            return null;
        }
        boolean apart =
                Collections.min(ours) > Collections.max(theirs) || Collections.max(ours) < Collections.min(theirs);
        return of(ratios, apart, higherIsBetter);
    }

    private static Comparison of(List<Double> ratios, boolean apart, boolean higherIsBetter) {
        List<Double> sorted = ratios.stream().sorted().toList();
        int rounds = sorted.size();
        int cut = outside(rounds);
        double low = sorted.get(cut);
        double high = sorted.get(rounds - 1 - cut);
        double ratio = Summary.of(sorted, true).median();
        boolean enough = apart || rounds >= ENOUGH_ROUNDS;
        return new Comparison(ratio, low, high, rounds, verdict(low, high, rounds, enough, higherIsBetter));
    }

    /**
     * How many ratios on each side are left out of the interval, so that the median lies in it with a probability of at
     * least 93% from 5 rounds on, whatever the distribution. Each ratio is above the median with probability 1/2, so the number that are
     * is binomial. With 8 rounds or less it is none, at 75% for 3, 88% for 4, 94% for 5.
     */
    static int outside(int rounds) {
        double tail = Math.pow(0.5, rounds); // P(none is above)
        double term = tail;
        int cut = 0;
        while (true) {
            term = term * (rounds - cut) / (cut + 1); // P(cut + 1 are above)
            if (2 * (tail + term) > 0.07 || 2 * (cut + 1) >= rounds) {
                return cut;
            }
            tail += term;
            cut++;
        }
    }

    /**
     * Three or four rounds all on one side of 1 are not much: it happens by chance in one case of four or eight. So they
     * count only where no run of the one reaches those of the other either.
     */
    private static Verdict verdict(double low, double high, int rounds, boolean enough, boolean higherIsBetter) {
        if (rounds < LEAST_ROUNDS) {
            return Verdict.TOO_FEW;
        }
        if (enough && (low > 1 || high < 1)) {
            return low > 1 == higherIsBetter ? Verdict.BETTER : Verdict.WORSE;
        }
        boolean narrow = rounds >= ENOUGH_ROUNDS && high <= SAME && 1 / low <= SAME;
        return narrow ? Verdict.SAME : Verdict.TOO_NOISY;
    }
}
