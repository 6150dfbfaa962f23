package ixy4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the driver of an emulated card did wrong. A real card would do something undefined, or nothing; this one either
 * stops at the first mistake or counts it, skips what was wrong, and goes on.
 */
public final class Mistakes {
    /** What happens at a mistake. */
    public enum Policy {
        /** The card stops with a {@link DriverMistake} in whoever is playing it or accessing its registers. */
        STOP,
        /** The mistake is counted, and its message kept if it is one of the first. */
        COUNT
    }

    private static final int KEPT = 16;

    private final String card;
    private final Policy policy;
    private final List<String> messages = new ArrayList<>();
    private long count;
    private Consumer<String> listener = line -> {};

    public Mistakes(String card, Policy policy) {
        this.card = card;
        this.policy = policy;
    }

    /** Reports a mistake: throws where the policy is to stop. For who finds one outside of the card, as a bus does. */
    public synchronized void report(String message) {
        count++;
        String line = card + ": " + message;
        if (messages.size() < KEPT) {
            messages.add(line);
        }
        listener.accept(line);
        if (policy == Policy.STOP) {
            throw new DriverMistake(line);
        }
    }

    /** Tells someone each from now on, on the thread that finds it; who is told must not wait for the card. */
    public synchronized void tell(Consumer<String> to) {
        listener = to;
    }

    /** Throws the first mistake again if the card stopped at it. */
    public void check() {
        if (policy == Policy.STOP && count() > 0) {
            throw new DriverMistake(messages().getFirst() + " (the card has stopped)");
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
