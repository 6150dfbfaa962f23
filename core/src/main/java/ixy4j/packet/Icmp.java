package ixy4j.packet;

/** ICMP messages (RFC 792) in IPv4, at an offset in a packet. */
public final class Icmp {
    /** The number of ICMP as a protocol of IPv4. */
    public static final int PROTOCOL = 1;

    /** Bytes in a header. */
    public static final int HEADER = 8;

    /** The type of the answer to an echo request. */
    public static final int ECHO_REPLY = 0;

    /** The type of what {@code ping} sends. */
    public static final int ECHO_REQUEST = 8;

    private static final int CHECKSUM = 2;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;

    private Icmp() {}

    /** Whether there is a header and the checksum over the message is right. The IPv4 packet at {@code ip} is whole. */
    public static boolean isWhole(PacketBatch batch, int packet, int ip, int icmp) {
        int length = Ipv4.end(batch, packet, ip) - icmp;
        return length >= HEADER && Checksum.of(batch, packet, icmp, length) == 0;
    }

    /** The type of the message, 8 bits. */
    public static int type(PacketBatch batch, int packet, int icmp) {
        return batch.get8(packet, icmp);
    }

    /** The code of the message, which its type gives a meaning, 8 bits. */
    public static int code(PacketBatch batch, int packet, int icmp) {
        return batch.get8(packet, icmp + 1);
    }

    /** Sets type and code, and keeps the checksum right. */
    public static void setType(PacketBatch batch, int packet, int icmp, int type, int code) {
        int before = batch.get16(packet, icmp);
        int after = type << 8 | code;
        batch.set16(packet, icmp, after);
        int checksum = Checksum.update16(batch.get16(packet, icmp + CHECKSUM), before, after);
        batch.set16(packet, icmp + CHECKSUM, checksum);
    }

    /** Whether a message is whole and an echo request, as ping sends them. */
    public static boolean isEchoRequest(PacketBatch batch, int packet, int ip, int icmp) {
        return isWhole(batch, packet, ip, icmp) && type(batch, packet, icmp) == ECHO_REQUEST;
    }

    /** Whether a message is whole and an echo request or its reply: what has an identifier. */
    public static boolean isEcho(PacketBatch batch, int packet, int ip, int icmp) {
        return isWhole(batch, packet, ip, icmp) && (type(batch, packet, icmp) & ~ECHO_REQUEST) == ECHO_REPLY;
    }

    /** Makes an echo request its reply, and keeps the checksum right. */
    public static void reply(PacketBatch batch, int packet, int icmp) {
        setType(batch, packet, icmp, ECHO_REPLY, 0);
    }

    /** The identifier of an echo request or reply. */
    public static int identifier(PacketBatch batch, int packet, int icmp) {
        return batch.get16(packet, icmp + IDENTIFIER);
    }

    /** Sets the identifier of an echo request or reply, and keeps the checksum right. */
    public static void setIdentifier(PacketBatch batch, int packet, int icmp, int identifier) {
        int checksum = batch.get16(packet, icmp + CHECKSUM);
        int updated = Checksum.update16(checksum, identifier(batch, packet, icmp), identifier);
        batch.set16(packet, icmp + IDENTIFIER, identifier);
        batch.set16(packet, icmp + CHECKSUM, updated);
    }

    /** The sequence number of an echo request or reply. */
    public static int sequence(PacketBatch batch, int packet, int icmp) {
        return batch.get16(packet, icmp + SEQUENCE);
    }

    /** Computes the checksum anew. */
    public static void computeChecksum(PacketBatch batch, int packet, int ip, int icmp) {
        batch.set16(packet, icmp + CHECKSUM, 0);
        int length = Ipv4.end(batch, packet, ip) - icmp;
        batch.set16(packet, icmp + CHECKSUM, Checksum.of(batch, packet, icmp, length));
    }
}
