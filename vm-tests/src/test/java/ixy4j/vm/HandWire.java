package ixy4j.vm;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A wire of an emulated card whose far end is a program, frame by frame; any thread may use that. */
final class HandWire implements Wire {
    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();

    synchronized void arrive(byte[] frame) {
        arriving.add(frame);
    }

    /** What the card has sent since this was last asked. */
    synchronized List<byte[]> sent() {
        List<byte[]> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    synchronized void clear() {
        arriving.clear();
        sent.clear();
    }

    @Override
    public synchronized int receive(long address, int room) {
        byte[] frame = arriving.poll();
        if (frame == null) {
            return 0;
        }
        int length = Math.min(room, frame.length);
        for (int i = 0; i < length; i++) {
            RawMemory.setByte(address + i, frame[i]);
        }
        return length;
    }

    @Override
    public synchronized boolean transmit(long address, int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = RawMemory.getByte(address + i);
        }
        sent.add(frame);
        return true;
    }

    @Override
    public void close() {
        // nothing to release
    }
}
