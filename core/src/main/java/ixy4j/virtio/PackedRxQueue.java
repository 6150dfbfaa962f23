package ixy4j.virtio;

import ixy4j.memory.DmaMemory;
import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;

/** A receive queue on a packed virtqueue. */
final class PackedRxQueue extends RxPackets {
    private final PackedRing ring;

    PackedRxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new PackedRing(this, transport);
        ring.restart();
    }

    @Override
    void restart() {
        unread += pending(); // of a device that went away
        ring.restart();
        for (int slot = 0; slot < depth && pool != null; slot++) {
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
        final PacketPool pool = this.pool;
        final int before = batch.size();
        int left = Math.min(depth, batch.capacity() - before);
        int first = left;
        while (left > 0 && ring.isUsed()) {
            long used = ring.used();
            int slot = slot((int) (used >>> 32) & 0xffff);
            if (inOrder) {
                skip(slot, pool);
            }
            ring.seen++;
            left--;
            put(slot, replace(slots[slot], (int) used - header, pool, batch), pool);
        }
        if (left < first) {
            ring.publish();
        }
        return batch.size() - before;
    }

    /** As in a split virtqueue: one used descriptor for several buffers, where the order is kept (2.8.16). */
    private void skip(int slot, PacketPool pool) {
        int first = ring.seen & (depth - 1); // slots go round
        int skipped = (slot - first) & (depth - 1);
        ring.seen += skipped;
        broken += skipped;
        for (int i = 0; i < skipped; i++) {
            int other = (first + i) & (depth - 1);
            put(other, slots[other], pool);
        }
    }

    private void put(int slot, int buffer, PacketPool pool) {
        slots[slot] = buffer;
        ring.put(pool.iova(buffer) - header, header + PacketPool.ROOM, slot, WRITE);
    }

    @Override
    int pending() {
        int pending = 0;
        for (; pending < depth && ring.isUsed(); pending++) {
            ring.seen++;
        }
        return pending;
    }
}
