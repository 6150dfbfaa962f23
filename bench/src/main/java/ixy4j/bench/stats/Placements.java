package ixy4j.bench.stats;

import java.util.List;

/**
 * Classes of runs by how far apart their two processors were, as the time tells that a line of the cache takes from one to the
 * other. On a shared host these may be two threads of one core in one run, and two cores in the next; rates of the two say
 * nothing about one another.
 */
public final class Placements {
    /** The least ratio of a time of the far class to one of the near class; within a class times differ less. */
    public static final double GAP = 1.6;

    private Placements() {}

    /**
     * Where the near class ends and the far one begins: in the widest gap between two times, as a ratio.
     *
     * @param nanos a time for each run, in any order
     * @return 0 if all are of one class
     */
    public static double boundary(List<Double> nanos) {
        List<Double> sorted = nanos.stream().sorted().toList();
        double widest = GAP;
        double boundary = 0;
        for (int i = 1; i < sorted.size(); i++) {
            double below = sorted.get(i - 1);
            double gap = sorted.get(i) / below;
            if (gap > widest) {
                widest = gap;
                boundary = below * Math.sqrt(gap);
            }
        }
        return boundary;
    }
}
