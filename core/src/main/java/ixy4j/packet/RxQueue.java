package ixy4j.packet;

import ixy4j.IxyException;

/** A receive queue of a card, for one thread. */
public interface RxQueue extends AutoCloseable {
    /**
     * Puts frames that have arrived into a batch, behind those in it, as far as it has room; never waits. Frames with an
     * error, frames longer than a buffer, and frames that find the pool empty are dropped and counted.
     *
     * @return how many were put
     * @throws IllegalArgumentException if the batch is of another pool than this queue
     * @throws IllegalStateException if the queue is closed
     */
    int receive(PacketBatch batch);

    /**
     * How a thread can sleep until it has frames. The first call for an Intel card sets its interrupts up.
     *
     * @throws ixy4j.IxyException if the card, or the way to it, has no interrupts
     */
    default RxInterrupt interrupt() {
        throw new IxyException(this + " has no interrupts: poll");
    }

    /**
     * Stops this queue, and returns its buffers to the pool; by any thread, at any time, and more than once. A virtio device
     * stops as a whole. A call that is under way ends as any other, or with an exception. What is no queue of a card, such as
     * one of a test, need not stop anything.
     */
    @Override
    default void close() {}
}
