package ixy4j.packet;

/**
 * IPv6 headers (RFC 8200, 3), at an offset in a packet. Addresses have 128 bits, so the upper and the lower 64 come apart.
 *
 * <pre>
 *  0  version 6, traffic class, flow label
 *  4  payload length   6  next header   7  hop limit
 *  8  source                           24  destination
 * </pre>
 */
public final class Ipv6 {
    public static final int ETHER_TYPE = 0x86dd;

    /** Bytes in a header. */
    public static final int HEADER = 40;

    static final int SOURCE = 8;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int DESTINATION = 24;
    private static final int FRAGMENT = 44; // the number of the extension header that a fragment has

    private Ipv6() {}

    /** Whether header and payload are all there, and it is no fragment. */
    public static boolean isWhole(PacketBatch batch, int packet, int ip) {
        int room = batch.length(packet) - ip;
        return room >= HEADER
                && batch.get8(packet, ip) >>> 4 == 6
                && HEADER + payloadLength(batch, packet, ip) <= room
                && nextHeader(batch, packet, ip) != FRAGMENT;
    }

    /** Bytes behind the header, those of extension headers among them. */
    public static int payloadLength(PacketBatch batch, int packet, int ip) {
        return batch.get16(packet, ip + PAYLOAD_LENGTH);
    }

    public static void setPayloadLength(PacketBatch batch, int packet, int ip, int length) {
        batch.set16(packet, ip + PAYLOAD_LENGTH, length);
    }

    /** The offset of what follows the header: an extension header, or that of the transport. */
    public static int payload(int ip) {
        return ip + HEADER;
    }

    /** The offset of what comes behind the payload: the end of the packet, or bytes that fill it up. */
    public static int end(PacketBatch batch, int packet, int ip) {
        return ip + HEADER + payloadLength(batch, packet, ip);
    }

    /** The number of what follows the header: a transport protocol, such as {@link Udp#PROTOCOL}, or an extension. */
    public static int nextHeader(PacketBatch batch, int packet, int ip) {
        return batch.get8(packet, ip + NEXT_HEADER);
    }

    public static int hopLimit(PacketBatch batch, int packet, int ip) {
        return batch.get8(packet, ip + HOP_LIMIT);
    }

    public static void setHopLimit(PacketBatch batch, int packet, int ip, int hops) {
        batch.set8(packet, ip + HOP_LIMIT, hops);
    }

    public static long sourceHigh(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + SOURCE);
    }

    public static long sourceLow(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + SOURCE + Long.BYTES);
    }

    public static void setSource(PacketBatch batch, int packet, int ip, long high, long low) {
        batch.set64(packet, ip + SOURCE, high);
        batch.set64(packet, ip + SOURCE + Long.BYTES, low);
    }

    public static long destinationHigh(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + DESTINATION);
    }

    public static long destinationLow(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + DESTINATION + Long.BYTES);
    }

    public static void setDestination(PacketBatch batch, int packet, int ip, long high, long low) {
        batch.set64(packet, ip + DESTINATION, high);
        batch.set64(packet, ip + DESTINATION + Long.BYTES, low);
    }
}
