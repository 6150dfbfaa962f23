package ixy4j.model.i82599;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is broken about an emulated card, on purpose: to see what a driver makes of it.
 *
 * @param values a number for each fault that is on: every how many frames, or how many
 */
public record CardFaults(Map<Kind, Long> values) {
    /** What can be broken. */
    public enum Kind {
        /** CTRL.RST never clears. */
        RESET_HANGS("", 1),
        /** RXDCTL.ENABLE and TXDCTL.ENABLE never read 1. */
        QUEUE_NEVER_ENABLES("", 1),
        /** The link never comes up. */
        NO_LINK("", 1),
        /** EEC.AUTO_RD never reads 1. */
        EEPROM_NEVER_DONE("", 1),
        /** RDRXCTL.DMAIDONE never reads 1. */
        DMA_NEVER_READY("", 1),
        /** One in N received frames is reported with a length of 0 or, in turn, 65535. */
        IMPOSSIBLE_LENGTH("1/N", 1),
        /** One in N received frames is split over two descriptors. */
        SPANNING("1/N", 1),
        /** One in N received frames has the error bit RXE. */
        ERROR_BIT("1/N", 1),
        /** Descriptors are written back N rounds of the card late. */
        LATE_WRITEBACK("N", 10),
        /** One in N descriptors is never written back. */
        LOST_WRITEBACK("1/N", 100),
        /** The card stops serving its queues after N frames. */
        STALL("N", 1000),
        /** The card resets itself, once, after N frames. */
        RESET_AT("N", 1000);

        private final String form;
        private final long standard;

        Kind(String form, long standard) {
            this.form = form;
            this.standard = standard;
        }

        /** Its name in an address. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private String usage() {
            return this + (form.isEmpty() ? "" : "[=" + form + "]");
        }
    }

    /** A card that works. */
    public static final CardFaults NONE = new CardFaults(Map.of());

    /** Keeps a copy. */
    public CardFaults {
        values = Map.copyOf(values);
        values.forEach((kind, value) -> {
            if (value < 1) {
                throw new IllegalArgumentException(kind + " takes a number from 1 on, not " + value);
            }
        });
    }

    /** Whether a name of a fault is one of these, and not, say, of a wire. */
    static boolean knows(String name) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> kind.toString().equals(name));
    }

    /** All that can be written in an address. */
    static String usage() {
        return Arrays.stream(Kind.values()).map(Kind::usage).collect(Collectors.joining(", "));
    }

    /**
     * Reads a list such as {@code reset-hangs,lost-writeback=1/100}.
     *
     * @throws IllegalArgumentException naming the item that is wrong, and what it could be
     */
    public static CardFaults parse(String text) {
        CardFaults faults = NONE;
        for (String item : text.split(",", -1)) {
            faults = faults.withItem(item);
        }
        return faults;
    }

    private CardFaults withItem(String item) {
        int equals = item.indexOf('=');
        String name = equals < 0 ? item : item.substring(0, equals);
        for (Kind kind : Kind.values()) {
            if (kind.toString().equals(name)) {
                return with(kind, equals < 0 ? kind.standard : number(kind, item, item.substring(equals + 1)));
            }
        }
        throw new IllegalArgumentException("'" + item + "' is not a fault of a card, which are " + usage());
    }

    private static long number(Kind kind, String item, String text) {
        boolean ratio = kind.form.equals("1/N");
        if (!kind.form.isEmpty() && text.matches(ratio ? "1/[1-9][0-9]{0,15}" : "[1-9][0-9]{0,15}")) {
            return Long.parseLong(ratio ? text.substring(2) : text);
        }
        throw new IllegalArgumentException("'" + item + "' should read " + kind.usage() + ", N from 1 on");
    }

    /** The same with one more fault; for those without a number it is 1. */
    public CardFaults with(Kind kind, long value) {
        Map<Kind, Long> more = new EnumMap<>(Kind.class);
        more.putAll(values);
        more.put(kind, value);
        return new CardFaults(more);
    }

    /** Whether a fault is on. */
    public boolean has(Kind kind) {
        return values.containsKey(kind);
    }

    /** A fault's number, 0 if it is off. */
    public long value(Kind kind) {
        return values.getOrDefault(kind, 0L);
    }

    @Override
    public String toString() {
        return values.keySet().stream()
                .sorted()
                .map(k -> k + "=" + values.get(k))
                .collect(Collectors.joining(","));
    }
}
