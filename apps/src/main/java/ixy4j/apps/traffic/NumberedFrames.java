package ixy4j.apps.traffic;

import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Frames that are numbered, each written anew, so that who gets them can check them; flow after flow in turn. */
public final class NumberedFrames implements FrameSource {
    private final MemorySegment frame = Arena.ofAuto().allocate(Frames.MAX_LENGTH, Long.BYTES);
    private final FrameSizes sizes;
    private final int flows;
    private long next;
    private int flow; // of the next

    /** Numbers begin with 0. */
    public NumberedFrames(FrameSizes sizes, int flows) {
        this(sizes, flows, 0);
    }

    /**
     * Makes the source.
     *
     * @param flows 1 to {@link Frames#FLOWS}
     * @param first number
     */
    public NumberedFrames(FrameSizes sizes, int flows, long first) {
        this.sizes = sizes;
        this.flows = flows;
        this.next = first;
    }

    @Override
    public boolean add(PacketBatch batch) {
        int size = sizes.of(next);
        int packet = batch.add(size);
        if (packet < 0) {
            return false;
        }
        Frames.writeUdp(frame.address(), size, next, flow);
        batch.write(packet, 0, frame, 0, size);
        next++;
        flow = flow + 1 == flows ? 0 : flow + 1;
        return true;
    }
}
