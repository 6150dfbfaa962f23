package ixy4j.bench.ring;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.RxQueue;
import java.util.Locale;

/**
 * A receive ring of an 82599 that looks at each descriptor's DD bit, refills it at once and writes its tail once a batch.
 * The plain one, which others differ from in one thing. It expects good frames in one buffer each, as the emulated card
 * sends them: what it does about others is to end.
 */
class PlainRx extends RingQueue implements RxQueue {
    private static final long CHECKED = RX_DD | RX_EOP | RX_FRAME_ERRORS;

    int next;

    /** Fills the ring; {@link #publish()} hands it over. */
    PlainRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
        for (int i = 0; i <= mask; i++) {
            refill(i, buffers.take());
        }
    }

    /** Hands the card all descriptors but the last. */
    final void publish() {
        RawMemory.setIntRelease(tail, mask);
    }

    @Override
    public int receive(PacketBatch batch) {
        final int first = batch.size();
        final int most = ready(Math.min(Math.min(batch.capacity() - first, mask), buffers.available()));
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
            replace(index, buffers.take());
            taken(index);
            index = (index + 1) & mask;
        }
        next = index;
        setSize(batch, first + count);
        if (count > 0) {
            handOver(index);
        }
        return count;
    }

    /** How many descriptors to look at, of at most so many. */
    int ready(int most) {
        return most;
    }

    /** A descriptor was taken and refilled. */
    void taken(int index) {
        // nothing: the tail is written for the whole batch
    }

    /** The batch is over; the next descriptor is this. */
    void handOver(int index) {
        RawMemory.setIntRelease(tail, (index - 1) & mask);
    }

    static void check(long status) {
        if ((status & CHECKED) != (RX_DD | RX_EOP)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "a receive descriptor has status %016x: this ring takes good frames in one buffer only",
                    status));
        }
    }

    /** A descriptor whose frame was taken gets another buffer. */
    void replace(int index, int buffer) {
        refill(index, buffer);
    }

    final void refill(int index, int buffer) {
        slots[index] = buffer;
        describe(index);
    }

    /** Tells the card of it. */
    final void describe(int index) {
        long descriptor = ring + ((long) index << 4);
        RawMemory.setLong(descriptor, iova(buffers.pool, slots[index]));
        RawMemory.setLong(descriptor + 8, 0);
    }
}
