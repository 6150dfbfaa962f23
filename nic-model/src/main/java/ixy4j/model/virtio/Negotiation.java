package ixy4j.model.virtio;

import ixy4j.virtio.Features;
import ixy4j.virtio.Status;

/** The device status field and the features, through which a driver goes in a fixed order (2.1, 2.2, 3.1). */
final class Negotiation {
    private static final int KNOWN = Status.ACKNOWLEDGE
            | Status.DRIVER
            | Status.DRIVER_OK
            | Status.FEATURES_OK
            | Status.DEVICE_NEEDS_RESET
            | Status.FAILED;

    private final VirtioCard card;
    private final long offered;
    private final boolean legacy;
    private int status;
    private long features;
    private boolean featuresSet;
    private String refusal; // why FEATURES_OK stayed off

    Negotiation(VirtioCard card, VirtioCardOptions options) {
        this.card = card;
        legacy = options.legacy;
        offered = legacy ? options.features & 0xffff_ffffL : options.features;
    }

    long offered() {
        return offered;
    }

    boolean isLegacy() {
        return legacy;
    }

    void reset() {
        status = 0;
        features = 0;
        featuresSet = false;
        refusal = null;
    }

    int status() {
        return status;
    }

    boolean has(int bit) {
        return (status & bit) != 0;
    }

    boolean hasFeature(long feature) {
        return (features & feature) != 0;
    }

    /** Why the features were not good enough; null if they were. */
    String refusal() {
        return refusal;
    }

    /** Whether the features are known from now on, and with them the number of queues. */
    boolean isDone() {
        return legacy ? featuresSet : has(Status.FEATURES_OK);
    }

    /** The device gives up. */
    void needsReset() {
        status |= Status.DEVICE_NEEDS_RESET;
    }

    void setFeatures(long taken) {
        if (!has(Status.DRIVER)) {
            throw card.fail("features are set while the status is " + status + ": DRIVER (2) comes before (3.1.1)");
        }
        if (has(Status.FEATURES_OK) || has(Status.DRIVER_OK)) {
            throw card.fail("features are set while the status is " + status
                    + ": only a reset lets them be negotiated again (2.2, 3.1.1)");
        }
        String wrong = FeatureRules.wrong(taken, offered);
        if (legacy && wrong != null) {
            throw card.fail(wrong + "; a legacy device cannot refuse");
        }
        features = taken;
        featuresSet = true;
    }

    /** Takes a status other than 0. */
    void write(int next) {
        if ((next & ~KNOWN) != 0 || (next & Status.DEVICE_NEEDS_RESET & ~status) != 0) {
            throw card.fail("the status is written " + next + ", with bits that a driver does not set (2.1)");
        }
        int cleared = status & ~next & ~Status.DEVICE_NEEDS_RESET;
        if (cleared != 0) {
            throw card.fail("the status is written " + next + " while it is " + status
                    + ": a driver must not clear a bit," + " but reset the device by writing 0 (2.1.1)");
        }
        int set = next & ~status;
        if (has(Status.FAILED) && set != 0) {
            throw card.fail("the status is written " + next + " after FAILED: a reset comes before (2.1.1)");
        }
        checkOrder(next, set);
        status |= set;
        if ((set & Status.FEATURES_OK) != 0) {
            refuseOrNot();
        }
    }

    private void checkOrder(int next, int set) {
        int needed = 0;
        if ((set & Status.DRIVER) != 0) {
            needed |= Status.ACKNOWLEDGE;
        }
        if ((set & Status.FEATURES_OK) != 0) {
            needed |= Status.ACKNOWLEDGE | Status.DRIVER;
            if (legacy) {
                throw card.fail("FEATURES_OK is set, which the legacy interface does not have (3.1.2)");
            }
        }
        if ((set & Status.DRIVER_OK) != 0) {
            needed |= Status.ACKNOWLEDGE | Status.DRIVER | (legacy ? 0 : Status.FEATURES_OK);
        }
        // In steps: what is needed was there before, but for DRIVER, which nothing keeps from coming with ACKNOWLEDGE.
        int before = status | (set & Status.ACKNOWLEDGE);
        if ((needed & ~before) != 0) {
            throw card.fail("the status is written " + next + " while it is " + status + ": bits " + (needed & ~before)
                    + " must be set before (3.1.1)" + (refusal == null ? "" : "; FEATURES_OK was refused: " + refusal));
        }
    }

    private void refuseOrNot() {
        refusal = card.mischief().strikes(Misbehaviour.FEATURES_REFUSED)
                ? "as it was told to"
                : FeatureRules.wrong(features, offered);
        if (refusal != null) {
            status &= ~Status.FEATURES_OK;
        }
    }

    /** How long the header of a frame is: without its last field for old drivers (5.1.6.1). */
    int headerSize() {
        return !legacy || hasFeature(Features.MRG_RXBUF) ? 12 : 10;
    }
}
