package ixy4j.bench.run;

import ixy4j.IdleStrategy;

/** A rule for when to sleep, around a strategy that sleeps. */
abstract class RuleIdle implements IdleStrategy {
    final IdleStrategy sleep;

    RuleIdle(IdleStrategy sleep) {
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
