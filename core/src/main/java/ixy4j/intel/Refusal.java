package ixy4j.intel;

import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;

/** Why a queue does not take a batch. */
final class Refusal {
    private Refusal() {}

    static RuntimeException of(String queue, PacketPool pool, PacketBatch batch) {
        return pool == null
                ? new IllegalStateException(queue + " is closed")
                : new IllegalArgumentException(queue + " works with " + pool + ", not with " + batch.pool()
                        + ": open queue and batch with the same pool");
    }
}
