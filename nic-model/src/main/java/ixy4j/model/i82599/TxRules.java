package ixy4j.model.i82599;

import static ixy4j.intel.Descriptors.TX_IFCS;
import static ixy4j.intel.Descriptors.TX_RS;

/** What a frame to be sent must be like (datasheet 7.2.3.2, 7.2.4, 7.2.5): a message for each mistake, null for none. */
final class TxRules {
    /** The shortest frame: Linux's ixgbe_xmit_frame has "the minimum packet size for olinfo paylen is 17". */
    static final int MIN_FRAME = 17;

    /** The longest frame, 15.5 KiB, with the FCS (1.3, 8.2.3.22.13). */
    static final int MAX_FRAME = 15872;

    /** Descriptors of one frame (7.2.1.1). */
    static final int MAX_DESCRIPTORS = 40;

    static final long LENGTH = 0xffff;
    static final long DTYP = 0xfL << 20;
    static final long CONTEXT = 2L << 20;
    private static final long DATA = 3L << 20;

    // Not reserved: bit 19, which asks for a time stamp and gets none; IDX, CC.
    private static final long RESERVED = 3L << 16 | 1L << 26 | 1L << 28 | 0xfL << 32 | 7L << 43;
    private static final long LINKSEC = 1L << 18;
    private static final long IPSEC = 1L << 42;
    private static final long LEGACY_RESERVED = 1L << 28 | 1L << 31 | 0xffL << 32;
    private static final int FCS = 4;
    private static final int VLAN_TAG = 4;
    private static final int MIN_TCP = 20;
    private static final int UDP_HEADER = 8;

    private TxRules() {}

    /** What is wrong with the first descriptor of a frame. */
    static String wrongFirst(TxFrame frame) {
        long word = frame.word;
        long reserved = word & (frame.isAdvanced() ? RESERVED : LEGACY_RESERVED);
        if (reserved != 0) {
            return "has reserved bits set: " + Long.toHexString(reserved);
        } else if (frame.isAdvanced() && (word & (LINKSEC | IPSEC)) != 0) {
            return "asks for " + ((word & IPSEC) != 0 ? "IPsec (POPTS.IPSEC)" : "LinkSec (MAC.ILSec)")
                    + ", which this model does not do";
        } else if ((word & TX_IFCS) == 0) {
            return "has no IFCS, so the frame would go out without an FCS (datasheet 7.2.3.2.4)";
        }
        return null;
    }

    /** What is wrong with any descriptor of a frame. */
    static String wrongPart(TxFrame frame, long word, boolean last) {
        boolean advanced = (word & TxFrame.DEXT) != 0;
        if (advanced && (word & DTYP) != DATA) {
            return "has the " + ((word & DTYP) == CONTEXT ? "" : "reserved ") + "type DTYP " + (word >>> 20 & 15)
                    + " (datasheet 7.2.3.2.4); 3 is data";
        } else if (advanced != frame.isAdvanced()) {
            return "is " + (advanced ? "advanced" : "legacy") + ", but the first of the frame is not";
        } else if ((word & LENGTH) == 0) {
            return "has a buffer of length 0 (datasheet 7.2.3.2.4)";
        } else if (!last && (word & TX_RS) != 0) {
            return "has RS, which only the last descriptor of a frame may have (datasheet 7.2.3.2.4)";
        }
        return null;
    }

    /** What is wrong with a frame as a whole, whose descriptors are right. */
    static String wrong(TxFrame frame) {
        if (frame.count > MAX_DESCRIPTORS) {
            return "the frame from descriptor " + frame.first + " on has " + frame.count + " descriptors, but at most "
                    + MAX_DESCRIPTORS + " are possible (datasheet 7.2.1.1)";
        } else if (frame.needsContext() && (frame.context == null || !frame.context.isSet())) {
            return "descriptor " + frame.first + " uses context IDX " + TxContext.index(frame.word)
                    + ", which no context descriptor of this queue has set (datasheet 7.2.3.2.3)";
        }
        String wrong = frame.isSegmented() ? wrongSegments(frame) : wrongLength(frame);
        wrong = wrong == null && frame.sumsByPlace() ? wrongPlace(frame) : wrong;
        wrong = wrong == null && (frame.sumsIp() || frame.sumsTransport()) ? wrongHeaders(frame) : wrong;
        return wrong;
    }

