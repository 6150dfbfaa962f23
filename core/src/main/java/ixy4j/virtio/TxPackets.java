package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.TxQueue;
import ixy4j.spi.DmaMemory;

/**
 * What transmit queues of both layouts have in common: which slots are free. They are taken in the order in which they
 * came back, so that with a device that keeps the order (7.2: VIRTIO_F_IN_ORDER), they go round.
 */
abstract class TxPackets extends VirtioQueue implements TxQueue {
    private static final int CLEAN_BATCH = 32;

    private final int cleanBatch; // so many buffers may stay with the device that is done with them, and half of all

    private final long[] upTo; // for each of the last frames given to the device, the bytes of all up to it
    final int[] order; // slots: of those that are free, and behind them of those with the device, the oldest first
    long sent; // how many buffers the device was given, but for those that never came back
    long done; // how many came back
    private long given; // bytes of all that it was given, but for those that never came back
    boolean asked; // somebody wants to know what was sent; a race that does no harm
    long unsent;
    long wrongLength;
    private volatile boolean ended; // and what follows is what sent and done came to
    private long packetsAtEnd;
    private long bytesAtEnd;

    TxPackets(VirtioDevice device, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        upTo = new long[depth];
        order = new int[depth];
        cleanBatch = Math.min(CLEAN_BATCH, depth / 2);
    }

    @Override
    final void open(PacketPool pool) {
        use(pool);
    }

    @Override
    public final int transmit(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        if (attention && !device.attend(this)) {
            return 0;
        }
        if (sent - done >= cleanBatch || asked || batch.size() == 0) {
            asked = false;
            collect(pool);
        }
        final int room = depth - (int) (sent - done);
        final int dropped = isOdd(batch) ? dropLong(batch, device.longest) : 0;
        wrongLength += dropped;
        final int count = Math.min(batch.size(), room);
        if (count > 0) {
            give(buffers(batch), lengths(batch), count, pool);
            removeFirst(batch, count);
        }
        return count + dropped;
    }

    /** Makes buffers available to the device. */
    abstract void give(int[] buffers, int[] lengths, int count, PacketPool pool);

    /** Takes back what the device is done with, and counts it. */
    private void collect(PacketPool pool) {
        long before = done;
        clean(pool);
        if (done != before) {
            bytes = upTo[(int) (done - 1) & (depth - 1)]; // those given first, whichever came back
        }
    }

    /** Takes back what the device is done with. */
    abstract void clean(PacketPool pool);

    /** Takes the next free slot for a buffer, and writes its header. */
    final int take(int buffer, int length, PacketPool pool) {
        int index = (int) sent++ & (depth - 1);
        int slot = order[index];
        slots[slot] = buffer;
        given += length;
        upTo[index] = given;
        clearHeader(address(pool, buffer) - LONGEST_HEADER);
        return slot;
    }

    /**
     * Writes nothing where there is nothing: most often the header is still 0 from the last time, and a line that the device
     * only reads stays in both caches as long as nobody writes to it.
     */
    private static void clearHeader(long header) {
        if ((RawMemory.getLong(header) | RawMemory.getInt(header + 8)) != 0) {
            RawMemory.setLong(header, 0);
            RawMemory.setInt(header + 8, 0);
        }
    }

    /** Gives the buffer of a slot back to the pool. */
    final void release(int slot, PacketPool pool) {
        free(pool, slots[slot]);
        slots[slot] = -1;
        order[(int) done++ & (depth - 1)] = slot;
    }

    /** Does that for the oldest buffers. */
    final void releaseOldest(int count, PacketPool pool) {
        for (int i = 0; i < count; i++) {
            release(order[(int) done & (depth - 1)], pool);
        }
    }

    /** Whether the device has sent what it was given; asked by any thread, which leaves the buffers to the pool's. */
    final boolean isDrained() {
        return !isOpen() || attention || returned() == sent - done;
    }

    /** How many buffers the device has given back that were not taken back yet. */
    abstract int returned();

    /** Takes back what the device did not give back. */
    final void reclaim(PacketPool pool) {
        unsent += sent - done;
        sent = done;
        given = bytes;
        for (int i = 0; i < depth; i++) {
            if (slots[i] >= 0) {
                free(pool, slots[i]);
                slots[i] = -1;
            }
            order[(int) done + i & (depth - 1)] = i;
        }
    }

    @Override
    public final long packets() {
        return ended ? packetsAtEnd : done;
    }

    @Override
    public final long bytes() {
        return (ended ? bytesAtEnd : bytes) + FCS * packets();
    }

    @Override
    public final long dropped() {
        return wrongLength + unsent;
    }

    @Override
    final void stopped() {
        if (isOpen()) {
            long back = done;
            long left = Math.max(0, sent - back);
            packetsAtEnd = back + Math.clamp(returned(), 0, left);
            bytesAtEnd = packetsAtEnd == 0 ? 0 : upTo[(int) (packetsAtEnd - 1) & (depth - 1)];
            unsent += back + left - packetsAtEnd;
            ended = true;
            release();
        }
    }
}
