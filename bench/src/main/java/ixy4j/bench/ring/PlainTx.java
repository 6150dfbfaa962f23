package ixy4j.bench.ring;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.TxQueue;

/** A transmit ring of an 82599 that writes its tail once a batch. The plain one, which others differ from in one thing. */
class PlainTx extends RingQueue implements TxQueue {
    private static final long COMMAND = TX_DATA | TX_EOP | TX_IFCS;

    private final int reportMask;
    private final int cleanBatch;
    private int next;
    private int clean;

    /**
     * An empty ring.
     *
     * @param reportEvery the card reports on each descriptor whose number and one is a multiple of this power of two
     * @param cleanBatch so many buffers are freed together; a multiple of it
     */
    PlainTx(RingMemory memory, Buffers buffers, int reportEvery, int cleanBatch) {
        super(memory, buffers);
        this.reportMask = reportEvery - 1;
        this.cleanBatch = cleanBatch;
    }

    @Override
    public int transmit(PacketBatch batch) {
        clean();
        final int[] packets = buffers(batch);
        final int[] lengths = lengths(batch);
        final int count = Math.min(batch.size(), (clean - next - 1) & mask);
        int index = next;
        for (int i = 0; i < count; i++) {
            long descriptor = ring + ((long) index << 4);
            long length = lengths[i];
            slots[index] = packets[i];
            RawMemory.setLong(descriptor, iova(buffers.pool, packets[i]));
            index = (index + 1) & mask;
            long report = (index & reportMask) == 0 ? COMMAND | TX_RS : COMMAND;
            RawMemory.setLong(descriptor + 8, report | length | length << TX_PAYLEN_SHIFT);
            put(index);
        }
        if (count > 0) {
            next = index;
            removeFirst(batch, count);
            handOver(index);
        }
        return count;
    }

    /** Takes back what was sent. */
    final void clean() {
        int clean = this.clean;
        while (((next - clean) & mask) >= cleanBatch) {
            long status = RawMemory.getLongAcquire(ring + ((long) (clean + cleanBatch - 1) << 4) + 8);
            if ((status & TX_DD) == 0) {
                break;
            }
            release(slots, clean, cleanBatch);
            clean = (clean + cleanBatch) & mask;
        }
        this.clean = clean;
    }

    /** Frames were sent. */
    void release(int[] slots, int start, int count) {
        buffers.give(slots, start, count);
    }

    /** A descriptor was written; the next one is this. */
    void put(int index) {
        // nothing: the tail is written for the whole batch
    }

    /** The batch is over; the next descriptor is this. */
    void handOver(int index) {
        RawMemory.setIntRelease(tail, index);
    }
}
