package ixy4j.telemetry;

import java.lang.System.Logger.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A log of what happens once, by the logger {@code ixy4j} of {@link System.Logger}; nothing here is on the path of a packet.
 * What is as it should be is told at level DEBUG, and not even looked at unless somebody set logging up, or asked for it by
 * {@code -Dixy4j.log=true}: to load what is behind a logger takes 40 ms, which is half of a short command.
 */
public final class Log {
    private static final boolean ON = Boolean.getBoolean("ixy4j.log")
            || Stream.of("java.util.logging.config.file", "java.util.logging.config.class")
                    .anyMatch(name -> System.getProperty(name) != null);

    /** Loaded with the first message. */
    private static final class Loaded {
        static final System.Logger LOGGER = System.getLogger("ixy4j");
    }

    private Log() {}

    /** Something that is as it should be. Its parts are put together only if somebody wants to know. */
    public static void debug(Object... parts) {
        if (ON) {
            log(Level.DEBUG, parts);
        }
    }

    /** Something that somebody should know, and that no exception tells. */
    public static void warning(Object... parts) {
        log(Level.WARNING, parts);
    }

    private static void log(Level level, Object... parts) {
        if (Loaded.LOGGER.isLoggable(level)) {
            Loaded.LOGGER.log(level, Stream.of(parts).map(String::valueOf).collect(Collectors.joining()));
        }
    }
}
