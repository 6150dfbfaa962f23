package ixy4j.bench.run;

import ixy4j.IdleStrategy;

/** The rule of DPDK's l3fwd-power: 10 polls without a frame, 290 more with a microsecond after each, then it sleeps. */
final class EmptyPollsIdle extends RuleIdle {
    private static final int POLLS = 300;
    private static final int FREE = 10; // polls without a wait
    private static final long PAUSE = 1000; // ns

    private int empty;

    EmptyPollsIdle(IdleStrategy sleep) {
        super(sleep);
    }

    @Override
    public void idle(int moved, int kept) {
        if (moved > 0) {
            empty = 0;
            sleep.idle(moved, kept);
        } else if (++empty > POLLS) {
            empty = 0;
            sleep.idle(0, kept);
        } else if (empty > FREE) {
            for (long end = System.nanoTime() + PAUSE; System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
        }
    }
}
