package ixy4j.watch.server;

import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;

/** What is shown on a page. All methods are called by any thread. */
public interface Show {
    /** What has happened; another one after it has begun anew. */
    Timeline timeline();

    /** Steps that it does in a second by itself; 0 while it waits, or is none that can be told what to do. */
    default double rate() {
        return 0;
    }

    /**
     * Does some steps.
     *
     * @param count 1 to 1000
     * @param who null for whoever is next
     * @throws IllegalArgumentException if it cannot be told what to do, as all of these
     */
    default void step(int count, Who who) {
        throw new IllegalArgumentException("only a scene can be told what to do; this is watched as it runs");
    }

    /** Goes on by itself, so many steps a second; 0 has it wait. */
    default void play(double rate) {
        step(1, null);
    }

    /** Switches a fault. */
    default void fault(String name, boolean on) {
        step(1, null);
    }

    /** Begins anew. */
    default void restart() {
        step(1, null);
    }
}
