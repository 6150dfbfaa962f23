package ixy4j.virtio;

import ixy4j.memory.DmaMemory;
import ixy4j.memory.NarrowMemory;
import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;
import ixy4j.memory.RawMemory;

/** A receive queue on a split virtqueue. */
final class SplitRxQueue extends RxPackets {
    private final SplitRing ring;

    SplitRxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new SplitRing(this, transport);
        ring.restart();
    }

    @Override
    void restart() {
        unread += pending(); // of a device that went away
        ring.restart();
        for (int slot = 0; slot < depth && pool != null; slot++) {
            // What stays as it is; addresses come with the buffers (2.7.5).
            long first = descriptors + 16L * slot * chain;
            NarrowMemory.setInt(first + 8, chain == 1 ? header + PacketPool.ROOM : header);
            NarrowMemory.setInt(first + 12, chain == 1 ? WRITE : WRITE | NEXT | ((slot * chain + 1) << 16));
            if (chain == 2) {
                NarrowMemory.setInt(first + 24, PacketPool.ROOM);
                NarrowMemory.setInt(first + 28, WRITE);
            }
            put(slot, slots[slot], pool);
        }
        if (pool != null) {
            ring.publish();
        }
    }

    @Override
    public int receive(PacketBatch batch) {
        if (!ready(batch)) {
            return 0;
        }
        final int before = batch.size();
        final int ready = ring.ready();
        if (ready > depth) {
            throw device.misbehaved(VirtioTrouble.indexJumped(name, ready, depth));
        }
        int left = Math.min(ready, batch.capacity() - before);
        if (left == 0) {
            return 0;
        }
        final PacketPool pool = this.pool;
        while (left > 0) {
            long used = ring.next();
            int slot = slot((int) used);
            left -= inOrder ? 1 + skip(slot, left - 1, pool) : 1;
            put(slot, replace(slots[slot], (int) (used >>> 32) - header, pool, batch), pool);
        }
        ring.publish();
        return batch.size() - before;
    }

    /**
     * A device that keeps the order may write one used element for several buffers, that of the last (2.7.9.1). The
     * others count as full, which a frame never is: nothing is known of what is in them.
     */
    private int skip(int slot, int most, PacketPool pool) {
        int first = (ring.seen - 1) & (depth - 1); // slots go round
        int skipped = (slot - first) & (depth - 1);
        if (skipped > most) {
            throw device.misbehaved(VirtioTrouble.wrongId(name, slot * chain, slots, chain));
        }
        for (int i = 0; i < skipped; i++) {
            int other = (first + i) & (depth - 1);
            broken++;
            put(other, slots[other], pool);
        }
        ring.seen += skipped;
        return skipped;
    }

    /** Makes a buffer available in a slot. */
    private void put(int slot, int buffer, PacketPool pool) {
        slots[slot] = buffer;
        long iova = pool.iova(buffer);
        long first = descriptors + 16L * slot * chain;
        RawMemory.setLong(first, iova - header);
        if (chain == 2) {
            RawMemory.setLong(first + 16, iova);
        }
        ring.put(slot * chain);
    }

    @Override
    int pending() {
        return Math.min(ring.ready(), depth);
    }
}
