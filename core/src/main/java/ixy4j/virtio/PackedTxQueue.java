package ixy4j.virtio;

import ixy4j.memory.DmaMemory;
import ixy4j.memory.PacketPool;

/** A transmit queue on a packed virtqueue. */
final class PackedTxQueue extends TxPackets {
    private final PackedRing ring;

    PackedTxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new PackedRing(this, transport);
        ring.restart();
    }

    @Override
    void restart() {
        ring.restart();
        reclaim(pool);
    }

    @Override
    void give(int[] ids, int[] lengths, int count, PacketPool pool) {
        for (int i = 0; i < count; i++) {
            int buffer = ids[i];
            int slot = take(buffer, lengths[i], pool);
            ring.put(pool.iova(buffer) - header, header + lengths[i], slot, 0);
        }
        ring.publish();
    }

    @Override
    void clean() {
        while (sent != done && ring.isUsed()) {
            int slot = slot((int) (ring.used() >>> 32) & 0xffff);
            int count = inOrder ? 1 + ((slot - order[(int) done & (depth - 1)]) & (depth - 1)) : 1;
            if (count > sent - done) {
                throw device.misbehaved(VirtioTrouble.wrongId(name, slot, slots, chain));
            }
            ring.seen += count;
            if (inOrder) {
                releaseOldest(count);
            } else {
                release(slot);
            }
        }
    }
}
