package ixy4j.watch.look;

import ixy4j.ixgbe.Registers;

/** The speed of a link, by the registers that say it. */
public final class Links {
    private static final int[] SPEEDS = {0, 100, 1000, 10_000}; // Mbit/s, by bits 29:28

    private Links() {}

    /** That of an 82599, by LINKS (8.2.3.22.20), in Mbit/s; 0 while it is down. */
    public static int of82599(int links) {
        return (links & Registers.LINKS_LINK_UP) == 0 ? 0 : SPEEDS[links >>> 28 & 3];
    }
}
