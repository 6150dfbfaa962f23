package ixy4j.bench.ring;

import ixy4j.memory.RawMemory;

/** Writes its tail for each packet. */
final class TailPerPacketTx extends PlainTx {
    TailPerPacketTx(RingMemory memory, Buffers buffers, int reportEvery, int cleanBatch) {
        super(memory, buffers, reportEvery, cleanBatch);
    }

    @Override
    void put(int index) {
        RawMemory.setIntRelease(tail, index);
    }

    @Override
    void handOver(int index) {
        // it was, packet by packet
    }
}
