package ixy4j;

/**
 * What a card and its driver counted since the card was opened. Bytes are those of whole frames, from the destination
 * address to the FCS.
 *
 * @param rxPackets good frames that the card received
 * @param rxBytes their bytes
 * @param txPackets good frames that the card transmitted
 * @param txBytes their bytes
 * @param rxMissed frames that the card dropped since no descriptor or no room in its packet buffer was free
 * @param rxCrcErrors frames that the card dropped for a wrong FCS
 * @param rxBroken frames that the driver dropped: an error bit, several descriptors, or an impossible length
 * @param rxPoolEmpty frames that the driver dropped since the pool had no buffer to take their buffer's place
 * @param rxUnread frames that were in a receive queue when it was closed
 * @param deviceErrors what the card did against its own specification, where a driver can tell; frames that it was given
 *     to send and never gave back; and connections to a vhost-user socket of ours that were no back end's
 */
public record DeviceStats(
        long rxPackets,
        long rxBytes,
        long txPackets,
        long txBytes,
        long rxMissed,
        long rxCrcErrors,
        long rxBroken,
        long rxPoolEmpty,
        long rxUnread,
        long deviceErrors) {
    /** All zero. */
    public static final DeviceStats NONE = new DeviceStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Frames that came to the card and that no receive queue delivered. */
    public long rxDropped() {
        return rxMissed + rxCrcErrors + rxBroken + rxPoolEmpty + rxUnread;
    }
}
