package ixy4j.apps.traffic;

import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** One frame again and again: it is in all buffers from the start, and nobody else writes to them. */
public final class SameFrame implements FrameSource {
    private static final int BATCH = 4096;

    private final int size;

    /**
     * Writes the frame into all buffers of a pool.
     *
     * @param size in bytes without FCS, {@link Frames#MIN_LENGTH} to {@link Frames#MAX_LENGTH}
     */
    public SameFrame(int size, PacketPool pool) {
        this.size = size;
        MemorySegment frame = Arena.ofAuto().allocate(size, Long.BYTES);
        Frames.writeUdp(frame.address(), size, 0);
        List<PacketBatch> batches = new ArrayList<>();
        while (pool.available() > 0) {
            PacketBatch batch = pool.batch(Math.min(BATCH, pool.available()));
            for (int packet = batch.add(size); packet >= 0; packet = batch.add(size)) {
                batch.write(packet, 0, frame, 0, size);
            }
            batches.add(batch);
        }
        batches.forEach(PacketBatch::free);
    }

    @Override
    public boolean add(PacketBatch batch) {
        return batch.add(size) >= 0;
    }
}
