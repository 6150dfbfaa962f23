package ixy4j.watch.timeline;

import java.util.List;

/**
 * What a timeline is of.
 *
 * @param title for people
 * @param source where it comes from
 * @param cards in the order in which changes number them
 * @param buffers of the pool; 0 where there is none to be seen
 * @param bufferSize bytes from one to the next
 * @param faults what can be broken
 */
public record Heading(
        String title, Source source, List<CardInfo> cards, int buffers, int bufferSize, List<FaultInfo> faults) {
    /** Where a timeline comes from. */
    public enum Source {
        /** A scene that is played step by step. */
        STEPPED,
        /** A command that runs, looked at now and then. */
        LIVE,
        /** Cards that are played for another process: each access to a register. */
        TRACE
    }

    /** Keeps copies. */
    public Heading {
        cards = List.copyOf(cards);
        faults = List.copyOf(faults);
    }

    /** What is known before the first moment. */
    public State before() {
        return new State(cards, buffers);
    }
}
