package ixy4j.bench.stage;

import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;

/** A queue that only takes buffers out of its pool and puts them back. */
final class BufferQueue extends PacketQueue {
    private final int[] buffers;

    BufferQueue(PacketPool pool, int count) {
        super("a queue that sends nothing");
        buffers = new int[count];
        fill(pool, buffers, count);
        use(pool);
    }

    /** How many buffers were exchanged. */
    int exchange() {
        free(pool, buffers, 0, buffers.length);
        return allocate(pool, buffers, 0, buffers.length);
    }

    @Override
    public void close() {
        release();
    }

    @Override
    protected void giveBack(PacketPool owner) {
        free(owner, buffers, 0, buffers.length);
    }
}
