package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import java.util.function.LongSupplier;

/** A card with its counters as they were when last asked, and the rates since then. */
final class Port {
    private static final int PREAMBLE_AND_GAP = 20; // bytes that each frame takes on the wire on top of its own

    private final Device device;
    private final LongSupplier wire; // what it lost, if it is one of this process
    private DeviceStats stats;
    private long lost;
    private long time;

    Port(Device device) {
        this.device = device;
        this.wire = isEmulated(device) ? ModelWire.lost(device.address()) : () -> 0;
        this.stats = device.stats();
        this.time = System.nanoTime();
    }

    /** Whether a card is an emulated one of this process. */
    static boolean isEmulated(Device device) {
        return device.address().startsWith("model:");
    }

    String address() {
        return device.address();
    }

    DeviceStats stats() {
        return stats;
    }

    /** Frames that its wire lost, up to when it was last asked. */
    long lost() {
        return lost;
    }

    /**
     * What a card did in a span of time: millions of frames, and of bits on the wire, a second; frames that it or its
     * driver dropped, and those that its wire lost.
     */
    record Rates(double rxMpps, double txMpps, double rxMbit, double txMbit, long dropped, long lost) {
        static Rates of(DeviceStats before, DeviceStats after, long lost, double seconds) {
            long rx = after.rxPackets() - before.rxPackets();
            long tx = after.txPackets() - before.txPackets();
            double rxBytes = after.rxBytes() - before.rxBytes() + (double) PREAMBLE_AND_GAP * rx;
            double txBytes = after.txBytes() - before.txBytes() + (double) PREAMBLE_AND_GAP * tx;
            double million = seconds * 1e6;
            return new Rates(
                    rx / million,
                    tx / million,
                    rxBytes * 8 / million,
                    txBytes * 8 / million,
                    after.rxDropped() + after.txDropped() - before.rxDropped() - before.txDropped(),
                    lost);
        }
    }

    /** Asks the card a last time; if it cannot tell any more, what it said before stands. */
    void last() {
        try {
            next();
        } catch (IxyException e) {
            // why the command ends, which it says
        }
    }

    /** Asks the card again. */
    Rates next() {
        DeviceStats before = stats;
        long timeBefore = time;
        long lostBefore = lost;
        lost = wire.getAsLong();
        stats = device.stats();
        time = System.nanoTime();
        return Rates.of(before, stats, lost - lostBefore, (time - timeBefore) / 1e9);
    }
}
