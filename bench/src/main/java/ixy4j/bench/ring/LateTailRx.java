package ixy4j.bench.ring;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;

/**
 * Writes its tail for 32 descriptors together as long as there are more frames than a batch takes, and otherwise for all
 * that it has, as the driver does.
 */
class LateTailRx extends PlainRx {
    private static final int LATE = 32;

    int handedOver; // the next descriptor when the tail was written last

    LateTailRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
    }

    @Override
    public int receive(PacketBatch batch) {
        int room = batch.capacity() - batch.size();
        int count = super.receive(batch);
        handOverIfDue(count < room);
        return count;
    }

    final void handOverIfDue(boolean isEmpty) {
        int waiting = (next - handedOver) & mask;
        if (waiting >= LATE || (waiting > 0 && isEmpty)) {
            complete();
            RawMemory.setIntRelease(tail, (next - 1) & mask);
            handedOver = next;
        }
    }

    /** What is still to be done before the tail is written. */
    void complete() {
        // nothing: descriptors are refilled at once
    }

    @Override
    void handOver(int index) {
        // it waits
    }
}
