package ixy4j.apps.rfc2544;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The four tests of RFC 2544, sections 26.1 to 26.4, in one direction. */
public final class Methods {
    private static final int STEPS = 10; // of the loss rate, from 100% down (26.3)

    private static final int FIRST_BURST = 16; // frames
    private static final double KEPT = 0.99; // of a rate

    private final Tester tester;
    private final Plan plan;
    private final BiConsumer<Plan.Test, Trial> listener;

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
     * @throws Tester.Ended if the measurement is to end
     */
    public SizeResult measure(int size) {
        Trial flatOut = run(Plan.Test.THROUGHPUT, size, Trial.FLAT_OUT);
        double most = Math.min(flatOut.offered(), plan.most().of(size));
        Trial throughput = has(Plan.Test.THROUGHPUT) || has(Plan.Test.LATENCY) ? throughput(flatOut, most) : null;
        Trial latency = has(Plan.Test.LATENCY) && throughput != null
                ? run(Plan.Test.LATENCY, size, throughput.offered())
                : null;
        List<Trial> losses = has(Plan.Test.LOSS) ? losses(size, most) : List.of();
        long longest = frames(most);
        long burst = has(Plan.Test.BACK_TO_BACK) ? burst(size, most, longest) : -1;
        return new SizeResult(size, most, throughput, latency, losses, burst, burst == longest);
    }

    private boolean has(Plan.Test test) {
        return plan.tests().contains(test);
    }

    /** 26.1: the highest rate without loss, by halving what it may be; null if there is none. */
    private Trial throughput(Trial flatOut, double most) {
        boolean isTried = flatOut.offered() <= most;
        if (isTried && passes(flatOut)) {
            return flatOut;
        }
        int size = flatOut.size();
        Trial best = null;
        double low = 0;
        double high = most;
        double rate = isTried ? most / 2 : most;
        while (high - low > plan.resolution() * most) {
            Trial passed = pass(size, rate);
            if (passed == null) {
                high = rate;
            } else {
                best = passed;
                low = rate;
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
            good = trial.lost() == 0 ? good + 1 : 0;
        }
        return trials;
    }

    /** 26.4: the longest burst without loss, by doubling up to one that is too long, and halving between these two. */
    private long burst(int size, double most, long longest) {
        long low = 0;
        long high = longest + 1; // the shortest that is known to be too long, or that is not tried
        while (high - low > Math.max(1, (long) (plan.resolution() * low))) {
            boolean isDoubling = high > longest;
            long frames = isDoubling ? Math.min(longest, Math.max(FIRST_BURST, 2 * low)) : low + (high - low) / 2;
            if (passesOnce(size, most, frames)) {
                low = frames;
            } else {
                high = frames;
            }
            if (low == longest) {
                break;
            }
        }
        return low;
    }

    private boolean passesOnce(int size, double rate, long frames) {
        for (int i = 0; i < plan.tries(); i++) {
            if (passes(run(Plan.Test.BACK_TO_BACK, size, rate, frames))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A trial without loss, out of a few; null if there is none. One that did not keep its rate, since this machine was busy, only
     * counts where none did.
     */
    private Trial pass(int size, double rate) {
        Trial best = null;
        boolean isLossy = false; // at that rate itself
        for (int i = 0; i < plan.tries() && !(best != null && isKept(best, rate)); i++) {
            Trial trial = run(Plan.Test.THROUGHPUT, size, rate);
            boolean passes = passes(trial);
            isLossy |= !passes && isKept(trial, rate);
            if (passes && (best == null || trial.offered() > best.offered())) {
                best = trial;
            }
        }
        return best != null && (isKept(best, rate) || !isLossy) ? best : null;
    }

    private static boolean isKept(Trial trial, double rate) {
        return trial.offered() >= KEPT * rate;
    }

    private boolean passes(Trial trial) {
        return trial.sent() > 0 && trial.loss() <= plan.tolerance();
    }

    private Trial run(Plan.Test test, int size, double rate) {
        return run(test, size, rate, rate == Trial.FLAT_OUT ? Long.MAX_VALUE : frames(rate));
    }

    private Trial run(Plan.Test test, int size, double rate, long frames) {
        // Who cannot keep a rate has half as much time again to send them all: what counts is what was offered.
        double seconds = rate == Trial.FLAT_OUT ? plan.seconds() : 1.5 * plan.seconds();
        Trial trial = tester.run(size, rate, frames, seconds);
        listener.accept(test, trial);
        return trial;
    }

    private long frames(double rate) {
        return Math.max(1, Math.round(rate * 1e6 * plan.seconds()));
    }
}
