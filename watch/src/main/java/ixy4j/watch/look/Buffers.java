package ixy4j.watch.look;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;

/** The way to the buffers of batches and pools, which queues alone have. This one is never opened. */
public final class Buffers extends PacketQueue {
    private Buffers() {
        super("nobody's queue");
    }

    /** The numbers of the buffers in a batch. */
    public static int[] in(PacketBatch batch) {
        int[] numbers = new int[batch.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = index(buffers(batch)[i]);
        }
        return numbers;
    }

    /** The number of a buffer in its pool. */
    public static int number(int buffer) {
        return index(buffer);
    }

    /** Our address of the frame in a buffer. */
    public static long addressOf(PacketPool pool, int buffer) {
        return address(pool, buffer);
    }

    @Override
    public void close() {
        // it was never opened
    }

    @Override
    protected void giveBack(PacketPool pool) {
        // it has none
    }
}
