package ixy4j.intel;

import ixy4j.memory.PacketPool;

/** Why a queue does not take a pool or a batch. */
final class Refusal {
    private Refusal() {}

    static IllegalArgumentException poolTooSmall(String queue, int size, PacketPool pool) {
        return new IllegalArgumentException(
                queue + " needs " + size + " free buffers, but the pool has " + pool.available());
    }

    static RuntimeException wrongPool(String queue, PacketPool pool) {
        return pool == null
                ? new IllegalStateException(queue + " is closed")
                : new IllegalArgumentException(
                        queue + " was opened with another pool than the batch is of: they must be the same");
    }
}
