package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.model.DriverMistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the driver makes of devices that do what they must not do. Frames are right, or dropped and counted, or it ends with
 * an {@link IxyException} of one line; and each buffer is back in its pool at the end, where pools watch for those that
 * are given back twice. {@code -Dixy4j.seeds=N} tries more.
 */
class MisbehavingVirtioTest {
    private static final int SEEDS = Integer.getInteger("ixy4j.seeds", 8);

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void eachMisbehaviourAlone(Misbehaviour how) {
        int struck = 0;
        for (VirtioKind kind : VirtioKind.values()) {
            for (int seed = 0; seed < seeds(how, kind); seed++) {
                double probability = new double[] {1, 0.3, 0.03, 0.01}[seed % 4];
                struck += run(kind.options(seed).misbehaves(how, probability), how);
            }
        }
        assertTrue(struck > 0, how + " never struck");
    }

    /** A device that does not answer costs a second each time. */
    private static int seeds(Misbehaviour how, VirtioKind kind) {
        boolean few = kind == VirtioKind.LEGACY || kind == VirtioKind.SPLIT || kind == VirtioKind.PACKED;
        return how != Misbehaviour.CONTROL_SILENT ? SEEDS : few ? 1 : 0;
    }

    @Test
    @Timeout(120)
    void allTogether() {
        for (VirtioKind kind : VirtioKind.values()) {
            for (int seed = 0; seed < 2 * SEEDS; seed++) {
                VirtioCardOptions options = kind.options(seed);
                for (Misbehaviour how : Misbehaviour.values()) {
                    options.misbehaves(how, how == Misbehaviour.CONTROL_SILENT ? 0 : 0.01);
                }
                run(options, null);
            }
        }
    }

    /** Forwards on such a device; how often it misbehaved. */
    private static int run(VirtioCardOptions options, Misbehaviour how) {
        String what = how + " of " + options.name;
        VirtioCard card = new VirtioCard(options.pairs(Forwarding.pairs(options.seed)));
        Forwarding forwarding = null;
        try {
            forwarding =
                    new Forwarding(card, options.seed, Forwarding.USUAL, how != Misbehaviour.USED_TWICE && how != null);
            forwarding.run(40);
            forwarding.drain();
            checkCounts(forwarding, how);
        } catch (RuntimeException e) {
            checkException(what, card, e);
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
        if (forwarding != null) {
            try {
                forwarding.device.close();
            } catch (RuntimeException e) {
                checkException(what, card, e);
            }
            forwarding.checkEnd(what);
        }
        return how == null ? 0 : card.count(how);
    }

    /** Where each frame came in a buffer that came back, it was delivered or counted. */
    private static void checkCounts(Forwarding forwarding, Misbehaviour how) {
        forwarding.checkDelivered();
        switch (how) {
            case null -> {}
            case USED_LENGTH_TOO_LONG, USED_LENGTH_ZERO, USED_LENGTH_SHORT, NUM_BUFFERS_ZERO, NUM_BUFFERS_HUGE ->
                forwarding.checkCounts();
            default -> {}
        }
    }

    private static void checkException(String what, VirtioCard card, RuntimeException e) {
        // How many pairs there are to be is what the user asks for: an error of use.
        boolean pairs = card.count(Misbehaviour.PAIRS_ZERO) > 0 && e instanceof IllegalArgumentException;
        if (e instanceof DriverMistake || !(e instanceof IxyException || pairs)) {
            throw new AssertionError(what + ": " + e, e);
        }
        assertNotNull(e.getMessage(), what);
        assertFalse(e.getMessage().contains("\n"), what + ": " + e.getMessage());
        assertTrue(e.getMessage().length() > 30, what + ": " + e.getMessage());
    }
}
