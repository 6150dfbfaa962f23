package ixy4j.packet;

/**
 * UDP headers (RFC 768), at an offset in a packet.
 *
 * <pre>
 *  0  source port   2  destination port   4  length   6  checksum
 * </pre>
 */
public final class Udp {
    /** The number of UDP as a protocol of IPv4 and IPv6. */
    public static final int PROTOCOL = 17;

    /** Bytes in a header. */
    public static final int HEADER = 8;

    private static final int DESTINATION = 2;
    private static final int LENGTH = 4;
    private static final int CHECKSUM = 6;

    private Udp() {}

    /**
     * Whether header and data are all there, lengths agree and the checksum is right, or left out, as it may be in IPv4.
     *
     * @param ip the offset of the IPv4 or IPv6 header, which is whole
     */
    public static boolean isWhole(PacketBatch batch, int packet, int ip, int udp) {
        boolean isIpv4 = batch.get8(packet, ip) >>> 4 == 4;
        int room = (isIpv4 ? Ipv4.end(batch, packet, ip) : Ipv6.end(batch, packet, ip)) - udp;
        return room >= HEADER
                && length(batch, packet, udp) == room
                && (checksum(batch, packet, udp) == 0
                        ? isIpv4
                        : Checksum.ofTransport(batch, packet, ip, PROTOCOL, udp) == 0);
    }

    /** The sender's port, 16 bits. */
    public static int sourcePort(PacketBatch batch, int packet, int udp) {
        return batch.get16(packet, udp);
    }

    /** Sets it, and leaves the checksum as it is: {@link #setChecksum} or {@link #computeChecksum}. */
    public static void setSourcePort(PacketBatch batch, int packet, int udp, int port) {
        batch.set16(packet, udp, port);
    }

    /** The port that the datagram is for, 16 bits. */
    public static int destinationPort(PacketBatch batch, int packet, int udp) {
        return batch.get16(packet, udp + DESTINATION);
    }

    /** Sets it, and leaves the checksum as it is: {@link #setChecksum} or {@link #computeChecksum}. */
    public static void setDestinationPort(PacketBatch batch, int packet, int udp, int port) {
        batch.set16(packet, udp + DESTINATION, port);
    }

    /** Makes a packet one from its destination port to its source port; the checksum is right as it was. */
    public static void reply(PacketBatch batch, int packet, int udp) {
        int source = sourcePort(batch, packet, udp);
        setSourcePort(batch, packet, udp, destinationPort(batch, packet, udp));
        setDestinationPort(batch, packet, udp, source);
    }

    /** Bytes of header and data. */
    public static int length(PacketBatch batch, int packet, int udp) {
        return batch.get16(packet, udp + LENGTH);
    }

    /** The offset of the data. */
    public static int payload(int udp) {
        return udp + HEADER;
    }

    /** The checksum, 0 if it was left out. */
    public static int checksum(PacketBatch batch, int packet, int udp) {
        return batch.get16(packet, udp + CHECKSUM);
    }

    /** Sets a checksum that was updated, for instance by {@link Checksum#update16}; one that was left out stays so. */
    public static void setChecksum(PacketBatch batch, int packet, int udp, int checksum) {
        if (checksum(batch, packet, udp) != 0) {
            batch.set16(packet, udp + CHECKSUM, sent(checksum));
        }
    }

    /** Sets address and port that an IPv4 packet is from, and keeps the checksums of both headers right. */
    public static void setSource(PacketBatch batch, int packet, int ip, int udp, long address, int port) {
        long before = Ipv4.source(batch, packet, ip) << 16 | sourcePort(batch, packet, udp);
        setChecksum(batch, packet, udp, Checksum.update48(checksum(batch, packet, udp), before, address, port));
        Ipv4.setSource(batch, packet, ip, address);
        setSourcePort(batch, packet, udp, port);
    }

    /** Sets address and port that an IPv4 packet is for, and keeps the checksums of both headers right. */
    public static void setDestination(PacketBatch batch, int packet, int ip, int udp, long address, int port) {
        long before = Ipv4.destination(batch, packet, ip) << 16 | destinationPort(batch, packet, udp);
        setChecksum(batch, packet, udp, Checksum.update48(checksum(batch, packet, udp), before, address, port));
        Ipv4.setDestination(batch, packet, ip, address);
        setDestinationPort(batch, packet, udp, port);
    }

    /** Computes the checksum anew, over header, data and the pseudo header of the IP header at {@code ip}. */
    public static void computeChecksum(PacketBatch batch, int packet, int ip, int udp) {
        batch.set16(packet, udp + CHECKSUM, 0);
        batch.set16(packet, udp + CHECKSUM, sent(Checksum.ofTransport(batch, packet, ip, PROTOCOL, udp)));
    }

    /** Writes a header without a checksum, which {@link #computeChecksum} puts in once the data is there. */
    public static void write(PacketBatch batch, int packet, int udp, int length, int sourcePort, int destinationPort) {
        batch.set16(packet, udp, sourcePort);
        batch.set16(packet, udp + DESTINATION, destinationPort);
        batch.set16(packet, udp + LENGTH, length);
        batch.set16(packet, udp + CHECKSUM, 0);
    }

    /** 0 would say that there is none; ffff is as much modulo 65535. */
    private static int sent(int checksum) {
        return checksum == 0 ? 0xffff : checksum;
    }
}
