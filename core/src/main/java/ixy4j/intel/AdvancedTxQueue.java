package ixy4j.intel;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.TxQueue;

/**
 * A ring of advanced transmit descriptors, one buffer a frame (82599 datasheet 7.2.3.3). The descriptors from head up to,
 * not including, tail are the card's. It reports back only on the last of each {@link #CLEAN_BATCH}, which spares it, and
 * the line between the processor's cache and it, the other write-backs (7.2.3.5.1); WTHRESH must be 0 for this.
 */
public final class AdvancedTxQueue extends AdvancedQueue implements TxQueue {
    /** How many descriptors are reported on, and their buffers freed, together. */
    public static final int CLEAN_BATCH = 32;

    private static final long COMMAND = TX_DATA | TX_EOP | TX_IFCS;

    // The least that PAYLEN may say (Linux's ixgbe_xmit_frame); the card fills up the rest.
    private static final int SHORTEST = 17;

    // Without FCS and VLAN tag, as on receive; the card itself has no limit here.
    private static final int LONGEST = 1514;

    private long wrongLength;
    private long unsent;
    int clean; // the first descriptor whose buffer is not back in the pool, a multiple of CLEAN_BATCH

    /** An empty ring; the card's head and tail must be 0. */
    public AdvancedTxQueue(String name, long ring, int size, long tail, Runnable stop) {
        super(name, ring, size, tail, stop);
    }

    /** Opens it with a pool. */
    public void open(PacketPool pool) {
        use(pool);
    }

    @Override
    public int transmit(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        final int dropped = isOdd(batch) ? mend(batch) : 0;
        clean(pool);
        final int[] slots = this.slots;
        final int[] buffers = buffers(batch);
        final int[] lengths = lengths(batch);
        final int mask = slots.length - 1;
        // One descriptor stays free: a full ring would have head and tail equal, as an empty one has.
        final int count = Math.min(batch.size(), (clean - next - 1) & mask);
        int index = next;
        for (int i = 0; i < count; i++) {
            long descriptor = ring + ((long) index << 4);
            int buffer = buffers[i];
            long length = lengths[i];
            slots[index] = buffer;
            RawMemory.setLong(descriptor, iova(pool, buffer));
            index = (index + 1) & mask;
            long report = (index & (CLEAN_BATCH - 1)) == 0 ? COMMAND | TX_RS : COMMAND;
            RawMemory.setLong(descriptor + 8, report | length | length << TX_PAYLEN_SHIFT);
        }
        if (count > 0) {
            next = index;
            packets += count;
            removeFirst(batch, count);
            // Release: the card sees the descriptors, and we wrote the frames, before the tail that hands them over.
            RawMemory.setIntRelease(tail, index);
        }
        return count + dropped;
    }

    /** Drops frames that are too long, and lengthens those that the card would not fill up; how many were dropped. */
    private int mend(PacketBatch batch) {
        int dropped = dropLong(batch, LONGEST);
        wrongLength += dropped;
        fillShort(batch, SHORTEST);
        return dropped;
    }

    /** Gives the buffers of frames that were sent back to the pool, a whole batch at a time. */
    private void clean(PacketPool pool) {
        final int mask = slots.length - 1;
        int clean = this.clean;
        while (((next - clean) & mask) >= CLEAN_BATCH) {
            // Acquire: nothing is written to a buffer before the card is seen to be done with it.
            long status = RawMemory.getLongAcquire(ring + ((long) (clean + CLEAN_BATCH - 1) << 4) + 8);
            if ((status & TX_DD) == 0) {
                break;
            }
            free(pool, slots, clean, CLEAN_BATCH);
            clean = (clean + CLEAN_BATCH) & mask;
        }
        this.clean = clean;
    }

    /** What the card's head is once all frames are sent. */
    public int end() {
        return next;
    }

    /**
     * The card has stopped.
     *
     * @param head of the ring: frames from there on were not sent; -1 if the card is gone, and nobody knows of any
     */
    public void stopped(int head) {
        if (isOpen()) {
            int mask = slots.length - 1;
            int left = (next - clean) & mask;
            unsent += head == -1 ? left : Math.min(left, (next - head) & mask);
            release();
        }
    }

    @Override
    protected void giveBack(PacketPool pool) {
        for (; clean != next; clean = (clean + 1) & (slots.length - 1)) {
            free(pool, slots[clean]);
        }
    }

    /** Frames that were dropped since they were too long. */
    public long wrongLength() {
        return wrongLength;
    }

    @Override
    public long dropped() {
        return wrongLength + unsent;
    }

    /** Frames that had not been sent when the card was stopped. */
    public long unsent() {
        return unsent;
    }
}
