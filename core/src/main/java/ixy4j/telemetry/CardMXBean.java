package ixy4j.telemetry;

/** A card, for JMX: counts since it was opened, as {@link ixy4j.DeviceStats} has them. */
public interface CardMXBean {
    String getAddress();

    /** In Mbit/s, 0 without a link. */
    int getLinkSpeed();

    long getRxPackets();

    long getRxBytes();

    long getTxPackets();

    long getTxBytes();

    long getRxMissed();

    long getRxCrcErrors();

    long getRxWrongLength();

    long getRxFiltered();

    long getRxBroken();

    long getRxPoolEmpty();

    long getRxUnread();

    long getTxWrongLength();

    long getTxUnsent();

    long getDeviceErrors();

    /** System calls by which all its queues had the kernel go on; of an interface by AF_XDP, and 0 of others. */
    long getWakeups();
}
