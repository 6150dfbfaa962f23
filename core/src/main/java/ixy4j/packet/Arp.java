package ixy4j.packet;

/** ARP for IPv4 on an Ethernet (RFC 826), at an offset in a packet. */
public final class Arp {
    /** The type of a frame with ARP. */
    public static final int ETHER_TYPE = 0x0806;

    /** Bytes of a message. */
    public static final int LENGTH = 28;

    /** The operation that asks who has an address. */
    public static final int REQUEST = 1;

    /** The operation that answers. */
    public static final int REPLY = 2;

    private static final int OPERATION = 6;
    private static final int SENDER = 8; // hardware address, then protocol address
    private static final int TARGET = 18;
    private static final long KIND = 0x0001_0800_0604L; // Ethernet, IPv4, and the lengths of their addresses

    private Arp() {}

    /** Whether a message is all there, and of IPv4 on an Ethernet. */
    public static boolean isWhole(PacketBatch batch, int packet, int arp) {
        return batch.length(packet) - arp >= LENGTH && batch.get48(packet, arp) == KIND;
    }

    /** {@link #REQUEST}, {@link #REPLY}, or another. */
    public static int operation(PacketBatch batch, int packet, int arp) {
        return batch.get16(packet, arp + OPERATION);
    }

    /** The sender's MAC address, 48 bits. */
    public static long senderMac(PacketBatch batch, int packet, int arp) {
        return batch.get48(packet, arp + SENDER);
    }

    /** The sender's IPv4 address, 32 bits. */
    public static long senderIp(PacketBatch batch, int packet, int arp) {
        return batch.get32(packet, arp + SENDER + 6);
    }

    /** The target's MAC address, 48 bits; in a request it says nothing. */
    public static long targetMac(PacketBatch batch, int packet, int arp) {
        return batch.get48(packet, arp + TARGET);
    }

    /** The target's IPv4 address, 32 bits. */
    public static long targetIp(PacketBatch batch, int packet, int arp) {
        return batch.get32(packet, arp + TARGET + 6);
    }

    /** Whether a message is whole and asks for the station that has this address. */
    public static boolean isRequestFor(PacketBatch batch, int packet, int arp, long ip) {
        return isWhole(batch, packet, arp)
                && operation(batch, packet, arp) == REQUEST
                && targetIp(batch, packet, arp) == ip;
    }

    /** Makes a request the reply of the station that has the address asked for, with its Ethernet header. */
    public static void reply(PacketBatch batch, int packet, int arp, long mac) {
        Ethernet.reply(batch, packet, mac);
        long senderIp = targetIp(batch, packet, arp);
        long targetMac = senderMac(batch, packet, arp);
        long targetIp = senderIp(batch, packet, arp);
        write(batch, packet, arp, REPLY, mac, senderIp, targetMac, targetIp);
    }

    /** Writes a whole message. */
    public static void write(
            PacketBatch batch,
            int packet,
            int arp,
            int operation,
            long senderMac,
            long senderIp,
            long targetMac,
            long targetIp) {
        batch.set48(packet, arp, KIND);
        batch.set16(packet, arp + OPERATION, operation);
        batch.set48(packet, arp + SENDER, senderMac);
        batch.set32(packet, arp + SENDER + 6, senderIp);
        batch.set48(packet, arp + TARGET, targetMac);
        batch.set32(packet, arp + TARGET + 6, targetIp);
    }
}
