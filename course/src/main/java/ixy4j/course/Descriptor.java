package ixy4j.course;

/**
 * Advanced descriptors: 16 bytes each, two words of 8 (7.1.6 for receive, 7.2.3.2.4 for transmit).
 *
 * <pre>
 * receive, written by the driver       63                                                              0
 *   +0                                 | IOVA of the buffer                                            |
 *   +8                                 | 0                                                             |
 * receive, written back by the card    63          48 47          32 31          20 19                 0
 *   +0                                 | hash, type: not needed here                                   |
 *   +8                                 | VLAN tag     | length       | errors      | status: DD, EOP ... |
 *
 * transmit, written by the driver      63       46 45              32 31     24 23  20 19    16 15     0
 *   +0                                 | IOVA of the buffer                                            |
 *   +8                                 | PAYLEN      | 0               | DCMD    | DTYP | 0      | DTALEN |
 * transmit, written back by the card
 *   +8                                 | DD is bit 32                                                  |
 * </pre>
 */
public final class Descriptor {
    /** Bytes of one. */
    public static final int SIZE = 16;

    /** Receive, word at 8: the card has filled the buffer. */
    public static final long RX_DD = 1L;

    /** Receive, word at 8: the frame ends in this buffer. */
    public static final long RX_EOP = 1L << 1;

    /** Receive, word at 8: how far the frame's length, 16 bits, is to be shifted right. */
    public static final int RX_LENGTH_SHIFT = 32;

    /** Transmit, word at 8: an advanced data descriptor: DTYP 0011b, and DEXT. */
    public static final long TX_DATA = 3L << 20 | 1L << 29;

    /** Transmit, word at 8: the frame ends in this buffer. */
    public static final long TX_EOP = 1L << 24;

    /** Transmit, word at 8: the card appends the FCS. */
    public static final long TX_IFCS = 1L << 25;

    /** Transmit, word at 8: the card is to write this descriptor back when the frame is sent. */
    public static final long TX_RS = 1L << 27;

    /** Transmit, word at 8: how far PAYLEN, the length of the whole frame, is to be shifted left. */
    public static final int TX_PAYLEN_SHIFT = 46;

    /** Transmit, word at 8, written back: the frame of this descriptor was sent, and all before it. */
    public static final long TX_DD = 1L << 32;

    private Descriptor() {}
}
