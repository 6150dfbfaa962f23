package ixy4j.virtio;

import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;

/** A transmit queue on a packed virtqueue. */
final class PackedTxQueue extends TxPackets {
    private final PackedRing ring;

    PackedTxQueue(VirtioDevice device, Transport transport, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
        ring = new PackedRing(virtqueue, transport);
        restart();
    }

    @Override
    void restart() {
        ring.restart();
        reclaim(pool);
    }

    @Override
    void give(int[] buffers, int[] lengths, int count, PacketPool pool) {
        for (int i = 0; i < count; i++) {
            int buffer = buffers[i];
            int length = lengths[i];
            int slot = take(buffer, length, pool);
            ring.put(iova(pool, buffer) - header, header + length, slot, 0);
        }
        ring.publish();
    }

    @Override
    void clean(PacketPool pool) {
        while (sent != done && ring.isUsed()) {
            int slot = slot((int) (ring.used() >>> 32) & 0xffff);
            int count = step(slot, 0);
            if (count > sent - done) {
                throw device.misbehaved(VirtioTrouble.wrongId(name, slot, slots, chain));
            }
            ring.seen += count;
            if (inOrder) {
                releaseOldest(count, pool);
            } else {
                release(slot, pool);
            }
        }
    }

    @Override
    int returned() {
        int count = 0;
        while (count < sent - done && ring.isUsed(ring.seen + count)) {
            count += step((int) (ring.used(ring.seen + count) >>> 32) & 0xffff, count);
        }
        return count;
    }

    /** How many buffers one used descriptor stands for; a device that keeps the order may write one for several (2.8.8). */
    private int step(int slot, int ahead) {
        return inOrder ? 1 + ((slot - order[(int) done + ahead & (depth - 1)]) & (depth - 1)) : 1;
    }
}
