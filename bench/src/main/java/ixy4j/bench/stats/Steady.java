package ixy4j.bench.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps of a run during which its two processors stayed near, or stayed far: those of the two of which there are more.
 *
 * @param rates of these steps
 * @param handover how long a line of the cache took meanwhile, in ns, the median; NaN if that is not known
 */
public record Steady(List<Double> rates, double handover) {
    /**
     * Chooses steps.
     *
     * @param rates of all steps
     * @param handovers before each step, and one after the last; NaN where it is not known
     */
    public static Steady of(List<Double> rates, List<Double> handovers) {
        List<Double> known =
                handovers.stream().filter(nanos -> !Double.isNaN(nanos)).toList();
        if (known.isEmpty()) {
            return new Steady(rates, Double.NaN);
        }
        double boundary = Placements.boundary(known);
        boundary = boundary == 0 ? Double.MAX_VALUE : boundary; // all are near
        Steady near = of(rates, handovers, 0, boundary);
        Steady far = of(rates, handovers, boundary, Double.MAX_VALUE);
        Steady more = near.rates.size() > far.rates.size() ? near : far;
        return more.rates.isEmpty() ? new Steady(rates, Double.NaN) : more;
    }

    private static Steady of(List<Double> rates, List<Double> handovers, double low, double high) {
        List<Double> chosen = new ArrayList<>();
        List<Double> nanos = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            double before = handovers.get(i);
            double after = handovers.get(i + 1);
            if (before > low && before < high && after > low && after < high) {
                chosen.add(rates.get(i));
                nanos.add(before);
                nanos.add(after);
            }
        }
        return new Steady(chosen, chosen.isEmpty() ? Double.NaN : Summary.quantile(nanos, 0.5));
    }
}
