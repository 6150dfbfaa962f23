package ixy4j.model.i82599;

import ixy4j.memory.RawMemory;
import ixy4j.model.frame.Checksums;

/**
 * Finds the headers of a received frame, as far as the card looks (datasheet 7.1.6.2, Packet Type, and 7.1.11): Ethernet
 * II or SNAP, IPv4 or IPv6 with the extension headers that it knows, TCP, UDP or SCTP. Of a fragment, and of a packet
 * that does not fit its frame, it sees no header behind IP. The results are those of the last frame.
 */
final class PacketParser {
    // Bits of the packet type.
    static final int IPV4 = 1;
    static final int IPV4_OPTIONS = 1 << 1;
    static final int IPV6 = 1 << 2;
    static final int IPV6_EXTENSIONS = 1 << 3;
    static final int TCP = 1 << 4;
    static final int UDP = 1 << 5;
    static final int SCTP = 1 << 6;
    static final int NFS = 1 << 7;
    static final int ESP = 1 << 8;
    static final int AH = 1 << 9;

    private static final short TYPE_IPV4 = 0x0008; // in memory's byte order, as all that is compared with a load
    private static final short TYPE_IPV6 = (short) 0xdd86;
    private static final int MAX_LENGTH_FIELD = 1500;
    private static final long SNAP = 0x00_00_00_03_aa_aaL;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int NFS_PORT = 2049;
    private static final int PROTOCOL_TCP = 6;
    private static final int PROTOCOL_UDP = 17;
    private static final int PROTOCOL_SCTP = 132;

    /** What it is; 0 is none of what the card knows. */
    int type;

    /** Where the IP header is, valid if the type says that there is one. */
    long network;

    /** Bytes of the IPv4 header with its options. */
    int networkLength;

    /** Where the header behind IP is, if the type has TCP, UDP or SCTP. */
    long transport;

    /** Bytes from there to the end of the packet. */
    int transportLength;

    /** Whether it is a fragment. */
    boolean fragment;

    /** The protocol that IP says it carries. */
    int protocol;

    private long end; // of the frame

    /**
     * Looks at a frame.
     *
     * @param frame where it is
     * @param length in bytes, without FCS
     * @param header bytes of its Ethernet header, with a VLAN tag if there is one
     */
    void parse(long frame, int length, int header) {
        type = 0;
        fragment = false;
        end = frame + length;
        network = frame + header;
        short etherType = RawMemory.getShort(network - 2);
        if (etherType == TYPE_IPV4) {
            parseIpv4();
        } else if (etherType == TYPE_IPV6) {
            parseIpv6();
        } else {
            parseSnap(etherType);
        }
    }

    /** A length instead of a type, and LLC and SNAP headers before the type (7.1.11). */
    private void parseSnap(short etherType) {
        int number = Short.toUnsignedInt(Short.reverseBytes(etherType));
        if (number <= MAX_LENGTH_FIELD
                && end - network >= 8
                && (RawMemory.getLong(network) & 0xffff_ffff_ffffL) == SNAP) {
            network += 8;
            short snapType = RawMemory.getShort(network - 2);
            if (snapType == TYPE_IPV4) {
                parseIpv4();
            } else if (snapType == TYPE_IPV6) {
                parseIpv6();
            }
        }
    }

    private void parseIpv4() {
        int first = end - network < IPV4_HEADER ? 0 : RawMemory.getByte(network) & 0xff;
        networkLength = (first & 15) << 2;
        if (first >>> 4 != 4 || networkLength < IPV4_HEADER || networkLength > end - network) {
            return;
        }
        type = networkLength == IPV4_HEADER ? IPV4 : IPV4 | IPV4_OPTIONS;
        fragment = (RawMemory.getShort(network + 6) & 0xff3f) != 0; // offset and More Fragments, bytes swapped
        protocol = RawMemory.getByte(network + 9) & 0xff;
        transport = network + networkLength;
        transportLength = Checksums.getShort(network + 2) - networkLength;
        if (!fragment && transportLength <= end - transport) {
            parseTransport(protocol);
        }
    }

    private void parseIpv6() {
        if (end - network < IPV6_HEADER || (RawMemory.getByte(network) & 0xf0) != 0x60) {
            return;
        }
        type = IPV6;
        transport = network + IPV6_HEADER;
        transportLength = Checksums.getShort(network + 4);
        if (transportLength > end - transport) {
            return;
        }
        int next = RawMemory.getByte(network + 6) & 0xff;
        while (isExtension(next) && !fragment) {
            type |= IPV6_EXTENSIONS;
            int bytes = transportLength < 8 ? Integer.MAX_VALUE : extensionLength(next);
            if (bytes > transportLength) {
                return;
            }
            fragment = next == 44;
            next = RawMemory.getByte(transport) & 0xff;
            transport += bytes;
            transportLength -= bytes;
        }
        protocol = next;
        if (!fragment) {
            parseTransport(next);
        }
    }

    /** Hop-by-hop options, routing, fragment, destination options (RFC 8200, 4). */
    private static boolean isExtension(int header) {
        return header == 0 || header == 43 || header == 44 || header == 60;
    }

    /** Bytes of an extension header; too many for any packet where a route is not at its end, as sums are other then. */
    private int extensionLength(int header) {
        if (header == 43 && RawMemory.getByte(transport + 3) != 0) {
            return Integer.MAX_VALUE;
        }
        return header == 44 ? 8 : ((RawMemory.getByte(transport + 1) & 0xff) + 1) << 3;
    }

    private void parseTransport(int next) {
        if (next == PROTOCOL_UDP && transportLength >= 8) {
            type |= UDP;
        } else if (next == PROTOCOL_TCP && transportLength >= 20) {
            type |= TCP;
        } else if (next == PROTOCOL_SCTP && transportLength >= 12) {
            type |= SCTP;
        } else {
            type |= next == 50 ? ESP : next == 51 ? AH : 0;
            return;
        }
        if ((type & SCTP) == 0
                && (Checksums.getShort(transport + 2) == NFS_PORT || Checksums.getShort(transport) == NFS_PORT)) {
            type |= NFS;
        }
    }
}
