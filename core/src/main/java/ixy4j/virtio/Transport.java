package ixy4j.virtio;

import ixy4j.IxyException;
import ixy4j.spi.DmaTarget;

/**
 * The way to a virtio device: registers of a PCI function, messages to another process, or calls within this one. What
 * it carries is the same for all (Virtual I/O Device 1.2, 4: Virtio Transport Options). Belongs to one thread at a time, but for
 * {@link #notify}, which each queue's thread calls, and {@link #isConnected}.
 */
public interface Transport extends DmaTarget, AutoCloseable {
    /** The address that the user typed, for messages. */
    String address();

    /** Whether only the interface from before version 1.0 is there (1.3.1: legacy). */
    boolean isLegacy();

    /** The feature bits that the device offers (2.2). */
    long features();

    /** The feature bits that the driver takes, a part of those offered. */
    void setFeatures(long features);

    /** The device status field (2.1). */
    int status();

    /**
     * Writes the device status field. 0 resets the device, and this returns when that is done: it uses no queue any more.
     *
     * @throws IxyException if the reset does not end in time
     */
    void setStatus(int status);

    /** A field of the device configuration space (2.5), 1 or 2 bytes. */
    int config(int offset, int bytes);

    /** Writes a byte of the device configuration space, where the device allows it. */
    void setConfig(int offset, int value);

    /** How many descriptors a virtqueue has at most, 0 if there is none of this number; not before features are set. */
    int queueSize(int queue);

    /** Whether {@link Virtqueue#size} must be what {@link #queueSize} says; otherwise it may be less. */
    boolean hasFixedQueueSizes();

    /** Tells the device where a virtqueue is, and enables it (4.1.5.1.3). Its structures are as the driver starts them. */
    void enableQueue(Virtqueue queue);

    /** Tells the device that a virtqueue has new buffers (4.1.5.2, Available Buffer Notifications). */
    void notify(int queue);

    /**
     * Has the device signal eventfds from now on, one for each receive queue, when it has used buffers of a queue whose driver wants
     * to be interrupted (2.7.7, 2.8.10). Called once, before the queues are enabled (4.1.4.3.2). They are open until this is
     * closed, which makes them readable.
     *
     * @param receiveQueues how many there are: virtqueues 0, 2, and so on
     * @return their descriptors
     * @throws IxyException if this way has no interrupts
     */
    default int[] interrupts(int receiveQueues) {
        throw new IxyException(address() + " has no interrupts this way: poll");
    }

    /** Whether whoever plays the device is still there. Asked by any thread. */
    default boolean isConnected() {
        return true;
    }

    /** Has this run, on any thread, when {@link #isConnected} becomes false. */
    default void onDisconnect(Runnable action) {}

    /**
     * Connects to a device that went away: memory is mapped again, the device is in its state after a reset.
     *
     * @return whether there is one again
     * @throws IxyException if that is not to be tried
     */
    default boolean reconnect() {
        return true;
    }

    /** How often something connected that did not talk as such a device does, and was sent away; for any thread. */
    default long strangers() {
        return 0;
    }

    /** Lets go of the device, which was reset before; may be called twice. */
    @Override
    void close();
}
