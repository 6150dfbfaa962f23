package ixy4j.model.i82599;

/**
 * A frame that a driver wants to be sent, with what its first descriptor asks for; the fields of others do not count but
 * for buffer, length, EOP and RS (datasheet 7.2.3.2.2, 7.2.3.2.4). One object a queue, used again and again.
 */
final class TxFrame {
    static final long DEXT = 1L << 29;
    static final long VLE = 1L << 30;
    static final long TSE = 1L << 31;
    static final long IXSM = 1L << 40;
    static final long TXSM = 1L << 41;
    static final long IC = 1L << 26; // legacy

    /** Its first descriptor, its last one, and how many it has. */
    int first;

    int last;
    int count;

    /** Bytes in all of its buffers. */
    int total;

    /** The second word of the first descriptor. */
    long word;

    /** The context that it uses, null if none. */
    TxContext context;

    /** How many of its segments the wire has taken already. */
    int segmentsSent;

    boolean isAdvanced() {
        return (word & DEXT) != 0;
    }

    /** Whether it is to be cut into segments. */
    boolean isSegmented() {
        return isAdvanced() && (word & TSE) != 0;
    }

    /** Whether the checksum of its IPv4 header is to be put in. */
    boolean sumsIp() {
        return isAdvanced() && (word & IXSM) != 0;
    }

    /** Whether the checksum of TCP, UDP or SCTP is to be put in. */
    boolean sumsTransport() {
        return isAdvanced() && (word & TXSM) != 0;
    }

    /** Whether a checksum is to be put in by its place alone, as legacy descriptors ask for it. */
    boolean sumsByPlace() {
        return !isAdvanced() && (word & IC) != 0;
    }

    /** Whether a VLAN tag is to be inserted. */
    boolean isTagged() {
        return (word & VLE) != 0;
    }

    /** That tag. */
    int tag() {
        return isAdvanced() ? context.vlan() : (int) (word >>> 48);
    }

    /** Whether it cannot do without a context. */
    boolean needsContext() {
        return isAdvanced() && (word & (VLE | TSE | IXSM | TXSM)) != 0;
    }

    /** The length that an advanced descriptor says: of the frame, or of what is behind the headers to be repeated. */
    int payloadLength() {
        return (int) (word >>> 46);
    }

    /** Where a checksum begins, in a legacy descriptor. */
    int sumStart() {
        return (int) (word >>> 40) & 0xff;
    }

    /** Where it is put. */
    int sumPlace() {
        return (int) (word >>> 16) & 0xff;
    }

    /** How many segments it makes. */
    int segments() {
        return (total - context.headers() + context.mss() - 1) / context.mss();
    }
}
