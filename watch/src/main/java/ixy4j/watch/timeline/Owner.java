package ixy4j.watch.timeline;

/**
 * Who has a buffer.
 *
 * @param kind of owner
 * @param card with a ring, otherwise -1
 * @param ring the number of it among those of the card, otherwise -1
 */
public record Owner(Kind kind, int card, int ring) {
    /** Kinds of owners. */
    public enum Kind {
        /** It is free. */
        POOL,
        /** A batch of the application has it. */
        BATCH,
        /** The tail has handed it to the card. */
        CARD,
        /** It is with a queue: the card is done with it, or has not got it yet. */
        RING
    }

    /** The pool. */
    public static final Owner POOL = new Owner(Kind.POOL, -1, -1);

    /** A batch. */
    public static final Owner BATCH = new Owner(Kind.BATCH, -1, -1);

    @Override
    public String toString() {
        return switch (kind) {
            case POOL -> "pool";
            case BATCH -> "batch";
            case CARD -> "card:" + card + ":" + ring;
            case RING -> "ring:" + card + ":" + ring;
        };
    }
}
