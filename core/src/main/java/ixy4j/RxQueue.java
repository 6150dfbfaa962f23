package ixy4j;

import ixy4j.memory.PacketBatch;

/** A receive queue of a card, for one thread. */
public interface RxQueue {
    /**
     * Puts frames that have arrived into a batch, behind those in it, as far as it has room; never waits. Frames with an
     * error, frames longer than a buffer, and frames that find the pool empty are dropped and counted.
     *
     * @return how many were put
     * @throws IllegalArgumentException where the batch is of another pool than this queue
     * @throws IllegalStateException where the queue is closed
     */
    int receive(PacketBatch batch);
}
