package ixy4j.learn;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A cable whose far end is a check. */
final class CourseWire implements Wire {
    private final Queue<byte[]> arriving = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private boolean plugged = true;
    private boolean takes = true;

    /** Has frames arrive, one after the other, as soon as the card takes them. */
    void arrive(List<byte[]> frames) {
        arriving.addAll(frames);
    }

    /** What the card has sent since this was asked last. */
    List<byte[]> sent() {
        List<byte[]> frames = List.copyOf(sent);
        sent.clear();
        return frames;
    }

    /** Plugs the cable in, as it is at first, or pulls it. */
    void plug(boolean in) {
        plugged = in;
    }

    /** Whether the far end takes what the card sends, as it does at first. */
    void take(boolean on) {
        takes = on;
    }

    @Override
    public int receive(long address, int room) {
        byte[] frame = arriving.poll();
        if (frame == null) {
            return 0;
        }
        RawMemory.write(address, frame, 0, Math.min(frame.length, room));
        return frame.length;
    }

    @Override
    public boolean transmit(long address, int length) {
        if (takes) {
            byte[] frame = new byte[length];
            RawMemory.read(address, frame, 0, length);
            sent.add(frame);
        }
        return takes;
    }

    @Override
    public int linkSpeed() {
        return plugged ? 10_000 : 0;
    }

    @Override
    public void close() {
        arriving.clear();
    }
}
