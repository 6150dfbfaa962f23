package ixy4j.model.i82599;

/**
 * What a transmit queue remembers of a context descriptor: where the headers of frames are, and what to put into them
 * (datasheet 7.2.3.2.3). A queue has two of them.
 *
 * <pre>
 *      63          48 47     40 39  36 35    30 29 28 24 23  20 19   9 8          0
 *  +0  | IPsec, FCoE                    |            31:16 VLAN | 15:9 MACLEN | 8:0 IPLEN |
 *  +8  | MSS         | L4LEN   | IDX  | 0      | 1 | 0   | DTYP | TUCMD | for IPsec  |
 * </pre>
 */
final class TxContext {
    static final int UDP = 0;
    static final int TCP = 1;
    static final int SCTP = 2;

    /** How many a queue has. */
    static final int COUNT = 2;

    private static final long SNAP = 1L << 9;
    private static final long IPV4 = 1L << 10;
    private static final int L4T_SHIFT = 11;
    private static final long IPSEC = 3L << 13;
    private static final long FCOE = 1L << 15;
    private static final long RESERVED = 0xfL << 16 | 0x1fL << 24 | 0x3fL << 30 | 1L << 39;

    private boolean set;
    private int macLength;
    private int ipLength;
    private int l4Length;
    private int mss;
    private int vlan;
    private int l4Type;
    private boolean ipv4;
    private boolean snap;

    /** Which context a descriptor, of context or of data, is about. */
    static int index(long word1) {
        return (int) (word1 >>> 36) & 7;
    }

    /** What is wrong with a context descriptor, null if nothing is. */
    static String wrong(long word1) {
        if (index(word1) >= COUNT) {
            return "has IDX " + index(word1) + ", but a queue has contexts 0 and 1 (datasheet 7.2.3.2.3)";
        } else if ((word1 & RESERVED) != 0) {
            return "has reserved bits set: " + Long.toHexString(word1 & RESERVED) + " (datasheet 7.2.3.2.3)";
        } else if ((word1 & (IPSEC | FCOE)) != 0) {
            return "has TUCMD bits of " + ((word1 & FCOE) != 0 ? "FCoE" : "IPsec") + ", which this model does not do: "
                    + Long.toHexString(word1 & (IPSEC | FCOE));
        }
        return null;
    }

    /** Takes what a context descriptor says. */
    void set(long word0, long word1) {
        set = true;
        ipLength = (int) word0 & 0x1ff;
        macLength = (int) (word0 >>> 9) & 0x7f;
        vlan = (int) (word0 >>> 16) & 0xffff;
        snap = (word1 & SNAP) != 0;
        ipv4 = (word1 & IPV4) != 0;
        l4Type = (int) (word1 >>> L4T_SHIFT) & 3;
        l4Length = (int) (word1 >>> 40) & 0xff;
        mss = (int) (word1 >>> 48);
    }

    /** Forgets it. */
    void clear() {
        set = false;
    }

    /** Whether the driver has set it since the queue was enabled. */
    boolean isSet() {
        return set;
    }

    /** Bytes before the IP header, 14 at least, in which no tag counts that the card inserts. */
    int macLength() {
        return macLength;
    }

    /** Bytes of the IP header. */
    int ipLength() {
        return ipLength;
    }

    /** Bytes of the TCP or UDP header, for segmentation. */
    int l4Length() {
        return l4Length;
    }

    /** Bytes of payload in a segment. */
    int mss() {
        return mss;
    }

    /** The tag to insert. */
    int vlan() {
        return vlan;
    }

    /** What is behind the IP header: {@link #UDP}, {@link #TCP}, {@link #SCTP}. */
    int l4Type() {
        return l4Type;
    }

    /** Whether IP is of version 4. */
    boolean isIpv4() {
        return ipv4;
    }

    /** Whether the frame has a length and a SNAP header where others have their type. */
    boolean isSnap() {
        return snap;
    }

    /** Bytes before the header of TCP, UDP or SCTP. */
    int transport() {
        return macLength + ipLength;
    }

    /** Bytes of all headers. */
    int headers() {
        return macLength + ipLength + l4Length;
    }

    @Override
    public String toString() {
        return set
                ? "MACLEN " + macLength + ", IPLEN " + ipLength + ", L4LEN " + l4Length + ", MSS " + mss + ", L4T "
                        + l4Type + (ipv4 ? ", IPv4" : "")
                : "not set";
    }
}
