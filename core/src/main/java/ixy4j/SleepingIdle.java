package ixy4j;

/** An idle strategy that sleeps at some time. */
abstract class SleepingIdle implements IdleStrategy {
    final Sleep sleep;

    SleepingIdle(Sleep sleep) {
        this.sleep = sleep;
    }

    @Override
    public final void wake() {
        sleep.wake();
    }

    @Override
    public final void close() {
        sleep.close();
    }
}
