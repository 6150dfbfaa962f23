package ixy4j.watch.timeline;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The moments of something that goes on, in order. It keeps the last ones, and the state before these. Safe for several
 * threads: one adds, others wait for what comes.
 */
public final class Timeline {
    private final Heading heading;
    private final int most;
    private final NavigableMap<Long, Moment> moments = new TreeMap<>(); // by number
    private final State base; // before the first moment that is kept
    private int kept; // changes, and moments, in all that are kept
    private long next; // number of the next moment
    private boolean ended;

    /**
     * An empty one.
     *
     * @param most how many changes it keeps at most, which are what takes memory: some 150 bytes each; a moment counts as one more
     */
    public Timeline(Heading heading, int most) {
        this.heading = heading;
        this.most = most;
        base = heading.before();
    }

    /** What it is of. */
    public Heading heading() {
        return heading;
    }

    /** Adds a moment. */
    public synchronized void add(long nanos, Who who, int card, String what, String source, List<Change> changes) {
        moments.put(next, new Moment(next, nanos, who, card, what, source, changes));
        next++;
        kept += 1 + changes.size();
        while (kept > most && moments.size() > 1) {
            Moment oldest = moments.pollFirstEntry().getValue();
            kept -= 1 + oldest.changes().size();
            base.apply(oldest);
        }
        notifyAll();
    }

    /** The number of the next moment. */
    public synchronized long next() {
        return next;
    }

    /** The number of the first moment that is kept. */
    public synchronized long first() {
        return next - moments.size();
    }

    /** What was known before the first moment that is kept, and the number of that. */
    synchronized Start start() {
        return new Start(first(), base.copy());
    }

    record Start(long first, State state) {}

    /** All that is kept. */
    public synchronized List<Moment> moments() {
        return List.copyOf(moments.values());
    }

    /**
     * The moments from a number on.
     *
     * @param most at most so many
     * @return none if there are none yet; null if the first is not kept any more
     */
    public synchronized List<Moment> from(long number, int most) {
        long first = first();
        if (number < first || number > next) {
            return null;
        }
        return moments.tailMap(number).values().stream().limit(most).toList();
    }

    /** Waits for a moment with this number, so many milliseconds at most; whether it may come still, or is there. */
    public synchronized boolean await(long number, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (next <= number && !ended) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return !ended || next > number;
    }

    /** Nothing more comes. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Whether nothing more comes. */
    public synchronized boolean hasEnded() {
        return ended;
    }
}
