package ixy4j.bench.harness;

import ixy4j.bench.plan.Variant;
import ixy4j.bench.run.Outcome;

/** Who runs a variant once. */
interface Runs {
    /**
     * Runs it, which takes seconds.
     *
     * @throws RunFailed if it gave nothing
     * @throws InterruptedException if the user has had enough
     */
    Outcome run(Variant variant) throws RunFailed, InterruptedException;
}
