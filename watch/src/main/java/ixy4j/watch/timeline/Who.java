package ixy4j.watch.timeline;

import java.util.Locale;

/** Who does something. */
public enum Who {
    DRIVER,
    CARD,
    APPLICATION,
    WIRE,
    USER,
    SAMPLE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
