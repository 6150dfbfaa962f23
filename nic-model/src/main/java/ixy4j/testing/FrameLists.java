package ixy4j.testing;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A wire with a list of frames at either end. */
final class FrameLists implements Wire {
    private static final int HEADER = 14;
    private static final int SHORTEST = 60;

    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private List<byte[]> sent = new ArrayList<>();

    /** Lets a copy of a frame arrive. */
    void arrive(byte[] frame) {
        if (frame.length < HEADER) {
            throw new IllegalArgumentException("a frame has " + HEADER + " bytes or more, not " + frame.length);
        }
        arriving.add(Arrays.copyOf(frame, Math.max(frame.length, SHORTEST)));
    }

    /** What was sent since this was last called. */
    List<byte[]> takeSent() {
        List<byte[]> taken = sent;
        sent = new ArrayList<>();
        return taken;
    }

    @Override
    public int receive(long address, int room) {
        byte[] frame = arriving.poll();
        if (frame == null) {
            return 0;
        }
        int length = Math.min(frame.length, room);
        MemorySegment.copy(frame, 0, RawMemory.segment(address, length), ValueLayout.JAVA_BYTE, 0, length);
        return length;
    }

    @Override
    public boolean transmit(long address, int length) {
        sent.add(RawMemory.segment(address, length).toArray(ValueLayout.JAVA_BYTE));
        return true;
    }

    @Override
    public void close() {
        arriving.clear(); // what was sent can still be asked for
    }
}
