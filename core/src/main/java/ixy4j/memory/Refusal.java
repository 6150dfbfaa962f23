package ixy4j.memory;

import java.util.Locale;

/** For drivers: why a queue is not opened, or does not take a pool or a batch. */
public final class Refusal {
    private Refusal() {}

    /** A receive queue has a buffer for each descriptor. */
    public static IllegalArgumentException poolTooSmall(String queue, int size, int available) {
        return new IllegalArgumentException(queue + " needs " + size + " free buffers, but the pool has " + available);
    }

    /** What is closed has no memory for a card. */
    public static IllegalStateException closedPool(String queue) {
        return new IllegalStateException(queue + " cannot be opened: its pool is closed");
    }

    /** A queue and its batches have one pool. */
    public static RuntimeException wrongPool(String queue, boolean closed) {
        return closed
                ? new IllegalStateException(queue + " is closed")
                : new IllegalArgumentException(
                        queue + " was opened with another pool than the batch is of: they must be the same");
    }

    /** A queue of a card that is closed, or has stopped. */
    public static IllegalStateException notOpen(String queue, String device, boolean closed) {
        return new IllegalStateException(queue + " cannot be opened: " + state(device, closed));
    }

    /** The card is closed; or it has stopped as a whole, as a virtio device does if one of its queues is closed. */
    public static IllegalStateException stopped(String device, boolean closed) {
        return new IllegalStateException(state(device, closed));
    }

    private static String state(String device, boolean closed) {
        return device
                + (closed
                        ? " is closed"
                        : " has stopped, since one of its queues, or its pool, was closed; open it again");
    }

    /** The index is out of range, or the queue is open. */
    public static IllegalArgumentException noSuchQueue(String device, String kind, int index, int count) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s queue %d of %s cannot be opened: it has %d, counted from 0, and each can be opened once",
                kind,
                index,
                device,
                count));
    }

    /** The pool was made for other cards. */
    public static IllegalArgumentException unreachable(String device) {
        return new IllegalArgumentException(
                device + " cannot reach the buffers of this pool: name the card when the pool is created");
    }
}
