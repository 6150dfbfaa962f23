package ixy4j.bench.ring;

/** Brings buffers that were sent straight to the receive ring that they came from. */
final class RecyclingTx extends PlainTx {
    private final RecyclingRx from;

    RecyclingTx(RingMemory memory, Buffers buffers, int reportEvery, int cleanBatch, RecyclingRx from) {
        super(memory, buffers, reportEvery, cleanBatch);
        this.from = from;
        from.setSource(this);
    }

    @Override
    void release(int[] slots, int start, int count) {
        from.bring(slots, start, count);
    }
}
