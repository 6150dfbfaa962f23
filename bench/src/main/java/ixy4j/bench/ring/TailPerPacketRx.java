package ixy4j.bench.ring;

import ixy4j.memory.RawMemory;

/** Writes its tail for each packet. */
final class TailPerPacketRx extends PlainRx {
    TailPerPacketRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
    }

    @Override
    void taken(int index) {
        RawMemory.setIntRelease(tail, index);
    }

    @Override
    void handOver(int index) {
        // it was, packet by packet
    }
}
