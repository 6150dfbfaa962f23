package ixy4j.virtio;

/** Feature bits of network devices (5.1.3) and of all devices (6). */
public final class Features {
    /** The device has an MTU. */
    public static final long MTU = 1L << 3;

    /** The device has a MAC address. */
    public static final long MAC = 1L << 5;

    /** Frames may come in several buffers. */
    public static final long MRG_RXBUF = 1L << 15;

    /** The device tells of its link. */
    public static final long STATUS = 1L << 16;

    /** There is a control queue. */
    public static final long CTRL_VQ = 1L << 17;

    /** The control queue takes commands about receive modes. */
    public static final long CTRL_RX = 1L << 18;

    /** There may be several pairs of queues, which the control queue enables. */
    public static final long MQ = 1L << 22;

    /** The control queue takes a MAC address. */
    public static final long CTRL_MAC_ADDR = 1L << 23;

    /** Descriptors may split a frame and its header as they like; always so with {@link #VERSION_1}. */
    public static final long ANY_LAYOUT = 1L << 27;

    /** Version 1.0 or newer. */
    public static final long VERSION_1 = 1L << 32;

    /** The device reaches memory through what the platform has for that, an IOMMU. */
    public static final long ACCESS_PLATFORM = 1L << 33;

    /** Packed virtqueues. */
    public static final long RING_PACKED = 1L << 34;

    /** The device uses buffers in the order in which they were made available. */
    public static final long IN_ORDER = 1L << 35;

    private Features() {}
}
