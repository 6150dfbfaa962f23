package ixy4j.bench.harness;

import ixy4j.IxyException;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.report.Machine;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Address;
import ixy4j.spi.DmaMemory;
import java.util.List;

/** What has to be there before anything is measured. */
final class Preconditions {
    static final long LEAST_MIB = 640; // the largest pool, its JVM and ours

    private static final int RINGS = 2 + 4; // huge pages: one for the driver's of each card, one for each of ours

    private Preconditions() {}

    /**
     * Checks that there is enough memory.
     *
     * @param cards their addresses; none for cards in memory
     */
    static void check(List<String> cards, List<Experiment> experiments) {
        checkMemory(Machine.availableMib());
        if (cards.stream().map(Address::parse).anyMatch(Address::isPci)) {
            checkHugePages(Machine.freeHugePages(), hugePages(experiments));
        }
    }

    /** How many huge pages the largest of their variants needs. */
    static long hugePages(List<Experiment> experiments) {
        int buffers = experiments.stream()
                .flatMap(experiment -> experiment.variants().stream())
                .filter(variant -> variant.what() != null)
                .mapToInt(variant -> variant.setup().poolSize())
                .max()
                .orElse(0);
        return buffers == 0 ? 0 : RINGS + (PacketPool.bytes(buffers) + DmaMemory.PAGE - 1) / DmaMemory.PAGE;
    }

    static void checkMemory(long availableMib) {
        if (availableMib < LEAST_MIB) {
            throw new IxyException("bench needs " + LEAST_MIB + " MiB of free memory, but there are " + availableMib
                    + " MiB: end other programs first");
        }
    }

    static void checkHugePages(long free, long needed) {
        if (free < needed) {
            throw new IxyException("bench needs " + needed + " huge pages of 2 MiB for these cards, but " + free
                    + " are free: reserve them as root, with echo " + 2 * needed + " > " + Machine.HUGE_PAGES
                    + "/nr_hugepages");
        }
    }
}
