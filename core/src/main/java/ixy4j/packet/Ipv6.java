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
    /** The type of a frame with IPv6. */
    public static final int ETHER_TYPE = 0x86dd;

    /** Bytes in a header. */
    public static final int HEADER = 40;

    static final int SOURCE = 8;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int DESTINATION = 24;
    private static final int FRAGMENT = 44; // the number of the extension header that a fragment has

    private static final int GROUPS = 8; // of 16 bits, in an address

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

    /** Sets the bytes behind the header, 0 to 65535. */
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

    /** How many more routers may pass it on, 0 to 255. */
    public static int hopLimit(PacketBatch batch, int packet, int ip) {
        return batch.get8(packet, ip + HOP_LIMIT);
    }

    /** Sets how many more routers may pass it on; there is no checksum to be kept right. */
    public static void setHopLimit(PacketBatch batch, int packet, int ip, int hops) {
        batch.set8(packet, ip + HOP_LIMIT, hops);
    }

    /** The upper 64 bits of the sender's address. */
    public static long sourceHigh(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + SOURCE);
    }

    /** The lower 64 bits of the sender's address. */
    public static long sourceLow(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + SOURCE + Long.BYTES);
    }

    /** Sets the sender's address, and leaves the checksum of the transport header as it is. */
    public static void setSource(PacketBatch batch, int packet, int ip, long high, long low) {
        batch.set64(packet, ip + SOURCE, high);
        batch.set64(packet, ip + SOURCE + Long.BYTES, low);
    }

    /** The upper 64 bits of the address that the packet is for. */
    public static long destinationHigh(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + DESTINATION);
    }

    /** The lower 64 bits of the address that the packet is for. */
    public static long destinationLow(PacketBatch batch, int packet, int ip) {
        return batch.get64(packet, ip + DESTINATION + Long.BYTES);
    }

    /** Sets the address that the packet is for, and leaves the checksum of the transport header as it is. */
    public static void setDestination(PacketBatch batch, int packet, int ip, long high, long low) {
        batch.set64(packet, ip + DESTINATION, high);
        batch.set64(packet, ip + DESTINATION + Long.BYTES, low);
    }

    /**
     * The usual form of an address (RFC 5952): {@code 2001:db8::1}. The longest run of two zeros or more is left out, the first
     * if several are as long; one of IPv4 in the form of one of IPv6 ends as {@code ::ffff:192.0.2.1}.
     *
     * @param high the upper 64 bits
     * @param low the lower 64 bits
     */
    public static String format(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) {
            return "::ffff:" + Ipv4.format(low & 0xffff_ffffL);
        }
        int left = -1; // the first group that is left out
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(high, low, i + run) == 0) {
                run++;
            }
            left = run > length ? i : left;
            length = Math.max(run, length);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == left) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i == 0 || i == left + length ? "" : ":").append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (Long.SIZE - 16 - 16 * (index % (GROUPS / 2)))) & 0xffff;
    }
}
