package ixy4j.virtio;

import ixy4j.TxQueue;
import ixy4j.memory.DmaMemory;
import ixy4j.memory.NarrowMemory;
import ixy4j.memory.OddFrames;
import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;
import ixy4j.memory.RawMemory;
import ixy4j.memory.Refusal;

/**
 * What transmit queues of both layouts have in common: which slots are free. They are taken in the order in which they
 * came back, so that with a device that keeps the order (7.2: VIRTIO_F_IN_ORDER), they go round.
 */
abstract class TxPackets extends PacketQueue implements TxQueue {
    /** So many buffers may stay with the device when it is done with them, before they are looked for. */
    static final int CLEAN_BATCH = 32;

    private final long[] upTo; // for each of the last frames given to the device, the bytes of all up to it
    final int[] order; // slots: of those that are free, and behind them of those with the device, the oldest first
    long sent; // how many buffers the device was given, but for those that never came back
    long done; // how many came back
    private long given; // bytes of all that it was given, but for those that never came back
    boolean asked; // somebody wants to know what was sent; a race that does no harm
    long unsent;
    long wrongLength;

    TxPackets(VirtioDevice device, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        upTo = new long[depth];
        order = new int[depth];
    }

    @Override
    final void open(PacketPool pool) {
        this.pool = pool;
        restart();
    }

    @Override
    public final int transmit(PacketBatch batch) {
        final PacketPool pool = this.pool;
        if (batch.pool() != pool) {
            throw Refusal.wrongPool(name, pool);
        }
        if (attention && !device.attend(this)) {
            return 0;
        }
        if (sent - done >= CLEAN_BATCH || asked || batch.size() == 0) {
            asked = false;
            collect();
        }
        final int room = depth - (int) (sent - done);
        final int dropped = batch.isOdd() ? OddFrames.drop(batch, device.longest) : 0;
        wrongLength += dropped;
        final int count = Math.min(batch.size(), room);
        if (count > 0) {
            give(batch.ids(), batch.lengths(), count, pool);
            batch.removeFirst(count);
        }
        return count + dropped;
    }

    /** Makes buffers available to the device. */
    abstract void give(int[] ids, int[] lengths, int count, PacketPool pool);

    /** Takes back what the device is done with, and counts it. */
    private void collect() {
        long before = done;
        clean();
        if (done != before) {
            bytes = upTo[(int) (done - 1) & (depth - 1)]; // those given first, whichever came back
        }
    }

    /** Takes back what the device is done with. */
    abstract void clean();

    /** Takes the next free slot for a buffer, and writes its header. */
    final int take(int buffer, int length, PacketPool pool) {
        int index = (int) sent++ & (depth - 1);
        int slot = order[index];
        slots[slot] = buffer;
        given += length;
        upTo[index] = given;
        long frame = pool.address(buffer);
        RawMemory.setLong(frame - LONGEST_HEADER, 0);
        NarrowMemory.setInt(frame - 4, 0);
        return slot;
    }

    /** Gives the buffer of a slot back to the pool. */
    final void release(int slot) {
        pool.free(slots[slot]);
        slots[slot] = -1;
        order[(int) done++ & (depth - 1)] = slot;
    }

    /** Does that for the oldest buffers. */
    final void releaseOldest(int count) {
        for (int i = 0; i < count; i++) {
            release(order[(int) done & (depth - 1)]);
        }
    }

    /** Waits for the device to send what it has. */
    final boolean drain() {
        if (pool != null && !attention) {
            collect();
        }
        return pool == null || attention || sent == done;
    }

    /** Takes back what the device did not give back. */
    final void reclaim(PacketPool pool) {
        unsent += sent - done;
        sent = done;
        given = bytes;
        for (int i = 0; i < depth; i++) {
            if (slots[i] >= 0) {
                pool.free(slots[i]);
                slots[i] = -1;
            }
            order[(int) done + i & (depth - 1)] = i;
        }
    }

    @Override
    final void close() {
        if (pool != null) {
            PacketPool owner = pool;
            pool = null; // first: a pool that refuses them would be asked again
            reclaim(owner);
        }
    }
}
