package ixy4j.watch.timeline;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What is known of a ring: as a whole, of its descriptors, and of the frames behind them. */
public final class RingState {
    private final Map<RingField, Long> fields = new EnumMap<>(RingField.class); // 0 where it has none
    private Descriptor[] descriptors = {};
    private Frame[] frames = {};

    RingState() {}

    private RingState(RingState other) {
        fields.putAll(other.fields);
        descriptors = other.descriptors.clone();
        frames = other.frames.clone();
    }

    /** What is known of it as a whole. */
    public long get(RingField field) {
        return fields.getOrDefault(field, 0L);
    }

    /** The same of what is a number of descriptors, or of one. */
    public int number(RingField field) {
        return (int) get(field);
    }

    /** Sets it. */
    public void set(RingField field, long value) {
        fields.put(field, value);
    }

    /** A descriptor; null where none is known. */
    public Descriptor descriptor(int index) {
        return index < descriptors.length ? descriptors[index] : null;
    }

    /** Sets it. */
    public void setDescriptor(int index, Descriptor descriptor) {
        if (index >= descriptors.length) {
            descriptors = Arrays.copyOf(descriptors, grown(index));
        }
        descriptors[index] = descriptor;
    }

    /** The frame behind a descriptor; null where there is none. */
    public Frame frame(int index) {
        return index < frames.length ? frames[index] : null;
    }

    /** Sets it. */
    public void setFrame(int index, Frame frame) {
        if (index >= frames.length) {
            frames = Arrays.copyOf(frames, grown(index));
        }
        frames[index] = frame;
    }

    private static int grown(int index) {
        return Math.max(64, Integer.highestOneBit(index) << 1);
    }

    RingState copy() {
        return new RingState(this);
    }

    /** Adds what is to be done to become another state. */
    void addChanges(int card, int ring, RingState next, List<Change> changes) {
        for (RingField field : RingField.values()) {
            if (get(field) != next.get(field)) {
                changes.add(new Change.Ring(card, ring, field, get(field), next.get(field)));
            }
        }
        int most = Math.max(
                Math.max(descriptors.length, next.descriptors.length), Math.max(frames.length, next.frames.length));
        for (int i = 0; i < most; i++) {
            if (!Objects.equals(descriptor(i), next.descriptor(i))) {
                changes.add(new Change.Desc(card, ring, i, descriptor(i), next.descriptor(i)));
            }
            if (!Objects.equals(frame(i), next.frame(i))) {
                changes.add(new Change.Behind(card, ring, i, frame(i), next.frame(i)));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RingState ring
                && sameFields(ring)
                && sameElements(descriptors, ring.descriptors)
                && sameElements(frames, ring.frames);
    }

    private boolean sameFields(RingState other) {
        return Stream.of(RingField.values()).allMatch(field -> get(field) == other.get(field));
    }

    /** What lies behind the shorter array is unknown, so null. */
    private static boolean sameElements(Object[] one, Object[] other) {
        for (int i = 0; i < Math.max(one.length, other.length); i++) {
            if (!Objects.equals(i < one.length ? one[i] : null, i < other.length ? other[i] : null)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(get(RingField.IOVA));
    }
}
