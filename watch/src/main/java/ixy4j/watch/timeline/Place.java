package ixy4j.watch.timeline;

import java.util.Locale;

/** Where a frame can be. */
public enum Place {
    WIRE,
    CARD,
    RING,
    APPLICATION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
