package ixy4j.virtio;

/** Bits of the device status field (2.1). */
public final class Status {
    public static final int ACKNOWLEDGE = 1;
    public static final int DRIVER = 2;
    public static final int DRIVER_OK = 4;
    public static final int FEATURES_OK = 8;

    /** The device gave up: it must be reset. */
    public static final int DEVICE_NEEDS_RESET = 64;

    /** The driver gave up. */
    public static final int FAILED = 128;

    private Status() {}
}
