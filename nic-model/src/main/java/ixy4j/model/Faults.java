package ixy4j.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What the driver of an emulated card did wrong. A real card would do something undefined, or nothing; this one either
 * stops at the first fault or counts it, skips what was wrong, and goes on.
 */
public final class Faults {
    /** What happens at a fault. */
    public enum Policy {
        /** The card stops with a {@link ModelFault} in whoever is playing it or accessing its registers. */
        STOP,
        /** The fault is counted, and its message kept if it is one of the first. */
        COUNT
    }

    private static final int KEPT = 16;

    private final String card;
    private final Policy policy;
    private final List<String> messages = new ArrayList<>();
    private long count;

    Faults(String card, Policy policy) {
        this.card = card;
        this.policy = policy;
    }

    /** Reports a fault: throws where the policy is to stop. Also for what finds one outside of the card, as a bus does. */
    public synchronized void report(String message) {
        count++;
        String line = card + ": " + message;
        if (messages.size() < KEPT) {
            messages.add(line);
        }
        if (policy == Policy.STOP) {
            throw new ModelFault(line);
        }
    }

    /** Throws the first fault again if the card stopped at it. */
    void check() {
        if (policy == Policy.STOP && count() > 0) {
            throw new ModelFault(messages().getFirst() + " (the card has stopped)");
        }
    }

    /** How many there were. */
    public synchronized long count() {
        return count;
    }

    /** The messages of the first ones, in order. */
    public synchronized List<String> messages() {
        return List.copyOf(messages);
    }
}
