package ixy4j;

/** See {@link IdleStrategy#interrupt}. */
final class InterruptIdle implements IdleStrategy {
    private final Sleep sleep;

    InterruptIdle(Sleep sleep) {
        this.sleep = sleep;
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

    @Override
    public void wake() {
        sleep.wake();
    }

    @Override
    public void close() {
        sleep.close();
    }
}
