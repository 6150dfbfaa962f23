package ixy4j.virtio;

import ixy4j.memory.Refusal;
import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;
import ixy4j.spi.DmaMemory;
import ixy4j.telemetry.Counted;
import java.util.Arrays;

/**
 * What receive and transmit queues have in common. Buffers that are with the device are known by their place in
 * {@code slots}, which never leaves this process: what the device writes is only ever an index into it, and is checked.
 * So a device can break its queue, but lead us to no memory outside the pool.
 */
abstract class VirtioQueue extends PacketQueue implements Counted {
    /** Which queue of the device, and how frames lie in its buffers. */
    record Layout(
            String name, int index, int size, int depth, boolean mergeable, int header, int chain, boolean inOrder) {}

    // Before the frame is a header of 10 or 12 bytes (5.1.6): all zero without offloads, but for the number of buffers
    // that a received frame has, which is last, and there only if the header has 12 bytes.
    static final int LONGEST_HEADER = 12;

    static final int FCS = 4; // bytes, which no buffer has
    static final int ETHERNET_HEADER = 14; // a frame is not shorter
    static final int LONGEST = PacketPool.ROOM - ETHERNET_HEADER; // behind that

    static final int NEXT = 1; // descriptor flags (2.7.5, 2.8.1)
    static final int WRITE = 2;

    final Virtqueue virtqueue;
    final long descriptors; // of the virtqueue
    final int depth; // buffers that can be with the device, a power of two
    final int header; // bytes
    final int chain; // descriptors a buffer: 2 if the header must have one of its own
    final boolean mergeable; // the header has the number of buffers
    final boolean inOrder;
    final int[] slots; // the buffer in each slot, -1 if none is
    final VirtioDevice device;
    volatile boolean attention; // the device is to be asked what happened before the next packet
    long bytes; // without FCS

    VirtioQueue(VirtioDevice device, Layout layout, DmaMemory memory, long address) {
        super(layout.name);
        this.virtqueue = new Virtqueue(layout.index, layout.size, memory, address);
        this.descriptors = virtqueue.descriptors();
        this.device = device;
        this.depth = layout.depth;
        this.header = layout.header;
        this.chain = layout.chain;
        this.mergeable = layout.mergeable;
        this.inOrder = layout.inOrder;
        this.slots = new int[depth];
        Arrays.fill(slots, -1);
    }

    /** Opens it with a pool. The device may have been told of its structures long ago: what it wrote to them stays. */
    abstract void open(PacketPool pool);

    /** Brings its structures to their state after a reset, before the device is told of them. */
    abstract void restart();

    /** Makes the buffers available that it has; the device is to be told. */
    void refill() {
        // a transmit queue has none
    }

    /**
     * The device has stopped: the buffers go back to their pool. May be called twice, and by any thread: a call may be under
     * way in another, whose fields are only read here.
     */
    abstract void stopped();

    final RuntimeException isClosed() {
        return Refusal.wrongPool(name, true);
    }

    /** A device stops as a whole only. */
    @Override
    public final void close() {
        device.stop();
    }

    @Override
    protected final void giveBack(PacketPool pool) {
        for (int slot = 0; slot < depth; slot++) {
            if (slots[slot] >= 0) {
                free(pool, slots[slot]);
                slots[slot] = -1;
            }
        }
    }

    /** The slot that an id from the device means; ids are heads of chains. */
    final int slot(int id) {
        int slot = id >>> (chain - 1);
        if (slot < 0 || slot >= depth || slot << (chain - 1) != id || slots[slot] < 0) {
            throw device.misbehaved(VirtioTrouble.wrongId(name, id, slots, chain));
        }
        return slot;
    }
}
