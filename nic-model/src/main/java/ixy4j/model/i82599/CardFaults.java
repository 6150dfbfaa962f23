package ixy4j.model.i82599;

import ixy4j.spi.Address;
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

        /** How a list has it: 0 where it is not there. */
        private long read(Address.Options list) {
            if (form.isEmpty()) {
                return list.flag(toString()) ? standard : 0;
            }
            boolean ratio = form.equals("1/N");
            String text = list.text(toString(), null, (ratio ? "1/" : "") + standard);
            if (text == null) {
                return 0;
            }
            if (!text.matches(ratio ? "1/[1-9][0-9]{0,15}" : "[1-9][0-9]{0,15}")) {
                throw list.wrong(this + "=" + text, this + " or " + this + "=" + form + ", N from 1 on");
            }
            return Long.parseLong(ratio ? text.substring(2) : text);
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

    /** Takes its own of a list of faults, such as {@code reset-hangs,lost-writeback=1/100}. */
    public static CardFaults read(Address.Options list) {
        CardFaults faults = NONE;
        for (Kind kind : Kind.values()) {
            long value = kind.read(list);
            faults = value == 0 ? faults : faults.with(kind, value);
        }
        return faults;
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
