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

    private final int[] lengths; // of the frame in each slot
    final int[] order; // slots: of those that are free, and behind them of those with the device, the oldest first
    int sent; // how many buffers the device was given
    int done; // how many came back
    boolean asked; // somebody wants to know what was sent; a race that does no harm
    long unsent;
    long wrongLength;

    TxPackets(VirtioDevice device, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        lengths = new int[depth];
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
            clean();
        }
        final int room = depth - (sent - done);
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

    /** Takes back what the device is done with. */
    abstract void clean();

    /** Takes the next free slot for a buffer, and writes its header. */
    final int take(int buffer, int length, PacketPool pool) {
        int slot = order[sent++ & (depth - 1)];
        slots[slot] = buffer;
        lengths[slot] = length;
        long frame = pool.address(buffer);
        RawMemory.setLong(frame - LONGEST_HEADER, 0);
        NarrowMemory.setInt(frame - 4, 0);
        return slot;
    }

    /** Gives the buffer of a slot back to the pool. */
    final void release(int slot) {
        pool.free(slots[slot]);
        slots[slot] = -1;
        order[done++ & (depth - 1)] = slot;
        packets++;
        bytes += lengths[slot] + 4;
    }

    /** Does that for the oldest buffers. */
    final void releaseOldest(int count) {
        for (int i = 0; i < count; i++) {
            release(order[done & (depth - 1)]);
        }
    }

    /** Waits for the device to send what it has. */
    final boolean drain() {
        if (pool != null && !attention) {
            clean();
        }
        return pool == null || attention || sent == done;
    }

    /** Takes back what the device did not give back. */
    final void reclaim(PacketPool pool) {
        unsent += sent - done;
        for (int i = 0; i < depth; i++) {
            if (slots[i] >= 0) {
                pool.free(slots[i]);
                slots[i] = -1;
            }
            order[i] = i;
        }
        sent = 0;
        done = 0;
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
