package ixy4j.packet;

/**
 * IPv4 headers (RFC 791, 3.1), at an offset in a packet.
 *
 * <pre>
 *  0  version 4, header length in 4 bytes   1  type of service   2  total length
 *  4  identification                                             6  flags, fragment offset in 8 bytes
 *  8  time to live                          9  protocol         10  checksum of the header
 * 12  source                               16  destination      20  options
 * </pre>
 */
public final class Ipv4 {
    /** The type of a frame with IPv4. */
    public static final int ETHER_TYPE = 0x0800;

    /** Bytes in a header without options. */
    public static final int HEADER = 20;

    static final int SOURCE = 12;
    private static final int TOTAL_LENGTH = 2;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int DESTINATION = 16;
    private static final int HOPS = 64; // at first (RFC 1700, page 64)
    private static final int MORE_OR_OFFSET = 0x3fff; // more fragments follow, or some came before

    private Ipv4() {}

    /** Whether header and data are all there, lengths agree, the header's checksum is right, and it is no fragment. */
    public static boolean isWhole(PacketBatch batch, int packet, int ip) {
        int room = batch.length(packet) - ip;
        if (room < HEADER || batch.get8(packet, ip) >>> 4 != 4) {
            return false;
        }
        int header = headerLength(batch, packet, ip);
        int total = totalLength(batch, packet, ip);
        return header >= HEADER
                && total >= header
                && total <= room
                && (batch.get16(packet, ip + FRAGMENT) & MORE_OR_OFFSET) == 0
                && Checksum.of(batch, packet, ip, header) == 0;
    }

    /** Bytes of the header, with options. */
    public static int headerLength(PacketBatch batch, int packet, int ip) {
        return (batch.get8(packet, ip) & 0xf) * 4;
    }

    /** Bytes of header and data. */
    public static int totalLength(PacketBatch batch, int packet, int ip) {
        return batch.get16(packet, ip + TOTAL_LENGTH);
    }

    /** Sets it, and leaves the checksum as it is: {@link #computeChecksum}. */
    public static void setTotalLength(PacketBatch batch, int packet, int ip, int length) {
        batch.set16(packet, ip + TOTAL_LENGTH, length);
    }

    /** The offset of the data. */
    public static int payload(PacketBatch batch, int packet, int ip) {
        return ip + headerLength(batch, packet, ip);
    }

    /** The offset of what comes behind the data: the end of the packet, or bytes that fill it up. */
    public static int end(PacketBatch batch, int packet, int ip) {
        return ip + totalLength(batch, packet, ip);
    }

    /** How many more routers may pass it on, 0 to 255. */
    public static int timeToLive(PacketBatch batch, int packet, int ip) {
        return batch.get8(packet, ip + TTL);
    }

    /** Takes 1 from the time to live, which must not be 0, and keeps the checksum right, as a router does. */
    public static void decrementTimeToLive(PacketBatch batch, int packet, int ip) {
        int before = batch.get16(packet, ip + TTL); // with the protocol
        batch.set16(packet, ip + TTL, before - 0x100);
        updateChecksum16(batch, packet, ip, before, before - 0x100);
    }

    /** Sets the time to live, 0 to 255, and keeps the checksum right. */
    public static void setTimeToLive(PacketBatch batch, int packet, int ip, int hops) {
        int before = batch.get16(packet, ip + TTL); // with the protocol
        int after = hops << 8 | (before & 0xff);
        batch.set16(packet, ip + TTL, after);
        updateChecksum16(batch, packet, ip, before, after & 0xffff);
    }

    /** The number of the protocol of the data, such as {@link Udp#PROTOCOL}. */
    public static int protocol(PacketBatch batch, int packet, int ip) {
        return batch.get8(packet, ip + PROTOCOL);
    }

    /** The sender's address, 32 bits. */
    public static long source(PacketBatch batch, int packet, int ip) {
        return batch.get32(packet, ip + SOURCE);
    }

    /** Sets the source, and keeps the header's checksum right; that of the transport header is the caller's. */
    public static void setSource(PacketBatch batch, int packet, int ip, long address) {
        setAddress(batch, packet, ip, ip + SOURCE, address);
    }

    /** The address that the packet is for, 32 bits. */
    public static long destination(PacketBatch batch, int packet, int ip) {
        return batch.get32(packet, ip + DESTINATION);
    }

    /** Sets the destination, and keeps the header's checksum right; that of the transport header is the caller's. */
    public static void setDestination(PacketBatch batch, int packet, int ip, long address) {
        setAddress(batch, packet, ip, ip + DESTINATION, address);
    }

    private static void setAddress(PacketBatch batch, int packet, int ip, int offset, long address) {
        int checksum = Checksum.update32(checksum(batch, packet, ip), batch.get32(packet, offset), address);
        batch.set32(packet, offset, address);
        batch.set16(packet, ip + CHECKSUM, checksum);
    }

    private static void updateChecksum16(PacketBatch batch, int packet, int ip, int before, int after) {
        batch.set16(packet, ip + CHECKSUM, Checksum.update16(checksum(batch, packet, ip), before, after));
    }

    /** Makes a packet one from its destination to its source, with a new time to live, and keeps the checksum right. */
    public static void reply(PacketBatch batch, int packet, int ip) {
        long source = source(batch, packet, ip);
        batch.set32(packet, ip + SOURCE, destination(batch, packet, ip)); // which leaves the sum as it is
        batch.set32(packet, ip + DESTINATION, source);
        setTimeToLive(batch, packet, ip, HOPS);
    }

    /** The checksum of the header, 16 bits. */
    public static int checksum(PacketBatch batch, int packet, int ip) {
        return batch.get16(packet, ip + CHECKSUM);
    }

    /** Computes the header's checksum anew. */
    public static void computeChecksum(PacketBatch batch, int packet, int ip) {
        batch.set16(packet, ip + CHECKSUM, 0);
        batch.set16(packet, ip + CHECKSUM, Checksum.of(batch, packet, ip, headerLength(batch, packet, ip)));
    }

    /**
     * Writes a header without options, that may not be fragmented, with its checksum.
     *
     * @param totalLength bytes of header and data
     */
    public static void write(
            PacketBatch batch, int packet, int ip, int totalLength, int protocol, long source, long destination) {
        batch.set32(packet, ip, 0x4500_0000L | totalLength);
        batch.set32(packet, ip + 4, 0x4000); // identification 0, don't fragment
        batch.set32(packet, ip + TTL, HOPS << 24 | protocol << 16);
        batch.set32(packet, ip + SOURCE, source);
        batch.set32(packet, ip + DESTINATION, destination);
        computeChecksum(batch, packet, ip);
    }

    /** Reads an address such as {@code 192.0.2.1}. */
    public static long parse(String text) {
        String[] parts = text.split("\\.", -1);
        long address = 0;
        for (String part : parts) {
            if (parts.length != 4 || !part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                throw new IllegalArgumentException("'" + text + "' is not an IPv4 address such as 192.0.2.1");
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    /** The usual form of an address: {@code 192.0.2.1}. */
    public static String format(long address) {
        return (address >>> 24 & 0xff) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "."
                + (address & 0xff);
    }
}
