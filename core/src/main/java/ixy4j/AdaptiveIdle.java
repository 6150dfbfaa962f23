package ixy4j;

/** See {@link IdleStrategy#adaptive}. */
final class AdaptiveIdle implements IdleStrategy {
    // A frame that finds its thread asleep waits for 20 to 50 µs, until that is awake. Where frames come closer to one
    // another than that, polling spares them the wait; where they do not, sleep saves the processor.
    private static final long SOON = 50_000; // ns of sleep, below which it would have been better to poll on
    private static final long LONGEST = 2 * SOON; // ns that it polls before it sleeps
    private static final long SHORTEST = LONGEST / 64;

    private final Sleep sleep;
    private long patience = LONGEST;
    private long idleSince; // 0 while there is work

    AdaptiveIdle(Sleep sleep) {
        this.sleep = sleep;
    }

    /** How long it polls for now before it sleeps, in ns. */
    long patience() {
        return patience;
    }

    @Override
    public void idle(int work) {
        if (work > 0) {
            idleSince = 0;
            sleep.worked();
        } else {
            rest(System.nanoTime());
        }
    }

    private void rest(long now) {
        if (idleSince == 0) {
            idleSince = now;
        } else if (now - idleSince < patience) {
            Thread.onSpinWait();
        } else {
            boolean soon = sleep.sleep() < SOON;
            patience = soon ? Math.min(LONGEST, 2 * patience) : Math.max(SHORTEST, patience / 2);
            idleSince = 0;
        }
    }

    @Override
    public void wake() {
        sleep.wake();
    }

    @Override
    public void close() {
        sleep.close();
    }
}
