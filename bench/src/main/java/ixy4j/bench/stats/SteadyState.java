package ixy4j.bench.stats;

import java.util.List;

/** When a rate that rises has risen. */
public final class SteadyState {
    private static final double NEAR = 0.9;

    private SteadyState() {}

    /**
     * The first step from which on, for a while, the mean rate is at least 90% of what it is in the end.
     *
     * @param rates step by step
     * @param last how many steps the end is: their median is the steady rate
     * @param window how many steps a while is
     * @return its index, or the number of steps where there is none
     */
    public static int reachedAt(List<Double> rates, int last, int window) {
        if (rates.isEmpty()) {
            return 0;
        }
        double steady = steady(rates, last);
        for (int i = 0; i < rates.size(); i++) {
            List<Double> next = rates.subList(i, Math.min(rates.size(), i + window));
            double mean =
                    next.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            if (rates.get(i) >= NEAR * steady && mean >= NEAR * steady) {
                return i;
            }
        }
        return rates.size();
    }

    /** The first step with a rate above this one; the number of steps where there is none. */
    public static int firstAbove(List<Double> rates, double rate) {
        int index = 0;
        while (index < rates.size() && rates.get(index) <= rate) {
            index++;
        }
        return index;
    }

    /** The median of the last steps. */
    public static double steady(List<Double> rates, int last) {
        return Summary.quantile(rates.subList(Math.max(0, rates.size() - last), rates.size()), 0.5);
    }
}
