package ixy4j.virtio;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;

/** A receive queue on a packed virtqueue. */
final class PackedRxQueue extends RxPackets {
    private final PackedRing ring;
    private final int[] taken; // slots whose buffers are in the batch now

    PackedRxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new PackedRing(virtqueue, transport);
        ring.restart();
        taken = new int[depth];
    }

    @Override
    void restart() {
        unread += pending(); // of a device that went away
        forget();
        ring.restart();
    }

    @Override
    void refill() {
        for (int slot = 0; slot < depth; slot++) {
            put(slot, pool);
        }
        ring.expose();
    }

    @Override
    public int receive(PacketBatch batch) {
        final PacketPool pool = ready(batch);
        if (pool == null) {
            return 0;
        }
        final int before = batch.size();
        final int most = Math.min(depth, batch.capacity() - before);
        if (most > 0 && (left > 0 || ring.isUsed())) {
            take(most, pool, batch);
        }
        return Math.max(0, batch.size() - before); // another thread may have closed the pool, and emptied it
    }

    /** Takes used buffers, of which there is one at least: see {@link SplitRxQueue}. */
    private void take(int most, PacketPool pool, PacketBatch batch) {
        int count = 0;
        do {
            long used = inOrder ? nextInOrder() : element(ring.seen);
            int slot = slot((int) used);
            ring.seen++;
            slots[slot] = replace(slots[slot], (int) (used >>> 32) - header, pool, batch);
            taken[count++] = slot;
        } while (count < most && (left > 0 || ring.isUsed()));
        // Not each at once: the device is still at work on the line of the cache in which these descriptors are.
        for (int i = 0; i < count; i++) {
            put(taken[i], pool);
        }
        ring.publish();
    }

    /** A used descriptor in the form of a used element: length in bits 63:32, id in bits 31:0. */
    private long element(int seen) {
        return Long.rotateLeft(ring.used(seen) & 0xffff_ffff_ffffL, 32);
    }

    private long nextInOrder() {
        if (left == 0) {
            begin(element(ring.seen), ring.seen, depth);
        }
        return next(ring.seen);
    }

    private void put(int slot, PacketPool pool) {
        ring.put(iova(pool, slots[slot]) - header, header + PacketPool.ROOM, slot, WRITE);
    }

    @Override
    void arm() {
        ring.arm();
    }

    @Override
    void disarm() {
        ring.disarm();
    }

    @Override
    int pending() {
        int pending = left;
        int seen = ring.seen + left;
        while (pending < depth && ring.isUsed(seen)) {
            int count = inOrder ? 1 + (((int) element(seen) - seen) & (depth - 1)) : 1;
            seen += count;
            pending += count;
        }
        return Math.min(pending, depth);
    }
}
