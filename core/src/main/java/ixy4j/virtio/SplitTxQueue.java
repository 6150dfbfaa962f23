package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;

/** A transmit queue on a split virtqueue. */
final class SplitTxQueue extends TxPackets {
    private final SplitRing ring;

    SplitTxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new SplitRing(virtqueue, transport);
        restart();
    }

    @Override
    void restart() {
        ring.restart();
        reclaim(pool);
        for (int slot = 0; slot < depth && chain == 2; slot++) {
            long first = descriptors + 16L * slot * chain;
            RawMemory.setInt(first + 8, header);
            RawMemory.setInt(first + 12, NEXT | ((slot * chain + 1) << 16));
        }
    }

    @Override
    void give(int[] buffers, int[] lengths, int count, PacketPool pool) {
        for (int i = 0; i < count; i++) {
            int buffer = buffers[i];
            int length = lengths[i];
            int slot = take(buffer, length, pool);
            long iova = iova(pool, buffer);
            long first = descriptors + 16L * slot * chain;
            RawMemory.setLong(first, iova - header);
            if (chain == 1) {
                RawMemory.setInt(first + 8, header + length);
            } else {
                RawMemory.setLong(first + 16, iova);
                RawMemory.setInt(first + 24, length);
            }
            ring.put(slot * chain);
        }
        ring.publish();
    }

    @Override
    void clean(PacketPool pool) {
        int ready = ring.ready();
        if (ready > sent - done) {
            throw device.misbehaved(VirtioTrouble.indexJumped(name, ready, (int) (sent - done)));
        }
        if (ready == 0) {
            return;
        }
        if (inOrder) { // one element may be for several, and says nothing that is not known
            releaseOldest(ready, pool);
            ring.seen += ready;
            return;
        }
        for (; ready > 0; ready--) {
            release(slot((int) ring.next()), pool);
        }
    }

    @Override
    int returned() {
        return ring.ready();
    }
}
