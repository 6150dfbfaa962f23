package ixy4j;

/** See {@link IdleStrategy#adaptive}. */
final class AdaptiveIdle extends SleepingIdle {
    // A frame that finds its thread asleep waits for 20 to 50 µs, until that is awake. Where frames come closer to one
    // another than that, polling spares them the wait; where they do not, sleep saves the processor.
    private static final long SOON = 50_000; // ns of sleep, below which it would have been better to poll on
    private static final long LONGEST = 2 * SOON; // ns that it polls before it sleeps
    private static final long SHORTEST = LONGEST / 64;
    private static final int FREE =
            8; // turns without a frame before it looks at the clock: there are some under load too

    private long patience = LONGEST;
    private int empty; // turns since there was work, up to FREE
    private long idleSince; // 0 while there is work
    private long slept; // since there was work, in ns

    AdaptiveIdle(Sleep sleep) {
        super(sleep);
    }

    /** How long it polls for now before it sleeps, in ns. */
    long patience() {
        return patience;
    }

    @Override
    public void idle(int moved, int kept) {
        if (moved > 0) {
            if (empty > 0) {
                workAgain();
            }
        } else if (empty < FREE) {
            empty++;
        } else if (kept > 0) {
            sleep.rest();
        } else {
            pollOrSleep(System.nanoTime());
        }
    }

    private void workAgain() {
        empty = 0;
        idleSince = 0;
        sleep.worked();
        if (slept > 0) {
            learn();
        }
    }

    private void pollOrSleep(long now) {
        if (idleSince == 0) {
            idleSince = now;
        } else if (now - idleSince < patience) {
            Thread.onSpinWait();
        } else {
            slept += sleep.sleep();
        }
    }

    /** From what came in the end, not from each time that it woke: some wake-ups are for frames that were taken already. */
    private void learn() {
        patience = slept < SOON ? Math.min(LONGEST, 2 * patience) : Math.max(SHORTEST, patience / 2);
        slept = 0;
    }
}
