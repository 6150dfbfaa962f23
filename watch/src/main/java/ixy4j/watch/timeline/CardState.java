package ixy4j.watch.timeline;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is known of a card. */
public final class CardState {
    private final RegisterValues registers;
    private final List<RingState> rings;
    private final Map<String, Long> counts;
    private int link; // Mbit/s

    CardState(CardInfo card) {
        registers = new RegisterValues(card.chip());
        rings = Stream.generate(RingState::new).limit(card.rings().size()).toList();
        counts = new TreeMap<>();
    }

    private CardState(CardState other) {
        registers = other.registers.copy();
        rings = other.rings.stream().map(RingState::copy).toList();
        counts = new TreeMap<>(other.counts);
        link = other.link;
    }

    /** Its registers. */
    public RegisterValues registers() {
        return registers;
    }

    /** One of its rings. */
    public RingState ring(int number) {
        return rings.get(number);
    }

    /** Its counters by name; what is not there is 0. */
    public Map<String, Long> counts() {
        return counts;
    }

    /** The speed of its link in Mbit/s, 0 while it is down. */
    public int link() {
        return link;
    }

    /** Sets it. */
    public void setLink(int mbits) {
        link = mbits;
    }

    CardState copy() {
        return new CardState(this);
    }

    /** Adds what is to be done to become another state; of registers, only those at these offsets are compared. */
    void addChanges(int card, CardState next, int[] offsets, List<Change> changes) {
        for (int offset : offsets) {
            if (registers.get(offset) != next.registers.get(offset)) {
                changes.add(new Change.Reg(card, offset, registers.get(offset), next.registers.get(offset)));
            }
        }
        if (link != next.link) {
            changes.add(new Change.Link(card, link, next.link));
        }
        for (int i = 0; i < rings.size(); i++) {
            rings.get(i).addChanges(card, i, next.rings.get(i), changes);
        }
        next.counts.forEach((name, now) -> {
            long old = counts.getOrDefault(name, 0L);
            if (old != now) {
                changes.add(new Change.Count(card, name, old, now));
            }
        });
    }

    private boolean hasCounts(Map<String, Long> others) {
        return others.entrySet().stream()
                .allMatch(e -> counts.getOrDefault(e.getKey(), 0L).equals(e.getValue()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CardState card
                && link == card.link
                && registers.equals(card.registers)
                && rings.equals(card.rings)
                && hasCounts(card.counts)
                && card.hasCounts(counts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(link, registers, rings);
    }
}
