package ixy4j.telemetry;

/** A queue of a card, for JMX: counts since the card was opened, as {@link Counted} has them, -1 for what is not counted. */
public interface QueueMXBean {
    long getPackets();

    long getBytes();

    long getDropped();

    /** System calls by which it had the kernel go on; of interfaces by AF_XDP. */
    long getWakeups();
}
