package ixy4j.telemetry;

/**
 * What a queue of a card counted since the card was opened, for those who watch.
 *
 * <p>Any thread may ask, while the queue's own thread counts. Ordering: plain stores and plain reads, as for
 * {@link ixy4j.Device#stats}, since to count must cost nothing. So an answer may be a moment old, and those to two questions of
 * two moments; but a processor never shows a field older than it has shown it before, so no count falls.
 */
public interface Counted {
    /** The answer of a queue that does not count this. */
    long UNKNOWN = -1;

    /**
     * Frames that a receive queue delivered, or that a transmit queue has sent: of an Intel card, those that were handed to it; of
     * others, those that came back.
     */
    long packets();

    /** Their bytes, with FCS. */
    default long bytes() {
        return UNKNOWN;
    }

    /** Frames that the queue dropped. */
    long dropped();

    /** System calls by which it had the kernel go on. */
    default long wakeups() {
        return UNKNOWN;
    }
}
