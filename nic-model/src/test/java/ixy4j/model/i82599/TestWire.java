package ixy4j.model.i82599;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A wire whose far end is a test. */
public final class TestWire implements Wire {
    /** What the port sent. */
    final List<byte[]> sent = new ArrayList<>();

    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final Deque<Boolean> bad = new ArrayDeque<>();
    boolean takes = true;

    /** How many frames it takes before it refuses one, once. */
    int budget = Integer.MAX_VALUE;

    boolean waits;
    public int speed = 10_000;
    int starts;
    boolean closed;

    /** Lets a frame arrive. */
    void arrive(byte[] frame) {
        arriving.add(frame);
        bad.add(false);
    }

    /** Lets a frame with a wrong FCS arrive. */
    void arriveBad(byte[] frame) {
        arriving.add(frame);
        bad.add(true);
    }

    /** How many frames have not been taken off it. */
    int left() {
        return arriving.size();
    }

    @Override
    public void start() {
        starts++;
    }

    @Override
    public int receive(long address, int room) {
        byte[] frame = arriving.poll();
        if (frame == null) {
            return 0;
        }
        int length = Math.min(room, frame.length);
        for (int i = 0; i < length; i++) {
            RawMemory.setByte(address + i, frame[i]);
        }
        return bad.poll() ? length | BAD_FCS : length;
    }

    @Override
    public boolean transmit(long address, int length) {
        if (budget-- == 0) {
            return false;
        }
        if (takes) {
            sent.add(TestDriver.bytes(address, length));
        }
        return takes;
    }

    @Override
    public boolean waits() {
        return waits;
    }

    @Override
    public int linkSpeed() {
        return speed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
