package ixy4j.apps.rfc2544;

import ixy4j.apps.traffic.Latency;

/**
 * A stream of frames through the device, and what became of it.
 *
 * @param size of a frame in bytes, with FCS
 * @param wanted the rate in Mpps, {@link #FLAT_OUT} for as fast as can be
 * @param offered the rate at which the frames were sent, in Mpps
 * @param sent frames
 * @param lost frames that did not come back, also if a card of the tester dropped them
 * @param dropped frames that the tester's cards had no room for
 * @param reordered frames behind one that was sent later
 * @param duplicates frames that came once more
 * @param latency of those that came back
 */
public record Trial(
        int size,
        double wanted,
        double offered,
        long sent,
        long lost,
        long dropped,
        long reordered,
        long duplicates,
        Latency latency) {
    /** The share of a rate that has to be offered, or this machine was too busy for it. */
    private static final double KEPT = 0.99;

    /** As fast as the tester can. */
    public static final double FLAT_OUT = Double.POSITIVE_INFINITY;

    private static final int PREAMBLE_AND_GAP = 20; // bytes on the wire with each frame

    /** Whether the frames were sent at the rate that was wanted. */
    public boolean isKept() {
        return wanted == FLAT_OUT || offered >= KEPT * wanted;
    }

    /** How much is lost, in percent (RFC 2544, 26.3). */
    public double loss() {
        return sent == 0 ? 0 : 100.0 * lost / sent;
    }

    /** What a rate in Mpps is in Mbit/s on a wire, with preamble and gap. */
    public double mbit() {
        return offered * (size + PREAMBLE_AND_GAP) * 8;
    }

    /** How many Mpps a wire of so many Mbit/s carries. */
    public static double wireRate(double mbit, int size) {
        return mbit / ((size + PREAMBLE_AND_GAP) * 8);
    }
}
