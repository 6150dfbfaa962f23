package ixy4j.apps.traffic;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.TxQueue;

/** Sends what a source has, at a pace or as fast as can be. Used by one thread. */
public final class Sender {
    private final TxQueue queue;
    private final PacketBatch batch;
    private final FrameSource source;
    private final Pace pace; // null: none
    private final long count;
    private final int batchSize;
    private long begun; // frames that were put into the batch
    private long handedOver;

    /**
     * Makes one; it sends at {@link #turn}.
     *
     * @param batch of the queue's pool, empty
     * @param batchSize how many frames it has room for
     * @param pace null for none
     * @param count frames to send in all, {@link Long#MAX_VALUE} for as many as there are
     */
    public Sender(TxQueue queue, PacketBatch batch, int batchSize, FrameSource source, Pace pace, long count) {
        this.queue = queue;
        this.batch = batch;
        this.batchSize = batchSize;
        this.source = source;
        this.pace = pace;
        this.count = count;
    }

    /** Fills a batch and sends what there is room for; what is left of it goes with the next. Returns how many went. */
    public int turn() {
        fill();
        return transmit();
    }

    /** Fills the batch with what may be sent now. */
    public void fill() {
        long allowed = Math.min(count - begun, pace == null ? Long.MAX_VALUE : pace.allowed());
        long first = begun;
        while (allowed > 0 && batch.size() < batchSize && source.add(batch)) {
            begun++;
            allowed--;
        }
        if (pace != null) {
            pace.spend(begun - first);
        }
    }

    /** Sends what there is room for; how many frames went. */
    public int transmit() {
        int went = queue.transmit(batch);
        handedOver += went;
        return went;
    }

    /** Whether all was handed over that there was to send. */
    public boolean isDone() {
        return handedOver >= count || (batch.size() == 0 && source.isExhausted());
    }

    /** Frames that the card was given. */
    public long handedOver() {
        return handedOver;
    }
}
