package ixy4j.watch.scene;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A wire on which frames arrive as the scene says, with faults that can be switched on and off. */
final class SceneWire implements Wire {
    private static final int EVERY = 3; // of how many frames one is struck

    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final Set<WireFault> broken = EnumSet.noneOf(WireFault.class);
    private long lost;
    private int struck; // frames that a fault could strike

    /** What can be wrong with it. */
    enum WireFault {
        CORRUPT,
        LOSE,
        DOWN
    }

    /** Switches a fault. */
    void set(WireFault fault, boolean on) {
        if (on) {
            broken.add(fault);
        } else {
            broken.remove(fault);
        }
    }

    private boolean strikes(WireFault fault) {
        return broken.contains(fault) && ++struck % EVERY == 0;
    }

    /** Lets a frame arrive; false if it is lost on the way. */
    boolean arrive(byte[] frame) {
        if (strikes(WireFault.LOSE)) {
            lost++;
            return false;
        }
        arriving.add(frame);
        return true;
    }

    /** The frames that were sent since this was last called. */
    List<byte[]> takeSent() {
        List<byte[]> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public int receive(long address, int room) {
        byte[] frame = arriving.poll();
        if (frame == null) {
            return 0;
        }
        RawMemory.write(address, frame, 0, frame.length);
        if (strikes(WireFault.CORRUPT)) {
            RawMemory.setByte(address + frame.length - 1, (byte) ~frame[frame.length - 1]);
            return frame.length | BAD_FCS;
        }
        return frame.length;
    }

    @Override
    public boolean transmit(long address, int length) {
        byte[] frame = new byte[length];
        RawMemory.read(address, frame, 0, length);
        sent.add(frame);
        return true;
    }

    @Override
    public int linkSpeed() {
        return broken.contains(WireFault.DOWN) ? 0 : 10_000;
    }

    @Override
    public long undelivered() {
        return lost;
    }

    @Override
    public void close() {
        arriving.clear();
    }
}
