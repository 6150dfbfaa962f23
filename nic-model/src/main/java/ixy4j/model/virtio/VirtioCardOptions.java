package ixy4j.model.virtio;

import ixy4j.MacAddress;
import ixy4j.virtio.Features;
import java.util.EnumMap;
import java.util.Map;

/**
 * How to make an emulated virtio device: as the specification wants it, with all that it can do, unless something else is
 * said. Each method changes one thing and returns this. A device keeps no reference to its options.
 */
public final class VirtioCardOptions {
    /** All features that the device can do. */
    public static final long ALL = Features.MTU
            | Features.MAC
            | Features.MRG_RXBUF
            | Features.STATUS
            | Features.CTRL_VQ
            | Features.CTRL_RX
            | Features.MQ
            | Features.CTRL_MAC_ADDR
            | Features.ANY_LAYOUT
            | Features.VERSION_1
            | Features.ACCESS_PLATFORM
            | Features.RING_PACKED
            | Features.IN_ORDER;

    String name = "virtio";
    long features = ALL;
    boolean legacy;
    int pairs = 1;
    int queueSize = 256;
    boolean fixedQueueSizes;
    MacAddress mac = new MacAddress(0x02_1a_f4_10_00_00L);
    int mtu = 1500;
    boolean spread;
    boolean wantsNotifications = true;
    int batch = 1;
    boolean outOfOrder;
    boolean strict = true;
    boolean promiscuous;
    long seed;
    final Map<Misbehaviour, Double> misbehaviours = new EnumMap<>(Misbehaviour.class);

    /** A device of the specification's version 1.2, with one pair of queues. */
    public VirtioCardOptions() {}

    /** The name in messages, which is also its address. */
    public VirtioCardOptions name(String text) {
        name = text;
        return this;
    }

    /** The features that it offers; a legacy device has room for the lower 32 of them. */
    public VirtioCardOptions features(long bits) {
        features = bits;
        return this;
    }

    /** It does not offer these. */
    public VirtioCardOptions without(long bits) {
        features &= ~bits;
        return this;
    }

    /** It has only the legacy interface, where the driver must take the size of queues as it is. */
    public VirtioCardOptions legacy() {
        legacy = true;
        fixedQueueSizes = true;
        return this;
    }

    /** How many pairs of queues it has, 1 to 64. */
    public VirtioCardOptions pairs(int number) {
        if (number < 1 || number > 64) {
            throw new IllegalArgumentException("a device has 1 to 64 pairs of queues, not " + number);
        }
        pairs = number;
        return this;
    }

    /** How many descriptors a queue has at most, and whether it must have as many. */
    public VirtioCardOptions queueSize(int descriptors, boolean fixed) {
        if (descriptors < 2 || descriptors > 1 << 15) {
            throw new IllegalArgumentException("a queue has 2 to 32768 descriptors (2.7), not " + descriptors);
        }
        queueSize = descriptors;
        fixedQueueSizes = fixed;
        return this;
    }

    /** Its address. */
    public VirtioCardOptions mac(MacAddress address) {
        mac = address;
        return this;
    }

    /** Its MTU, 68 to 65535 (5.1.4.1); where the driver takes that feature, longer frames are dropped. */
    public VirtioCardOptions mtu(int bytes) {
        mtu = bytes;
        return this;
    }

    /** Frames go to all pairs of queues in turn, not only to the first. */
    public VirtioCardOptions spread() {
        spread = true;
        return this;
    }

    /** Whether it sleeps until it is notified of buffers, as at the start, or asks for no notifications and polls. */
    public VirtioCardOptions wantsNotifications(boolean on) {
        wantsNotifications = on;
        return this;
    }

    /** With IN_ORDER, up to this many buffers are used by one entry (2.7.9, 2.8.8). */
    public VirtioCardOptions batch(int buffers) {
        batch = buffers;
        return this;
    }

    /** Without IN_ORDER, buffers are used in an order that follows from the seed; frames keep theirs. */
    public VirtioCardOptions outOfOrder() {
        outOfOrder = true;
        return this;
    }

    /** Whether descriptors are compared with what they were when the driver made them available; on at the start. */
    public VirtioCardOptions strict(boolean on) {
        strict = on;
        return this;
    }

    /** Whether it receives frames for all addresses after a reset, as QEMU's does. */
    public VirtioCardOptions promiscuous(boolean on) {
        promiscuous = on;
        return this;
    }

    /** What all its random choices follow from. */
    public VirtioCardOptions seed(long number) {
        seed = number;
        return this;
    }

    /** It misbehaves in this way, each time that it could, with a probability of 0 to 1. */
    public VirtioCardOptions misbehaves(Misbehaviour how, double probability) {
        misbehaviours.put(how, probability);
        return this;
    }
}
