package ixy4j.model.virtio;

/**
 * What a device can do wrong, on purpose, to see what a driver makes of it. All but {@link #USED_TWICE} can be seen by a
 * driver that looks: identifiers and lengths are impossible, not only wrong.
 */
public enum Misbehaviour {
    /** The used index moves by more buffers than the device has; only split virtqueues have one. */
    USED_INDEX_JUMPS,
    /** A buffer is used by an identifier that the queue cannot have. */
    USED_ID_OUT_OF_RANGE,
    /** A buffer is used by an identifier that the device was not given; or was, but has used already. */
    USED_ID_NOT_IN_FLIGHT,
    /** A buffer is used twice, the second time with nothing new in it. A driver that gave it again meanwhile cannot tell. */
    USED_TWICE,
    /** More bytes than the buffer has are said to be written. */
    USED_LENGTH_TOO_LONG,
    /** Nothing is said to be written. */
    USED_LENGTH_ZERO,
    /** Fewer bytes than the header has are said to be written. */
    USED_LENGTH_SHORT,
    /** A received frame is said to be in no buffer. */
    NUM_BUFFERS_ZERO,
    /** A received frame is said to be in more buffers than the queue has. */
    NUM_BUFFERS_HUGE,
    /** A buffer of a frame never comes back; with IN_ORDER, nor does any that follows. */
    NEVER_RETURNED,
    /** The device gives up in the middle: DEVICE_NEEDS_RESET. */
    NEEDS_RESET,
    /** A command is never answered. */
    CONTROL_SILENT,
    /** A command is not done, and answered by an error. */
    CONTROL_ERROR,
    /** The device's own address is a group address. */
    MAC_MULTICAST,
    /** There are 0 pairs of queues, as the configuration has it. */
    PAIRS_ZERO,
    /** The MTU is 0, as the configuration has it. */
    MTU_ZERO,
    /** A queue that must be there has a size of 0. */
    QUEUE_SIZE_ZERO,
    /** The size of queues is no power of two. */
    QUEUE_SIZE_ODD,
    /** No set of features is good enough. */
    FEATURES_REFUSED,
    /** A reset does not end in time. */
    RESET_HANGS
}