    private static String wrongLength(TxFrame frame) {
        int most = MAX_FRAME - FCS - (frame.isTagged() ? VLAN_TAG : 0);
        if (frame.isAdvanced() && frame.payloadLength() != frame.total) {
            return "descriptor " + frame.first + " has PAYLEN " + frame.payloadLength()
                    + ", but the buffers of the frame have " + frame.total + " bytes (datasheet 7.2.3.2.4)";
        } else if (frame.total < MIN_FRAME || frame.total > most) {
            return "the frame of descriptor " + frame.first + " has " + frame.total + " bytes, but " + MIN_FRAME
                    + " to " + most + " are possible";
        }
        return null;
    }

    /** Legacy descriptors have a checksum from CSS to the end put at CSO (7.2.3.2.2). */
    private static String wrongPlace(TxFrame frame) {
        if (frame.sumPlace() > frame.sumStart() && frame.sumPlace() + 2 <= frame.total) {
            return null;
        }
        return "descriptor " + frame.first + " has IC with CSS " + frame.sumStart() + " and CSO " + frame.sumPlace()
                + ", but CSO must be larger than CSS, and inside of the frame's " + frame.total
                + " bytes (datasheet 7.2.3.2.2)";
    }

    private static String wrongHeaders(TxFrame frame) {
        TxContext context = frame.context;
        int needed = context.transport();
        if (frame.sumsTransport()) {
            needed += context.l4Type() == TxContext.TCP ? MIN_TCP : context.l4Type() == TxContext.UDP ? UDP_HEADER : 12;
        }
        String what = null;
        if (context.macLength() < 14 || context.ipLength() < (frame.sumsIp() ? 20 : 6)) {
            what = "MACLEN must be 14 and IPLEN 20 at least, without an IPv4 header 6";
        } else if (frame.sumsIp() && !context.isIpv4()) {
            what = "IXSM needs TUCMD.IPV4";
        } else if (frame.sumsTransport() && context.l4Type() > TxContext.SCTP) {
            what = "L4T 3 is reserved";
        } else if (needed > frame.total) {
            what = "that is more than the frame's " + frame.total + " bytes";
        }
        return what == null ? null : inContext(frame, what);
    }

    /** Segmentation (7.2.4). */
    private static String wrongSegments(TxFrame frame) {
        TxContext context = frame.context;
        int least = context.l4Type() == TxContext.UDP ? UDP_HEADER : MIN_TCP;
        int longest = context.headers() + context.mss() + (frame.isTagged() ? VLAN_TAG : 0);
        String what = null;
        if (context.l4Type() > TxContext.TCP) {
            what = "only TCP and UDP are cut into segments";
        } else if (context.mss() == 0 || context.l4Length() < least) {
            what = "MSS must be 1 and L4LEN " + least + " at least";
        } else if (!frame.sumsTransport() || frame.sumsIp() != context.isIpv4()) {
            what = "TSE needs POPTS.TXSM, and IXSM for IPv4 and only there";
        } else if (context.macLength() < 14 || context.ipLength() < (context.isIpv4() ? 20 : 40)) {
            what = "MACLEN must be 14 at least, and IPLEN 20, for IPv6 40";
        } else if (frame.payloadLength() == 0 || context.headers() + frame.payloadLength() != frame.total) {
            what = "with a PAYLEN of " + frame.payloadLength() + " that does not make the " + frame.total
                    + " bytes of the buffers";
        } else if (longest > MAX_FRAME - FCS) {
            what = "segments would have " + longest + " bytes, but " + (MAX_FRAME - FCS) + " are possible";
        }
        return what == null ? null : inContext(frame, what);
    }

    private static String inContext(TxFrame frame, String what) {
        return "descriptor " + frame.first + " uses context IDX " + TxContext.index(frame.word) + " (" + frame.context
                + "): " + what + " (datasheet 7.2.3.2.3, 7.2.3.2.4)";
    }
}
