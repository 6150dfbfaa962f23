package ixy4j.watch.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that is known at a moment: of cards, who has which buffer, what is broken. Not safe for several threads. */
public final class State {
    private final List<CardState> cards;
    private final Owner[] owners;
    private final Set<String> faults;

    /**
     * The state before the first moment: registers as the tables have them, no ring, all buffers free, nothing broken.
     *
     * @param buffers of the pool; 0 where there is none to be seen
     */
    public State(List<CardInfo> cards, int buffers) {
        this.cards = cards.stream().map(CardState::new).toList();
        owners = new Owner[buffers];
        Arrays.fill(owners, Owner.POOL);
        faults = new HashSet<>();
    }

    private State(State other) {
        cards = other.cards.stream().map(CardState::copy).toList();
        owners = other.owners.clone();
        faults = new HashSet<>(other.faults);
    }

    /** One like this, which goes its own way from now on. */
    public State copy() {
        return new State(this);
    }

    /** A card. */
    public CardState card(int number) {
        return cards.get(number);
    }

    /** Buffers of the pool. */
    public int buffers() {
        return owners.length;
    }

    /** Who has a buffer. */
    public Owner owner(int buffer) {
        return owners[buffer];
    }

    /** Sets it. */
    public void setOwner(int buffer, Owner owner) {
        owners[buffer] = owner;
    }

    /** Whether something is broken. */
    public boolean hasFault(String name) {
        return faults.contains(name);
    }

    /** Breaks it, or mends it. */
    public void setFault(String name, boolean on) {
        if (on) {
            faults.add(name);
        } else {
            faults.remove(name);
        }
    }

    /**
     * What is to be done to become another state, but for what is broken.
     *
     * @param offsets of each card, those of the registers that are compared
     */
    public List<Change> changesTo(State next, List<int[]> offsets) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < cards.size(); i++) {
            cards.get(i).addChanges(i, next.cards.get(i), offsets.get(i), changes);
        }
        for (int i = 0; i < owners.length; i++) {
            if (!owners[i].equals(next.owners[i])) {
                changes.add(new Change.Owned(i, owners[i], next.owners[i]));
            }
        }
        return changes;
    }

    /** Goes a moment forwards. */
    public void apply(Moment moment) {
        moment.changes().forEach(change -> change.apply(this));
    }

    /** Goes a moment back, which must be the one that was gone forwards last. */
    public void undo(Moment moment) {
        moment.changes().reversed().forEach(change -> change.undo(this));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state
                && cards.equals(state.cards)
                && Arrays.equals(owners, state.owners)
                && faults.equals(state.faults);
    }

    @Override
    public int hashCode() {
        return cards.hashCode();
    }
}
