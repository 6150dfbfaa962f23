package ixy4j.apps;

import ixy4j.Device;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;

/** Forwards between two cards, in both directions, on one thread. */
final class Forwarder implements PacketThread.Step {
    private final Direction there;
    private final Direction back;

    Forwarder(Device left, Device right, PacketPool pool, int batchSize, boolean touch) {
        TxQueue leftTx = left.txQueue(0, pool);
        TxQueue rightTx = right.txQueue(0, pool);
        there = new Direction(left.rxQueue(0, pool), rightTx, pool.batch(batchSize), touch);
        back = new Direction(right.rxQueue(0, pool), leftTx, pool.batch(batchSize), touch);
    }

    @Override
    public int turn() {
        return there.forward() + back.forward();
    }

    /** Hands over what it still has, for which the cards get 50 ms. */
    @Override
    public void end() {
        for (long start = System.nanoTime(); kept() > 0 && System.nanoTime() - start < 50_000_000; ) {
            there.flush();
            back.flush();
        }
    }

    /** What it receives from. */
    RxQueue[] queues() {
        return new RxQueue[] {there.in, back.in};
    }

    /** How many frames were received and not handed over. */
    @Override
    public int kept() {
        return there.batch.size() + back.batch.size();
    }

    private record Direction(RxQueue in, TxQueue out, PacketBatch batch, boolean touch) {
        /**
         * Moves one batch. Frames that the other card has no room for stay and go first the next time, so that none is
         * lost here: when this lasts, the first card runs out of descriptors, drops, and counts what it drops.
         *
         * @return how many frames were received or handed over
         */
        int forward() {
            int kept = batch.size();
            int came = in.receive(batch);
            if (touch) {
                // As ixy does: a forwarder that reads no frame would be measured without a real one's cache misses.
                for (int i = kept; i < batch.size(); i++) {
                    batch.set8(i, 1, batch.get8(i, 1) + 1);
                }
            }
            return came + flush();
        }

        int flush() {
            return batch.size() > 0 ? out.transmit(batch) : 0;
        }
    }
}
