package ixy4j;

/**
 * How to set a card up.
 *
 * @param rxQueues receive queues, 1 to 64
 * @param txQueues transmit queues, 1 to 64
 * @param ringSize descriptors in each ring, a power of two from 64 to 4096
 * @param promiscuous whether to receive frames for all addresses
 * @param force whether to take a card that the kernel's network stack uses
 * @param moderation at least so many µs between two interrupts of a receive queue, where somebody waits for them: 0 to 1000,
 *     which an 82599 rounds up to an even number. What comes meanwhile wakes once. Virtio devices have 0 only
 */
public record DeviceOptions(
        int rxQueues, int txQueues, int ringSize, boolean promiscuous, boolean force, int moderation) {
    /** One queue each way, 512 descriptors, promiscuous, no card that is in use, no moderation. */
    public static final DeviceOptions DEFAULT = new DeviceOptions(1, 1, 512, true, false, 0);

    /** Checks the ranges. */
    public DeviceOptions {
        if (Math.min(rxQueues, txQueues) < 1 || Math.max(rxQueues, txQueues) > 64) {
            throw new IllegalArgumentException(
                    "a card has 1 to 64 queues each way, not " + rxQueues + " and " + txQueues);
        }
        if (ringSize < 64 || ringSize > 4096 || Integer.bitCount(ringSize) != 1) {
            throw new IllegalArgumentException("a ring has 64 to 4096 descriptors, a power of two, not " + ringSize);
        }
        if (moderation < 0 || moderation > 1000) {
            throw new IllegalArgumentException("interrupts are 0 to 1000 µs apart, not " + moderation);
        }
    }

    /** The same with other numbers of queues. */
    public DeviceOptions withQueues(int rx, int tx) {
        return new DeviceOptions(rx, tx, ringSize, promiscuous, force, moderation);
    }

    /** The same with another number of descriptors in each ring. */
    public DeviceOptions withRingSize(int descriptors) {
        return new DeviceOptions(rxQueues, txQueues, descriptors, promiscuous, force, moderation);
    }

    /** The same, promiscuous or not. */
    public DeviceOptions withPromiscuous(boolean on) {
        return new DeviceOptions(rxQueues, txQueues, ringSize, on, force, moderation);
    }

    /** The same, taking a card in use or not. */
    public DeviceOptions withForce(boolean on) {
        return new DeviceOptions(rxQueues, txQueues, ringSize, promiscuous, on, moderation);
    }

    /** The same with another least time between interrupts, in µs. */
    public DeviceOptions withModeration(int micros) {
        return new DeviceOptions(rxQueues, txQueues, ringSize, promiscuous, force, micros);
    }
}
