package ixy4j.virtio;

import ixy4j.memory.DmaMemory;
import ixy4j.memory.NarrowMemory;
import ixy4j.memory.PacketPool;
import ixy4j.memory.RawMemory;

/** A transmit queue on a split virtqueue. */
final class SplitTxQueue extends TxPackets {
    private final SplitRing ring;

    SplitTxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new SplitRing(this, transport);
        ring.restart();
    }

    @Override
    void restart() {
        ring.restart();
        reclaim(pool);
        for (int slot = 0; slot < depth && chain == 2; slot++) {
            long first = descriptors + 16L * slot * chain;
            NarrowMemory.setInt(first + 8, header);
            NarrowMemory.setInt(first + 12, NEXT | ((slot * chain + 1) << 16));
        }
    }

    @Override
    void give(int[] ids, int[] lengths, int count, PacketPool pool) {
        for (int i = 0; i < count; i++) {
            int buffer = ids[i];
            int slot = take(buffer, lengths[i], pool);
            long iova = pool.iova(buffer);
            long first = descriptors + 16L * slot * chain;
            RawMemory.setLong(first, iova - header);
            if (chain == 1) {
                NarrowMemory.setInt(first + 8, header + lengths[i]);
            } else {
                RawMemory.setLong(first + 16, iova);
                NarrowMemory.setInt(first + 24, lengths[i]);
            }
            ring.put(slot * chain);
        }
        ring.publish();
    }

    @Override
    void clean() {
        int ready = ring.ready();
        if (ready > sent - done) {
            throw device.misbehaved(VirtioTrouble.indexJumped(name, ready, (int) (sent - done)));
        }
        if (inOrder) { // one element may be for several, and says nothing that is not known
            releaseOldest(ready);
            ring.seen += ready;
            return;
        }
        for (; ready > 0; ready--) {
            release(slot((int) ring.next()));
        }
    }
}
