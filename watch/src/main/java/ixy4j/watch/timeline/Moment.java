package ixy4j.watch.timeline;

import java.util.List;

/**
 * Something that happened.
 *
 * @param number from 0 on
 * @param nanos since the start
 * @param who did it
 * @param card its number, -1 where there is none
 * @param what in words
 * @param source the line of our driver that did it, as {@code IxgbeDevice.java:63 reset}; null where none did
 * @param changes in the order in which they happened
 */
public record Moment(long number, long nanos, Who who, int card, String what, String source, List<Change> changes) {
    /** Keeps a copy. */
    public Moment {
        changes = List.copyOf(changes);
    }
}
