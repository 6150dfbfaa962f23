package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.linux.IxyException;

/** A card with its counters as they were when last asked, and the rates since then. */
final class Port {
    private static final int PREAMBLE_AND_GAP = 20; // bytes that each frame takes on the wire on top of its own

    private final Device device;
    private DeviceStats stats;
    private long time;

    Port(Device device) {
        this.device = device;
        this.stats = device.stats();
        this.time = System.nanoTime();
    }

    String address() {
        return device.address();
    }

    DeviceStats stats() {
        return stats;
    }

    /** What a card did in a span of time: millions of frames, and of bits on the wire, a second. */
    record Rates(double rxMpps, double txMpps, double rxMbit, double txMbit, long dropped) {
        static Rates of(DeviceStats before, DeviceStats after, double seconds) {
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
                    after.rxDropped() - before.rxDropped());
        }
    }

    /** Asks the card a last time; where it cannot tell any more, what it said before stands. */
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
        stats = device.stats();
        time = System.nanoTime();
        return Rates.of(before, stats, (time - timeBefore) / 1e9);
    }
}
