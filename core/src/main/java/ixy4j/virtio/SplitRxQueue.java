package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;

/** A receive queue on a split virtqueue. */
final class SplitRxQueue extends RxPackets {
    private final SplitRing ring;

    SplitRxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new SplitRing(virtqueue, transport);
        ring.restart();
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
            // What stays as it is; addresses come with the buffers (2.7.5).
            long first = descriptors + 16L * slot * chain;
            RawMemory.setInt(first + 8, chain == 1 ? header + PacketPool.ROOM : header);
            RawMemory.setInt(first + 12, chain == 1 ? WRITE : WRITE | NEXT | ((slot * chain + 1) << 16));
            if (chain == 2) {
                RawMemory.setInt(first + 24, PacketPool.ROOM);
                RawMemory.setInt(first + 28, WRITE);
            }
            put(slot, slots[slot], pool);
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
        final int ready = ring.ready();
        if (ready > depth) {
            throw device.misbehaved(VirtioTrouble.indexJumped(name, ready, depth));
        }
        final int most = Math.min(ready, batch.capacity() - before);
        if (most > 0) {
            take(ready, ready - most, pool, batch);
        }
        return Math.max(0, batch.size() - before); // another thread may have closed the pool, and emptied it
    }

    /**
     * Takes buffers that the device has used, until {@code last} of those that are ready are left. A method of its own, which
     * never sees an empty ring: the JIT makes one piece of code of a loop and what it calls only if it has often been through it.
     */
    private void take(int ready, int last, PacketPool pool, PacketBatch batch) {
        for (int i = ready; i > last; i--) {
            long used = inOrder ? nextInOrder(i) : ring.next();
            int slot = slot((int) used);
            put(slot, replace(slots[slot], (int) (used >>> 32) - header, pool, batch), pool);
        }
        ring.publish();
    }

    private long nextInOrder(int most) {
        int seen = ring.seen;
        if (left == 0) {
            begin(ring.next(), seen, most);
        }
        ring.seen = seen + 1;
        return next(seen);
    }

    /** Makes a buffer available in a slot. */
    private void put(int slot, int buffer, PacketPool pool) {
        slots[slot] = buffer;
        long iova = iova(pool, buffer);
        long first = descriptors + 16L * slot * chain;
        RawMemory.setLong(first, iova - header);
        if (chain == 2) {
            RawMemory.setLong(first + 16, iova);
        }
        ring.put(slot * chain);
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
        return Math.min(ring.ready(), depth);
    }
}
