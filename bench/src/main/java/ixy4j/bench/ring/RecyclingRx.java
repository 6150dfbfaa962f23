package ixy4j.bench.ring;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;

/**
 * Leaves a descriptor empty when its frame is taken, until the transmit ring is done with a buffer and brings it. So a
 * buffer goes round between two rings, and no pool is between them.
 */
final class RecyclingRx extends PlainRx {
    private int empty; // the first descriptor without a buffer; all of them have one where it is next
    private RecyclingTx source;

    RecyclingRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
    }

    /** Where buffers come from. */
    void setSource(RecyclingTx transmitter) {
        source = transmitter;
    }

    @Override
    public int receive(PacketBatch batch) {
        final int first = batch.size();
        if (((next - empty) & mask) > mask / 2) {
            source.clean(); // a loop that received nothing transmits nothing, and nobody else would look for buffers
        }
        // One less than there are filled: those without a buffer still have their old DD.
        final int most = Math.min(batch.capacity() - first, mask - ((next - empty) & mask));
        final int[] ids = buffers(batch);
        final int[] lengths = lengths(batch);
        int index = next;
        int count = 0;
        while (count < most) {
            long status = RawMemory.getLongAcquire(ring + ((long) index << 4) + 8);
            if ((status & RX_DD) == 0) {
                break;
            }
            check(status);
            ids[first + count] = slots[index];
            lengths[first + count++] = (int) (status >>> RX_LENGTH_SHIFT) & 0xffff;
            index = (index + 1) & mask;
        }
        next = index;
        setSize(batch, first + count);
        return count;
    }

    /** Takes buffers that were sent, as many as were received before. */
    void bring(int[] ids, int start, int count) {
        int index = empty;
        for (int i = 0; i < count; i++) {
            refill(index, ids[start + i]);
            index = (index + 1) & mask;
        }
        empty = index;
        RawMemory.setIntRelease(tail, (index - 1) & mask);
    }
}
