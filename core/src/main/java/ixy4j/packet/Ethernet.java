package ixy4j.packet;

/**
 * Ethernet headers, at the start of each packet, with VLAN tags (IEEE 802.3, 3.1.1; 802.1Q, 9.6).
 *
 * <pre>
 *  0  destination   6  source   12  type                       without a tag
 *  0  destination   6  source   12  8100  14  tag   16  type   with one
 * </pre>
 *
 * A tag has the priority in bits 15:13, the drop eligible indicator in bit 12, the VLAN's number in bits 11:0.
 */
public final class Ethernet {
    /** Bytes in a header without a tag. */
    public static final int HEADER = 14;

    /** Bytes that a tag adds. */
    public static final int TAG = 4;

    /** The type of a frame with a tag. */
    public static final int VLAN_TYPE = 0x8100;

    /** The address of all stations. */
    public static final long BROADCAST = 0xffff_ffff_ffffL;

    private static final int SOURCE = 6;
    private static final int TYPE = 12;

    private Ethernet() {}

    /** Whether the header, and a tag that it announces, is all there. */
    public static boolean isWhole(PacketBatch batch, int packet) {
        int length = batch.length(packet);
        return length >= HEADER && (length >= HEADER + TAG || !isTagged(batch, packet));
    }

    /** The MAC address that the frame is for, 48 bits. */
    public static long destination(PacketBatch batch, int packet) {
        return batch.get48(packet, 0);
    }

    /** Sets the MAC address that the frame is for. */
    public static void setDestination(PacketBatch batch, int packet, long address) {
        batch.set48(packet, 0, address);
    }

    /** The sender's MAC address, 48 bits. */
    public static long source(PacketBatch batch, int packet) {
        return batch.get48(packet, SOURCE);
    }

    /** Sets the sender's MAC address. */
    public static void setSource(PacketBatch batch, int packet, long address) {
        batch.set48(packet, SOURCE, address);
    }

    /** Writes a header without a tag. */
    public static void write(PacketBatch batch, int packet, long destination, long source, int type) {
        setDestination(batch, packet, destination);
        setSource(batch, packet, source);
        setType(batch, packet, type);
    }

    /** Makes a packet one from this station to that which it came from. */
    public static void reply(PacketBatch batch, int packet, long mac) {
        setDestination(batch, packet, source(batch, packet));
        setSource(batch, packet, mac);
    }

    /** Whether an address is of a group: multicast or broadcast. */
    public static boolean isGroup(long address) {
        return (address >>> 40 & 1) != 0;
    }

    /** The type as it stands behind the addresses: {@link #VLAN_TYPE} if a tag follows. */
    public static int type(PacketBatch batch, int packet) {
        return batch.get16(packet, TYPE);
    }

    /** Sets the type as it stands behind the addresses, 16 bits. */
    public static void setType(PacketBatch batch, int packet, int type) {
        batch.set16(packet, TYPE, type);
    }

    /** Whether there is a VLAN tag. */
    public static boolean isTagged(PacketBatch batch, int packet) {
        return type(batch, packet) == VLAN_TYPE;
    }

    /** The tag of a packet that has one. */
    public static int tag(PacketBatch batch, int packet) {
        return batch.get16(packet, HEADER);
    }

    /** Sets the tag, 16 bits, of a packet that has one: {@link PacketBatch#insert} 4 bytes at 12 makes room for it. */
    public static void setTag(PacketBatch batch, int packet, int tag) {
        batch.set16(packet, HEADER, tag);
    }

    /** The type of the payload, behind a tag if there is one. */
    public static int payloadType(PacketBatch batch, int packet) {
        return batch.get16(packet, payload(batch, packet) - Short.BYTES);
    }

    /** The offset of the payload, behind a tag if there is one. */
    public static int payload(PacketBatch batch, int packet) {
        return isTagged(batch, packet) ? HEADER + TAG : HEADER;
    }
}
