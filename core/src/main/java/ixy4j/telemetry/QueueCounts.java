package ixy4j.telemetry;

/**
 * What a queue had counted at one moment, see {@link Counted}.
 *
 * @param direction {@code rx} or {@code tx}
 * @param queue its number
 */
public record QueueCounts(String direction, int queue, long packets, long bytes, long dropped, long wakeups) {
    static final QueueCounts NONE = new QueueCounts("", 0, 0, 0, 0, 0);

    /** Of a queue, or of one that was never opened, which is null. */
    static QueueCounts of(String direction, int number, Counted queue) {
        return queue == null
                ? new QueueCounts(direction, number, 0, Counted.UNKNOWN, 0, Counted.UNKNOWN)
                : new QueueCounts(direction, number, queue.packets(), queue.bytes(), queue.dropped(), queue.wakeups());
    }
}
