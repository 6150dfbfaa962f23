package ixy4j.bench.harness;

import ixy4j.bench.report.Machine;
import ixy4j.linux.IxyException;

/** What has to be there before anything is measured. */
final class Preconditions {
    static final long LEAST_MIB = 640; // the largest pool, its JVM and ours

    private Preconditions() {}

    static void checkMemory() {
        checkMemory(Machine.availableMib());
    }

    static void checkMemory(long availableMib) {
        if (availableMib < LEAST_MIB) {
            throw new IxyException("bench needs " + LEAST_MIB + " MiB of free memory, but there are " + availableMib
                    + " MiB: end other programs first");
        }
    }
}
