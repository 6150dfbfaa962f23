package ixy4j.xdp;

import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;
import ixy4j.spi.DmaMemory;
import ixy4j.telemetry.Counted;

/** What receive and transmit queues have in common. */
abstract class XdpQueue extends PacketQueue implements Counted {
    static final int FCS = 4; // bytes, which no buffer has

    final XdpDevice device;
    final int depth; // of each ring
    long bytes; // without FCS, of frames that were delivered, or came back
    long wakeups;

    XdpQueue(XdpDevice device, String name, int depth) {
        super(name);
        this.device = device;
        this.depth = depth;
    }

    @Override
    public final long wakeups() {
        return wakeups;
    }

    /** The memory that a pool's buffers are in. */
    static DmaMemory memory(PacketPool pool) {
        return Kernel.SPACE.memoryAt(address(pool, 0));
    }

    /** How many buffers that memory has room for: their numbers are below that. */
    static int buffersIn(PacketPool pool) {
        return index((int) (memory(pool).size() - 1)) + 1;
    }

    /** A device stops as a whole only. */
    @Override
    public final void close() {
        device.stop();
    }

    /** Nothing moves any more: what is left is counted. By any thread, also while a call is under way in another. */
    abstract void settle();

    /** The sockets are closed: the buffers go back to their pool. */
    abstract void stopped();
}
