package ixy4j.intel;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
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
    private static final int LOOK_AHEAD = 32; // descriptors that are looked at together, at least
    private static final int WORTH_COPYING = 8; // frames: below, to begin a bulk copy takes longer than it saves
    private static final int SHORTEST = 60; // bytes of a frame, without FCS
    private static final int RANGE = 1518 - SHORTEST; // to the longest, which has a VLAN tag

    // What the CHECKED bits of a good frame are. While a frame that began in an earlier descriptor has not ended, it is
    // a value that no status can have, so that the one comparison in the loop also finds the rest of that frame.
    private long good = GOOD;
    private final int[] lengths; // of the frames in the descriptors from next up to, not including, seen
    private int seen; // the first descriptor that was not looked at
    private int refilled; // the first descriptor that was not refilled, if it is not next
    private final Interrupts interrupts;
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
     * @param interrupts of the card
     */
    public AdvancedRxQueue(String name, long ring, int size, long tail, Runnable stop, Interrupts interrupts) {
        super(name, ring, size, tail, stop);
        this.interrupts = interrupts;
        lengths = new int[size];
    }

    /**
     * Fills the ring with buffers; the card is to be given them with {@link #publish()}.
     *
     * @throws IllegalArgumentException if the pool has too few
     */
    public void open(PacketPool pool) {
        fill(pool, slots, slots.length);
        refill(pool);
        use(pool);
    }

    /** Hands the card all descriptors up to the last that is refilled, but not that: head and tail equal would mean none. */
    public void publish() {
        // Release: the card sees the refilled descriptors before the tail that hands them over.
        RawMemory.setIntRelease(tail, (next - 1) & (slots.length - 1));
    }

    @Override
    public int receive(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        final int mask = slots.length - 1;
        final int first = batch.size();
        int count = first;
        int left = Math.min(batch.capacity() - first, mask);
        while (left > 0) {
            if (seen == next) {
                look(Math.max(left, LOOK_AHEAD));
            }
            int frames = Math.min(Math.min((seen - next) & mask, left), available(pool));
            if (frames > 0) {
                take(pool, batch, count, frames);
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
        int taken = (next - refilled) & mask;
        if (taken >= Math.min(TAIL_BATCH, slots.length >> 4) || (left > 0 && taken > 0)) {
            refill(pool);
            publish();
        }
        return count - first;
    }

    /**
     * Finds the good frames in the next descriptors, and notes their lengths. It looks at some more than a small batch has
     * room for: a line of the cache that the card has written has four descriptors, and the wait for it is shared too.
     */
    private void look(int most) {
        final int[] lengths = this.lengths;
        final long good = this.good;
        final int mask = lengths.length - 1;
        final int end = (next + Math.min(most, mask)) & mask;
        int index = next;
        do { // until a certain index, since the JIT would unroll a loop that counts up, which takes long to begin
            // Acquire: what else the card wrote, the frame above all, is read after the bit that says it is written.
            long status = RawMemory.getLongAcquire(ring + ((long) index << 4) + 8);
            if (!isGood(status, good)) {
                break;
            }
            lengths[index] = frameLength(status);
            index = (index + 1) & mask;
        } while (index != end);
        seen = index;
    }

    /** Moves frames from the next descriptors to a batch, and takes fresh buffers for their places. */
    private void take(PacketPool pool, PacketBatch batch, int at, int frames) {
        final int[] slots = this.slots;
        final int[] buffers = buffers(batch);
        final int[] lengths = lengths(batch);
        int index = next;
        next = (index + frames) & (slots.length - 1);
        packets += frames;
        if (frames >= WORTH_COPYING && index < next) {
            System.arraycopy(slots, index, buffers, at, frames);
            System.arraycopy(this.lengths, index, lengths, at, frames);
            allocate(pool, slots, index, frames);
            return;
        }
        do { // few frames, or round the end of the ring
            buffers[at] = slots[index];
            lengths[at++] = this.lengths[index];
            slots[index] = allocate(pool);
            index = (index + 1) & (slots.length - 1);
        } while (index != next);
    }

    /** Refills the descriptors that were taken since the last time; the first time, all. */
    private void refill(PacketPool pool) {
        final int[] slots = this.slots;
        final int end = next;
        int index = refilled;
        do {
            long descriptor = ring + ((long) index << 4);
            RawMemory.setLong(descriptor, iova(pool, slots[index]));
            RawMemory.setLong(descriptor + 8, 0); // no header buffer; clears DD
            index = (index + 1) & (slots.length - 1);
        } while (index != end);
        refilled = end;
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
        seen = seen == next ? (next + 1) & (slots.length - 1) : seen;
        next = (next + 1) & (slots.length - 1);
        return true;
    }

    private static boolean isGood(long status, long good) {
        return (status & CHECKED) == good && Integer.compareUnsigned(frameLength(status) - SHORTEST, RANGE) <= 0;
    }

    private static int frameLength(long status) {
        return (int) (status >>> RX_LENGTH_SHIFT) & 0xffff;
    }

    /**
     * Frames that arrived and that no one received. A descriptor that was never written back, with one behind it that was,
     * had a frame too: nothing behind it could be received.
     */
    private int pending() {
        int frames = 0;
        int silent = 0; // descriptors without DD since the last that has it
        int mask = slots.length - 1;
        int theirs = slots.length - ((next - refilled) & mask);
        for (int i = 0; i < theirs; i++) {
            long status = RawMemory.getLongAcquire(ring + ((long) ((next + i) & mask) << 4) + 8);
            if ((status & RX_DD) == 0) {
                silent++;
            } else {
                frames += silent + ((status & RX_EOP) != 0 ? 1 : 0);
                silent = 0;
            }
        }
        return frames;
    }

    @Override
    public RxInterrupt interrupt() {
        return interrupts.of(this);
    }

    /** Whether the next descriptor has something. */
    boolean hasFrames() {
        return seen != next || (RawMemory.getLongAcquire(ring + ((long) next << 4) + 8) & RX_DD) != 0;
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

    @Override
    public long dropped() {
        return broken + poolEmpty + unread;
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
