package ixy4j.intel;

/**
 * Advanced descriptors, 16 bytes each, which the 82599 and the 82576 share (82599 datasheet 7.1.6 and 7.2.3.2.4). Each
 * is two little-endian words of 8 bytes, at offsets {@code +0} and {@code +8}.
 *
 * <pre>
 * receive, written by the driver       63                                                              0
 *   +0                                 | packet buffer address (IOVA)                                  |
 *   +8                                 | header buffer address, 0: not split                           |
 * receive, written back by the card    63          48 47          32 31          20 19                 0
 *   +0                                 | RSS hash, packet type, header length, not used here           |
 *   +8                                 | VLAN tag     | packet length | error bits    | status bits     |
 *
 * transmit, written by the driver      63       46 45      40 39   36 35  32 31     24 23  20 19 16 15 0
 *   +0                                 | packet buffer address (IOVA)                                  |
 *   +8                                 | PAYLEN      | POPTS | IDX    | STA  | DCMD    | DTYP | 0  | DTALEN |
 * transmit, written back by the card
 *   +8                                 | STA.DD is bit 32, the rest means nothing                      |
 * </pre>
 */
public final class Descriptors {
    public static final int SIZE = 16;

    /** Receive: the card has filled this descriptor's buffer (7.1.6.2, Extended Status). */
    public static final long RX_DD = 1L;

    /** Receive: the frame ends in this buffer. */
    public static final long RX_EOP = 1L << 1;

    /**
     * Receive: CE, LE, PE, OSE and RXE: the frame is not what was sent (7.1.6.2, Extended Error). The 82576 has other errors at some
     * of these places; it is set up so that it reports none.
     */
    public static final long RX_FRAME_ERRORS = 0x3b00_0000L;

    public static final int RX_LENGTH_SHIFT = 32;

    /** Transmit: bits 15:0 and 63:46 have the length, once for this buffer and once for the whole frame. */
    public static final int TX_PAYLEN_SHIFT = 46;

    /** Transmit: an advanced data descriptor, DTYP 0011b and DCMD.DEXT. */
    public static final long TX_DATA = 3L << 20 | 1L << 29;

    /** Transmit: the frame ends in this buffer (DCMD.EOP). */
    public static final long TX_EOP = 1L << 24;

    /** Transmit: the card appends the FCS (DCMD.IFCS). */
    public static final long TX_IFCS = 1L << 25;

    /** Transmit: the card is to write this descriptor back (DCMD.RS). */
    public static final long TX_RS = 1L << 27;

    /** Transmit: the card is done with this descriptor and with those before it (7.2.3.2.4, STA). */
    public static final long TX_DD = 1L << 32;

    private Descriptors() {}
}
