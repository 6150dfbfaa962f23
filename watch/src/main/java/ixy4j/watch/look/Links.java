package ixy4j.watch.look;

import ixy4j.ixgbe.Registers;

/** The speed of a link, by the registers that say it. */
public final class Links {
    private static final int[] SPEEDS = {0, 100, 1000, 10_000}; // Mbit/s, by bits 29:28

    private Links() {}

    /**
     * That of an 82599, by LINKS (8.2.3.22.20), in Mbit/s; 0 while it is down.
     *
     * @param before what it was: a card that has not noticed yet that its cable is out says up, and no speed
     */
    public static int of82599(int links, int before) {
        int speed = SPEEDS[links >>> 28 & 3];
        return (links & Registers.LINKS_LINK_UP) == 0 ? 0 : speed == 0 ? before : speed;
    }
}
