package ixy4j.intel;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;

/**
 * A ring of advanced receive descriptors, one buffer a frame (82599 datasheet 7.1.9). We own the tail, the card the head:
 * it may fill the descriptors from head up to, not including, tail. We never read the head: a descriptor that is done
 * says so itself.
 */
public final class AdvancedRxQueue extends AdvancedQueue implements RxQueue {
    private static final long CHECKED = RX_DD | RX_EOP | RX_FRAME_ERRORS;
    private static final long GOOD = RX_DD | RX_EOP;
    private static final int TAIL_BATCH = 32; // descriptors that are kept back, at most, and a sixteenth of the ring
    private static final int WORTH_COPYING = 8; // frames: below, to begin a bulk copy takes longer than it saves
    private static final int SHORTEST = 60; // bytes of a frame, without FCS
    private static final int RANGE = 1518 - SHORTEST; // to the longest, which has a VLAN tag

    // What the CHECKED bits of a good frame are. While a frame that began in an earlier descriptor has not ended, it is
    // a value that no status can have, so that the one comparison in the loop also finds the rest of that frame.
    private long good = GOOD;
    private int handedOver; // what next was when the tail was last written
    private long broken;
    private long poolEmpty;
    private long unread;

    /**
     * An empty ring.
     *
     * @param ring our address of the descriptors
     * @param size how many they are, a power of two
     * @param tail our address of the tail register
     * @param stop has the card stop using it, and then calls {@link #stopped()}
     */
    public AdvancedRxQueue(String name, long ring, int size, long tail, Runnable stop) {
        super(name, ring, size, tail, stop);
    }

    /**
     * Fills the ring with buffers; the card is to be given them with {@link #publish()}.
     *
     * @throws IllegalArgumentException if the pool has too few
     */
    public void open(PacketPool pool) {
        fill(pool, slots, slots.length);
        for (int i = 0; i < slots.length; i++) {
            refill(pool, i, slots[i]);
        }
        use(pool);
    }

    /** Hands the card all descriptors but the last: head and tail equal would mean none. The card's head must be 0. */
    public void publish() {
        RawMemory.setIntRelease(tail, slots.length - 1);
    }

    @Override
    public int receive(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        // In two loops, since one that did it all would need more registers than there are. Neither counts up to a
        // limit: the JIT would unroll that, and what an unrolled loop costs at its start is much for a small batch.
        final int mask = slots.length - 1;
        final int first = batch.size();
        int count = first;
        int left = Math.min(batch.capacity() - first, mask);
        while (left > 0) {
            int frames = Math.min(goodFrames(lengths(batch), count, left), available(pool));
            if (frames > 0) {
                take(pool, buffers(batch), count, frames);
                count += frames;
            } else if (available(pool) == 0 && findBuffers(pool)) {
                continue; // queues that were closed had left some
            } else if (drop(pool)) {
                frames = 1;
            } else {
                break;
            }
            left -= frames;
        }
        setSize(batch, count);
        // To write a tail is dear, so small batches share one, as long as the card has more frames for us.
        int taken = (next - handedOver) & mask;
        if (taken >= Math.min(TAIL_BATCH, slots.length >> 4) || (left > 0 && taken > 0)) {
            handedOver = next;
            // Release: the card sees the refilled descriptors before the tail that hands them over. One behind what we
            // took, since head and tail equal would mean none.
            RawMemory.setIntRelease(tail, (next - 1) & mask);
        }
        return count - first;
    }

    /** How many good frames the next descriptors have, at most {@code most}; writes their lengths from an index on. */
    private int goodFrames(int[] lengths, int at, int most) {
        final long good = this.good;
        final long ring = this.ring;
        final int mask = slots.length - 1;
        final int end = (next + most) & mask;
        int index = next;
        do {
            // Acquire: what else the card wrote, the frame above all, is read after the bit that says it is written.
            long status = RawMemory.getLongAcquire(ring + ((long) index << 4) + 8);
            if (!isGood(status, good)) {
                break;
            }
            lengths[at++] = frameLength(status);
            index = (index + 1) & mask;
        } while (index != end);
        return (index - next) & mask;
    }

    /** Moves buffers from the next descriptors to a batch, and puts fresh ones in their places. */
    private void take(PacketPool pool, int[] buffers, int at, int frames) {
        final int[] slots = this.slots;
        int index = next;
        next = (index + frames) & (slots.length - 1);
        if (frames >= WORTH_COPYING && index < next) {
            System.arraycopy(slots, index, buffers, at, frames);
            allocate(pool, slots, index, frames);
            for (; index < next; index++) {
                refill(pool, index, slots[index]);
            }
            return;
        }
        do { // few frames, or round the end of the ring
            buffers[at++] = slots[index];
            refill(pool, index, allocate(pool));
            index = (index + 1) & (slots.length - 1);
        } while (index != next);
    }

    /** Drops and counts what the next descriptor has, and hands its buffer back to the card; false if it has nothing. */
    private boolean drop(PacketPool pool) {
        long status = RawMemory.getLongAcquire(ring + ((long) next << 4) + 8);
        boolean whole = isGood(status, good);
        if ((status & RX_DD) == 0 || (whole && available(pool) > 0)) {
            return false; // nothing, or a good frame that came only now: the next call has it
        }
        boolean ends = (status & RX_EOP) != 0;
        poolEmpty += whole ? 1 : 0;
        broken += ends && !whole ? 1 : 0; // once for all descriptors of a frame
        good = ends ? GOOD : -1;
        refill(pool, next, slots[next]);
        next = (next + 1) & (slots.length - 1);
        return true;
    }

    private static boolean isGood(long status, long good) {
        return (status & CHECKED) == good && Integer.compareUnsigned(frameLength(status) - SHORTEST, RANGE) <= 0;
    }

    private static int frameLength(long status) {
        return (int) (status >>> RX_LENGTH_SHIFT) & 0xffff;
    }

    private void refill(PacketPool pool, int index, int buffer) {
        long descriptor = ring + ((long) index << 4);
        slots[index] = buffer;
        RawMemory.setLong(descriptor, iova(pool, buffer));
        RawMemory.setLong(descriptor + 8, 0); // no header buffer; clears DD
    }

    /**
     * Frames that arrived and that no one received. A descriptor that was never written back, with one behind it that was,
     * had a frame too: nothing behind it could be received.
     */
    private int pending() {
        int frames = 0;
        int silent = 0; // descriptors without DD since the last that has it
        for (int i = 0; i < slots.length; i++) {
            long status = RawMemory.getLongAcquire(ring + ((long) ((next + i) & (slots.length - 1)) << 4) + 8);
            if ((status & RX_DD) == 0) {
                silent++;
            } else {
                frames += silent + ((status & RX_EOP) != 0 ? 1 : 0);
                silent = 0;
            }
        }
        return frames;
    }

    /** Frames dropped since they had an error, spanned descriptors, or had an impossible length. */
    public long broken() {
        return broken;
    }

    /** Frames dropped since the pool was empty. */
    public long poolEmpty() {
        return poolEmpty;
    }

    /** Frames that were in the ring when it was closed, with those that the card never said it had written. */
    public long unread() {
        return unread;
    }

    /** The card has stopped. */
    public void stopped() {
        if (isOpen()) {
            unread += pending();
            release();
        }
    }

    @Override
    protected void giveBack(PacketPool pool) {
        free(pool, slots, 0, slots.length);
    }
}
