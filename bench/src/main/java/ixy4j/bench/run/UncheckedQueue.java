package ixy4j.bench.run;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;

/** No queue at all: only drivers' queues can reach packets without a check. */
abstract class UncheckedQueue extends PacketQueue {
    private UncheckedQueue() {
        super("no queue");
    }

    /** Adds 1 to byte 1 of each packet from an index on. */
    static void addToBytes(PacketBatch batch, int from) {
        final PacketPool pool = batch.pool();
        final int[] buffers = buffers(batch);
        final int end = batch.size();
        for (int i = from; i < end; i++) {
            long address = address(pool, buffers[i]) + 1;
            RawMemory.setByte(address, (byte) (RawMemory.getByte(address) + 1));
        }
    }
}
