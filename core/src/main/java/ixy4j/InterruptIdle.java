package ixy4j;

/** See {@link IdleStrategy#interrupt}. */
final class InterruptIdle implements IdleStrategy {
    private final Sleep sleep;

    InterruptIdle(Sleep sleep) {
        this.sleep = sleep;
    }

    @Override
    public void idle(int work) {
        if (work > 0) {
            sleep.worked();
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
