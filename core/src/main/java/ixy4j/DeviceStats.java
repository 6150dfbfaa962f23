package ixy4j;

import ixy4j.packet.TxQueue;

/**
 * What a card and its driver counted since the card was opened; no count ever falls. Bytes are those of whole frames,
 * from the destination address to the FCS.
 *
 * <pre>
 * came to the card             rxPackets + rxMissed + rxCrcErrors + rxWrongLength + rxFiltered
 * delivered by receive queues  rxPackets - rxBroken - rxPoolEmpty - rxUnread
 * taken by transmit queues     txPackets + txWrongLength + txUnsent, and what is still on its way
 * </pre>
 *
 * A card counts a frame once, but for one with several faults: its manual may have it in more than one counter.
 *
 * @param rxPackets frames that the card wrote to the driver's buffers
 * @param rxBytes their bytes
 * @param txPackets frames that the card transmitted; of a virtio device, which has no counters, and of an interface by AF_XDP, those
 *     that it gave back and the driver has seen, as {@link TxQueue#transmit} says: what the interface then dropped is among them
 * @param txBytes their bytes
 * @param rxMissed frames that the card dropped since no descriptor or no room in its packet buffer was free; at an interface by AF_XDP,
 *     also those longer than a buffer
 * @param rxCrcErrors frames of at least 64 bytes that the card dropped for a wrong FCS
 * @param rxWrongLength frames that the card dropped for their length: under 64 bytes, whatever their FCS; over 1518, or
 *     1522 with a VLAN tag, and the FCS right; and what RLEC counts, which is for nothing as the driver sets the card up
 * @param rxFiltered good frames for other addresses, which the card was not to receive
 * @param rxBroken frames that the driver dropped: an error bit, several descriptors, or an impossible length
 * @param rxPoolEmpty frames that the driver dropped since the pool had no buffer to take their buffer's place
 * @param rxUnread frames that were in a receive queue when it was closed, or when the device went away; if another thread
 *     closed it in the middle of a call, what that call delivered may be among them, too
 * @param txWrongLength frames that a transmit queue dropped for their length, as {@link TxQueue#transmit} says
 * @param txUnsent frames that a transmit queue took and that were not sent when it was closed, or when the device went
 *     away
 * @param deviceErrors what the card did against its own specification, if a driver can tell; and connections to a
 *     vhost-user socket of ours that were no back end's
 */
public record DeviceStats(
        long rxPackets,
        long rxBytes,
        long txPackets,
        long txBytes,
        long rxMissed,
        long rxCrcErrors,
        long rxWrongLength,
        long rxFiltered,
        long rxBroken,
        long rxPoolEmpty,
        long rxUnread,
        long txWrongLength,
        long txUnsent,
        long deviceErrors) {
    /** All zero. */
    public static final DeviceStats NONE = new DeviceStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Frames that came to the card, not only for others, and that no receive queue delivered. */
    public long rxDropped() {
        return rxMissed + rxCrcErrors + rxWrongLength + rxBroken + rxPoolEmpty + rxUnread;
    }

    /** Frames that a transmit queue took and that were not sent. */
    public long txDropped() {
        return txWrongLength + txUnsent;
    }
}
