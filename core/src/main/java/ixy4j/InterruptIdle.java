package ixy4j;

/** See {@link IdleStrategy#interrupt}. */
final class InterruptIdle extends SleepingIdle {
    InterruptIdle(Sleep sleep) {
        super(sleep);
    }

    @Override
    public void idle(int moved, int kept) {
        if (moved > 0) {
            sleep.worked();
        } else if (kept > 0) {
            sleep.rest();
        } else {
            sleep.sleep();
        }
    }
}
