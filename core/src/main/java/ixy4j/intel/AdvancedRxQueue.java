package ixy4j.intel;

import static ixy4j.intel.Descriptors.*;

import ixy4j.RxQueue;
import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;
import ixy4j.memory.RawMemory;

/**
 * A ring of advanced receive descriptors, one buffer a frame (82599 datasheet 7.1.9). We own the tail, the card the head:
 * it may fill the descriptors from head up to, not including, tail. We never read the head: a descriptor that is done
 * says so itself.
 */
public final class AdvancedRxQueue extends AdvancedQueue implements RxQueue {
    private static final long CHECKED = RX_EOP | RX_FRAME_ERRORS;
    private static final int HEADER = 14; // of Ethernet: a frame is not shorter
    private static final int LONGEST = PacketPool.ROOM - HEADER; // behind its header

    // What the CHECKED bits of a good frame are. While a frame that began in an earlier descriptor has not ended, a
    // value
    // that no status can have, so that the one comparison in the loop also finds the rest of that frame.
    private long good = RX_EOP;
    private long broken;
    private long poolEmpty;

    /**
     * Fills a ring with buffers; the card is to be given them with {@link #publish()}.
     *
     * @param ring our address of the descriptors
     * @param tail our address of the tail register
     * @throws IllegalArgumentException where the pool cannot fill it
     */
    public AdvancedRxQueue(String name, long ring, int size, long tail, PacketPool pool) {
        super(name, ring, size, tail, pool);
        if (pool.available() < size) {
            throw Refusal.poolTooSmall(name, size, pool);
        }
        pool.allocate(slots, 0, size);
        for (int i = 0; i < size; i++) {
            refill(pool, i, slots[i]);
        }
    }

    /** Hands the card all descriptors but the last: head and tail equal would mean none. The card's head must be 0. */
    public void publish() {
        RawMemory.setIntRelease(tail, slots.length - 1);
    }

    @Override
    public int receive(PacketBatch batch) {
        final PacketPool pool = this.pool;
        if (batch.pool() != pool) {
            throw Refusal.wrongPool(name, pool);
        }
        final int[] slots = this.slots;
        final int[] ids = batch.ids();
        final int[] lengths = batch.lengths();
        final int mask = slots.length - 1;
        final int first = batch.size();
        final int start = next;
        int index = start;
        int count = first;
        for (int left = ids.length - first; left > 0; left--) {
            // Acquire: what else the card wrote, the frame above all, is read after the bit that says it is written.
            long status = RawMemory.getLongAcquire(ring + ((long) index << 4) + 8);
            if ((status & RX_DD) == 0) {
                break;
            }
            int buffer = slots[index];
            int length = (int) (status >>> RX_LENGTH_SHIFT) & 0xffff;
            if ((status & CHECKED) == good && Integer.compareUnsigned(length - HEADER, LONGEST) <= 0) {
                int fresh = pool.allocate();
                if (fresh >= 0) {
                    ids[count] = buffer;
                    lengths[count++] = length;
                    buffer = fresh;
                } else {
                    poolEmpty++; // the frame is dropped: its buffer takes the next one
                }
            } else {
                drop(status);
            }
            refill(pool, index, buffer);
            index = (index + 1) & mask;
        }
        if (index != start) {
            next = index;
            batch.resize(count);
            // Release: the card sees the refilled descriptors before the tail that hands them over. One behind what we
            // took, since head and tail equal would mean none.
            RawMemory.setIntRelease(tail, (index - 1) & mask);
        }
        return count - first;
    }

    private void refill(PacketPool pool, int index, int buffer) {
        long descriptor = ring + ((long) index << 4);
        slots[index] = buffer;
        RawMemory.setLong(descriptor, pool.iova(buffer));
        RawMemory.setLong(descriptor + 8, 0); // no header buffer; clears DD
    }

    /** Counts a frame that cannot be delivered, once for all its descriptors. */
    private void drop(long status) {
        boolean ends = (status & RX_EOP) != 0;
        broken += ends ? 1 : 0;
        good = ends ? RX_EOP : -1;
    }

    /** Frames dropped since they had an error, spanned descriptors, or had an impossible length. */
    public long broken() {
        return broken;
    }

    /** Frames dropped since the pool was empty. */
    public long poolEmpty() {
        return poolEmpty;
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.free(slots, 0, slots.length);
            pool = null;
        }
    }
}
