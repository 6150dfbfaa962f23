package ixy4j.watch.timeline;

import java.util.Objects;

/**
 * What a moment changed, or shows without a change. Those that change the state have the old value too, so that time can run
 * backwards. Cards, and the rings of a card, are numbers, as the document lists them; a ring of -1 is none.
 */
public sealed interface Change {
    /** Does it to a state. */
    default void apply(State state) {
        // most of what is shown only
    }

    /** Undoes it. */
    default void undo(State state) {
        // nothing was done
    }

    /** The value of a register changed. */
    record Reg(int card, int offset, int old, int now) implements Change {
        @Override
        public void apply(State state) {
            state.card(card).registers().set(offset, now);
        }

        @Override
        public void undo(State state) {
            state.card(card).registers().set(offset, old);
        }
    }

    /** The driver read a register. */
    record Read(int card, int offset, int value) implements Change {}

    /** The driver wrote a register. */
    record Write(int card, int offset, int value) implements Change {}

    /** What is known of a ring as a whole changed. */
    record Ring(int card, int ring, RingField field, long old, long now) implements Change {
        @Override
        public void apply(State state) {
            state.card(card).ring(ring).set(field, now);
        }

        @Override
        public void undo(State state) {
            state.card(card).ring(ring).set(field, old);
        }
    }

    /** A descriptor changed; null is one that is not known. */
    record Desc(int card, int ring, int index, Descriptor old, Descriptor now) implements Change {
        @Override
        public void apply(State state) {
            state.card(card).ring(ring).setDescriptor(index, now);
        }

        @Override
        public void undo(State state) {
            state.card(card).ring(ring).setDescriptor(index, old);
        }
    }

    /** What is in the buffer behind a descriptor changed; null is nothing. */
    record Behind(int card, int ring, int index, Frame old, Frame now) implements Change {
        @Override
        public void apply(State state) {
            state.card(card).ring(ring).setFrame(index, now);
        }

        @Override
        public void undo(State state) {
            state.card(card).ring(ring).setFrame(index, old);
        }
    }

    /** A buffer changed hands. */
    record Owned(int buffer, Owner old, Owner now) implements Change {
        @Override
        public void apply(State state) {
            state.setOwner(buffer, now);
        }

        @Override
        public void undo(State state) {
            state.setOwner(buffer, old);
        }
    }

    /** A counter went on. */
    record Count(int card, String name, long old, long now) implements Change {
        @Override
        public void apply(State state) {
            state.card(card).counts().put(name, now);
        }

        @Override
        public void undo(State state) {
            state.card(card).counts().put(name, old);
        }
    }

    /** The link came up or went down; Mbit/s, 0 is down. */
    record Link(int card, int old, int now) implements Change {
        @Override
        public void apply(State state) {
            state.card(card).setLink(now);
        }

        @Override
        public void undo(State state) {
            state.card(card).setLink(old);
        }
    }

    /** A fault, or a mistake of the driver, was switched on or off. */
    record Fault(String name, boolean old, boolean now) implements Change {
        @Override
        public void apply(State state) {
            state.setFault(name, now);
        }

        @Override
        public void undo(State state) {
            state.setFault(name, old);
        }
    }

    /** A frame moved. */
    record Move(int card, int ring, Place from, Place to, Frame frame) implements Change {}

    /** So many frames moved since the last sample, in or out. */
    record Moved(int card, boolean received, long frames) implements Change {}

    /**
     * The driver made a mistake.
     *
     * @param docs where the documentation explains it, null where it does not
     */
    record Mistake(int card, String sentence, String docs) implements Change {
        /** Checks that there is a sentence. */
        public Mistake {
            Objects.requireNonNull(sentence);
        }
    }
}
