package ixy4j.apps;

import ixy4j.Device;
import ixy4j.RxQueue;
import ixy4j.TxQueue;
import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;

/** Forwards between two cards, in both directions, on one thread. */
final class Forwarder implements PacketThread.Step {
    private final RxQueue leftRx;
    private final RxQueue rightRx;
    private final TxQueue leftTx;
    private final TxQueue rightTx;
    private final PacketBatch batch;
    private final boolean touch;
    long droppedToLeft; // frames that the left card had no room for
    long droppedToRight;

    Forwarder(Device left, Device right, PacketPool pool, int batchSize, boolean touch) {
        leftTx = left.txQueue(0, pool);
        rightTx = right.txQueue(0, pool);
        leftRx = left.rxQueue(0, pool);
        rightRx = right.rxQueue(0, pool);
        batch = pool.batch(batchSize);
        this.touch = touch;
    }

    @Override
    public boolean turn() {
        droppedToRight += forward(leftRx, rightTx);
        droppedToLeft += forward(rightRx, leftTx);
        return true;
    }

    /** Moves one batch; how many frames the other card had no room for. */
    private int forward(RxQueue in, TxQueue out) {
        final PacketBatch batch = this.batch;
        if (in.receive(batch) == 0) {
            return 0;
        }
        if (touch) {
            // As ixy does: a forwarder that reads no packet would be measured without the cache misses of a real one.
            for (int i = 0; i < batch.size(); i++) {
                batch.setByte(i, 1, (byte) (batch.getByte(i, 1) + 1));
            }
        }
        out.transmit(batch);
        return batch.free(); // to wait for room would only delay all that follows
    }
}
