package ixy4j.apps.rfc2544;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The four tests of RFC 2544, sections 26.1 to 26.4, in one direction. */
public final class Methods {
    private static final int STEPS = 10; // of the loss rate, from 100% down (26.3)

    private static final int FIRST_BURST = 16; // frames
    private static final double HOPELESS = 10; // % lost: that was no stumble of this machine

    private final Tester tester;
    private final Plan plan;
    private final BiConsumer<Plan.Test, Trial> listener;
    private SizeResult unfinished; // null: none is

    /** @param listener is told of each trial, with the test that it belongs to */
    public Methods(Tester tester, Plan plan, BiConsumer<Plan.Test, Trial> listener) {
        this.tester = tester;
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * All tests with frames of one size.
     *
     * @param size in bytes, with FCS
     * @throws Tester.Ended if the measurement is to end: {@link #unfinished} has what there is
     */
    public SizeResult measure(int size) {
        Trial first = first(size);
        double most =
                Math.min(Math.min(first.offered(), plan.cap()), plan.wire().of(size));
        unfinished = new SizeResult(size, most, null, null, List.of(), -1, false);
        if (has(Plan.Test.THROUGHPUT) || has(Plan.Test.LATENCY)) {
            unfinished = unfinished.withThroughput(throughput(first, most));
        }
        if (has(Plan.Test.LATENCY) && unfinished.throughput() != null) {
            unfinished = unfinished.withLatency(
                    run(Plan.Test.LATENCY, size, unfinished.throughput().offered()));
        }
        if (has(Plan.Test.LOSS)) {
            unfinished = unfinished.withLosses(losses(size, most));
        }
        if (has(Plan.Test.BACK_TO_BACK)) {
            long longest = frames(most);
            // where only the tester is the limit, that is the rate at which it was at its best
            boolean isAtItsBest = first.offered() <= most && first.wanted() == Trial.FLAT_OUT;
            long burst = burst(size, isAtItsBest ? Trial.FLAT_OUT : most, longest);
            unfinished = unfinished.withBurst(burst, burst == longest);
        }
        SizeResult result = unfinished;
        unfinished = null;
        return result;
    }

    /** What was measured of a size before that ended; null if that is no whole test. */
    public SizeResult unfinished() {
        return unfinished == null
                        || (unfinished.throughput() == null
                                && unfinished.losses().isEmpty())
                ? null
                : unfinished;
    }

    private boolean has(Plan.Test test) {
        return plan.tests().contains(test);
    }

    /** The first of a few trials without loss, as fast as may be, or else the last. */
    private Trial first(int size) {
        Trial trial = run(Plan.Test.THROUGHPUT, size, plan.cap());
        for (int i = 1; i < plan.tries() && !passes(trial) && trial.loss() < HOPELESS; i++) {
            trial = run(Plan.Test.THROUGHPUT, size, plan.cap());
        }
        return trial;
    }

    /** 26.1: the highest rate without loss, by halving what it may be; null if there is none. */
    private Trial throughput(Trial first, double most) {
        boolean isTried = first.offered() <= most || first.wanted() <= most;
        if (isTried && passes(first)) {
            return first;
        }
        int size = first.size();
        Trial best = null;
        double low = 0;
        double high = most;
        double rate = isTried ? most / 2 : most;
        while (high - low > plan.resolution() * most) {
            Trial passed = pass(size, rate);
            boolean isKept = passed != null && passed.isKept();
            if (passed != null && (best == null || passed.offered() > best.offered())) {
                best = passed;
            }
            if (isKept) {
                low = rate;
            } else {
                high = rate; // too high for the device, or for this machine
                low = best == null ? low : Math.max(low, Math.min(rate, best.offered()));
            }
            rate = (low + high) / 2;
        }
        return best;
    }

    /** 26.3: from the highest rate down, until nothing is lost at two rates in succession. */
    private List<Trial> losses(int size, double most) {
        List<Trial> trials = new ArrayList<>();
        int good = 0;
        for (int step = STEPS; step > 0 && good < 2; step--) {
            Trial trial = run(Plan.Test.LOSS, size, most * step / STEPS);
            trials.add(trial);
            good = trial.sent() > 0 && trial.lost() == 0 ? good + 1 : 0;
        }
        return trials;
    }

    /** 26.4: the longest burst without loss, by doubling up to one that is too long, and halving between these two. */
    private long burst(int size, double most, long longest) {
        long low = 0;
        long high = longest + 1; // the shortest that is known to be too long, or that is not tried
        boolean isDoubling = true;
        while (low < longest && (isDoubling || high - low > Math.max(1, (long) (plan.resolution() * low)))) {
            long frames = isDoubling ? Math.min(longest, Math.max(FIRST_BURST, 2 * low)) : low + (high - low) / 2;
            if (passesOnce(size, most, frames)) {
                low = frames;
            } else {
                high = frames;
                isDoubling = false;
            }
        }
        return low;
    }

    private boolean passesOnce(int size, double rate, long frames) {
        for (int i = 0; i < plan.tries(); i++) {
            Trial trial = run(Plan.Test.BACK_TO_BACK, size, rate, frames);
            if (trial.sent() == frames && passes(trial)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A trial without loss, out of a few; null if there is none. One that did not keep its rate, since this machine was busy, only
     * counts where none did, and where nothing was lost at a lower one.
     */
    private Trial pass(int size, double rate) {
        Trial best = null;
        double lossy = Double.POSITIVE_INFINITY; // the lowest rate at which frames were lost
        boolean isLossy = false; // at the wanted rate itself
        for (int i = 0; i < plan.tries() && !(best != null && best.isKept()); i++) {
            Trial trial = run(Plan.Test.THROUGHPUT, size, rate);
            if (!passes(trial)) {
                lossy = Math.min(lossy, trial.offered());
                isLossy |= trial.isKept();
            } else if (best == null || trial.offered() > best.offered()) {
                best = trial;
            }
        }
        boolean counts = best != null && (best.isKept() || (!isLossy && best.offered() < lossy));
        return counts ? best : null;
    }

    private boolean passes(Trial trial) {
        return trial.sent() > 0 && trial.loss() <= plan.tolerance();
    }

    private Trial run(Plan.Test test, int size, double rate) {
        return run(test, size, rate, rate == Trial.FLAT_OUT ? Long.MAX_VALUE : frames(rate));
    }

    private Trial run(Plan.Test test, int size, double rate, long frames) {
        // Who cannot keep a rate has half as much time again to send them all: what counts is what was offered.
        double seconds = frames == Long.MAX_VALUE ? plan.seconds() : 1.5 * plan.seconds();
        Trial trial = tester.run(size, rate, frames, seconds);
        listener.accept(test, trial);
        return trial;
    }

    private long frames(double rate) {
        return Math.max(1, Math.round(rate * 1e6 * plan.seconds()));
    }
}
