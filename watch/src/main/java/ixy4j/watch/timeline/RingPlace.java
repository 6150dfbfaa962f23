package ixy4j.watch.timeline;

import ixy4j.ixgbe.Registers;

/**
 * A ring that is watched.
 *
 * @param receives whether it is one of receive descriptors
 * @param queue its number among those
 * @param first offset of the register with the low half of its IOVA (RDBAL, TDBAL); the others follow it in all chips alike
 */
public record RingPlace(boolean receives, int queue, int first) {
    /** The ring of an 82599's queue, 0 to 63. */
    public static RingPlace of82599(boolean receives, int queue) {
        return new RingPlace(receives, queue, (receives ? Registers.RDBAL : Registers.TDBAL) + 0x40 * queue);
    }

    /** RDBAH, TDBAH. */
    public int baseHigh() {
        return first + 0x04;
    }

    /** RDLEN, TDLEN, in bytes. */
    public int length() {
        return first + 0x08;
    }

    /** RDH, TDH. */
    public int head() {
        return first + 0x10;
    }

    /** RDT, TDT. */
    public int tail() {
        return first + 0x18;
    }

    /** RXDCTL, TXDCTL. */
    public int control() {
        return first + 0x28;
    }
}
