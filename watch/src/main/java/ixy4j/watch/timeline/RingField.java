package ixy4j.watch.timeline;

import java.util.Locale;

/** What is known of a ring as a whole. */
public enum RingField {
    /** Descriptors; 0 where there is no ring. */
    SIZE,
    /** 1 while the card has enabled it. */
    ENABLED,
    /** The card's: the next descriptor that it works on. */
    HEAD,
    /** The driver's: up to here, not including it, descriptors are the card's. */
    TAIL,
    /** Where the driver looks next. */
    NEXT,
    /** Where it is in memory, as the card sees that. */
    IOVA;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
