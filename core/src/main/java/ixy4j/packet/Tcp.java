package ixy4j.packet;

/**
 * TCP headers (RFC 9293, 3.1), at an offset in a packet.
 *
 * <pre>
 *  0  source port            2  destination port
 *  4  sequence number        8  acknowledgment number
 * 12  header length in 4 bytes (bits 7:4)   13  flags   14  window
 * 16  checksum              18  urgent pointer          20  options
 * </pre>
 */
public final class Tcp {
    /** The number of TCP as a protocol of IPv4 and IPv6. */
    public static final int PROTOCOL = 6;

    /** Bytes in a header without options. */
    public static final int HEADER = 20;

    /** The flag of the last segment of a direction. */
    public static final int FIN = 1;

    /** The flag that begins a connection. */
    public static final int SYN = 1 << 1;

    /** The flag that breaks a connection off. */
    public static final int RST = 1 << 2;

    /** The flag of data that is to be handed on at once. */
    public static final int PSH = 1 << 3;

    /** The flag that says that the acknowledgment number counts. */
    public static final int ACK = 1 << 4;

    private static final int DESTINATION = 2;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int HEADER_LENGTH = 12;
    private static final int FLAGS = 13;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;

    private Tcp() {}

    /**
     * Whether the header, with its options, is all there and the checksum over it and the data is right.
     *
     * @param ip the offset of the IPv4 or IPv6 header, which is whole
     */
    public static boolean isWhole(PacketBatch batch, int packet, int ip, int tcp) {
        int end = batch.get8(packet, ip) >>> 4 == 4 ? Ipv4.end(batch, packet, ip) : Ipv6.end(batch, packet, ip);
        if (end - tcp < HEADER) {
            return false;
        }
        int header = headerLength(batch, packet, tcp);
        return header >= HEADER && header <= end - tcp && Checksum.ofTransport(batch, packet, ip, PROTOCOL, tcp) == 0;
    }

    /** The sender's port, 16 bits. */
    public static int sourcePort(PacketBatch batch, int packet, int tcp) {
        return batch.get16(packet, tcp);
    }

    /** Sets it, and leaves the checksum as it is: {@link #setChecksum} or {@link #computeChecksum}. */
    public static void setSourcePort(PacketBatch batch, int packet, int tcp, int port) {
        batch.set16(packet, tcp, port);
    }

    /** The port that the segment is for, 16 bits. */
    public static int destinationPort(PacketBatch batch, int packet, int tcp) {
        return batch.get16(packet, tcp + DESTINATION);
    }

    /** Sets it, and leaves the checksum as it is: {@link #setChecksum} or {@link #computeChecksum}. */
    public static void setDestinationPort(PacketBatch batch, int packet, int tcp, int port) {
        batch.set16(packet, tcp + DESTINATION, port);
    }

    /** The sequence number, 32 bits. */
    public static long sequence(PacketBatch batch, int packet, int tcp) {
        return batch.get32(packet, tcp + SEQUENCE);
    }

    /** The acknowledgment number, 32 bits; it counts if {@link #ACK} is set. */
    public static long acknowledgment(PacketBatch batch, int packet, int tcp) {
        return batch.get32(packet, tcp + ACKNOWLEDGMENT);
    }

    /** Bytes of the header, with options. */
    public static int headerLength(PacketBatch batch, int packet, int tcp) {
        return (batch.get8(packet, tcp + HEADER_LENGTH) >>> 4) * 4;
    }

    /** The offset of the data. */
    public static int payload(PacketBatch batch, int packet, int tcp) {
        return tcp + headerLength(batch, packet, tcp);
    }

    /** {@link #FIN}, {@link #SYN} and others, by their bits. */
    public static int flags(PacketBatch batch, int packet, int tcp) {
        return batch.get8(packet, tcp + FLAGS);
    }

    /** The receive window as the header has it, 16 bits, not yet scaled. */
    public static int window(PacketBatch batch, int packet, int tcp) {
        return batch.get16(packet, tcp + WINDOW);
    }

    /** The checksum, 16 bits. */
    public static int checksum(PacketBatch batch, int packet, int tcp) {
        return batch.get16(packet, tcp + CHECKSUM);
    }

    /** Sets a checksum that was updated, for instance by {@link Checksum#update16}. */
    public static void setChecksum(PacketBatch batch, int packet, int tcp, int checksum) {
        batch.set16(packet, tcp + CHECKSUM, checksum);
    }

    /** Sets address and port that an IPv4 packet is from, and keeps the checksums of both headers right. */
    public static void setSource(PacketBatch batch, int packet, int ip, int tcp, long address, int port) {
        long before = Ipv4.source(batch, packet, ip) << 16 | sourcePort(batch, packet, tcp);
        setChecksum(batch, packet, tcp, Checksum.update48(checksum(batch, packet, tcp), before, address, port));
        Ipv4.setSource(batch, packet, ip, address);
        setSourcePort(batch, packet, tcp, port);
    }

    /** Sets address and port that an IPv4 packet is for, and keeps the checksums of both headers right. */
    public static void setDestination(PacketBatch batch, int packet, int ip, int tcp, long address, int port) {
        long before = Ipv4.destination(batch, packet, ip) << 16 | destinationPort(batch, packet, tcp);
        setChecksum(batch, packet, tcp, Checksum.update48(checksum(batch, packet, tcp), before, address, port));
        Ipv4.setDestination(batch, packet, ip, address);
        setDestinationPort(batch, packet, tcp, port);
    }

    /** Computes the checksum anew, over header, data and the pseudo header of the IP header at {@code ip}. */
    public static void computeChecksum(PacketBatch batch, int packet, int ip, int tcp) {
        batch.set16(packet, tcp + CHECKSUM, 0);
        batch.set16(packet, tcp + CHECKSUM, Checksum.ofTransport(batch, packet, ip, PROTOCOL, tcp));
    }
}
