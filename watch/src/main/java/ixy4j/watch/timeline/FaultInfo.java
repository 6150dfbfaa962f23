package ixy4j.watch.timeline;

import java.util.Locale;

/**
 * Something that can be broken.
 *
 * @param name as it is switched by
 * @param kind who is wrong
 * @param title for a button
 * @param text one sentence that says what it does
 * @param docs where it is explained, such as {@code watch.md#tail-one-too-far}
 * @param restarts whether the scene begins anew when it is switched
 */
public record FaultInfo(String name, Kind kind, String title, String text, String docs, boolean restarts) {
    /** Who is wrong. */
    public enum Kind {
        DRIVER,
        CARD,
        WIRE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
