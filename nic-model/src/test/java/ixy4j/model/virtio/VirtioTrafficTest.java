package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.virtio.Features;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random traffic through the driver, on devices that do as they should. {@code -Dixy4j.seeds=N} tries more. */
class VirtioTrafficTest {
    private static final int SEEDS = Integer.getInteger("ixy4j.seeds", 8);

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void framesOfUsualLengthsAllArrive(VirtioKind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Forwarding forwarding = run(kind, kind.options(seed), seed, Forwarding.USUAL);
            assertEquals(0, forwarding.device.stats().rxBroken(), kind + " seed " + seed);
        }
    }

    /** Also such that take several buffers: the driver may drop these, and must not take parts of them for frames. */
    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void longFramesArriveOrAreCounted(VirtioKind kind) {
        for (int seed = 0; seed < SEEDS && kind.has(Features.MRG_RXBUF); seed++) {
            run(kind, kind.options(seed), seed, 6000);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void queuesMayHaveMoreDescriptorsThanAreWanted(VirtioKind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(kind, kind.options(seed).queueSize(512, true), seed, Forwarding.USUAL);
        }
    }

    private static Forwarding run(VirtioKind kind, VirtioCardOptions options, int seed, int longest) {
        try {
            VirtioCard card = new VirtioCard(options.pairs(Forwarding.pairs(seed)));
            Forwarding forwarding = new Forwarding(card, seed, longest, true);
            forwarding.run(60);
            forwarding.drain();
            forwarding.checkDelivered();
            forwarding.checkCounts();
            forwarding.device.close();
            forwarding.checkEnd(kind + " seed " + seed);
            return forwarding;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(kind + " seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
