package ixy4j.model.address;

import ixy4j.MacAddress;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.CardFaults;
import ixy4j.model.i82599.CardOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An address of an emulated card, read.
 *
 * @param text as typed
 * @param port its number
 * @param wire what it is plugged into, as {@link ixy4j.model.wire.WireSpec} has it
 * @param wireFaults what is broken about the wire, as {@link ixy4j.model.wire.FaultyWire} has it; empty for nothing
 * @param running whether the card runs by itself
 * @param options of the card
 */
record ModelAddress(String text, int port, String wire, String wireFaults, boolean running, CardOptions options) {
    private static final String KEYS = "wire=, fault=, mac=, mode=, mistakes=, strict=, spread=";
    private static final Set<String> WIRE_FAULTS = Set.of("corrupt", "lose", "flap", "seed");

    /** Reads an address; the grammar is at {@link ModelProvider}. */
    static ModelAddress parse(String text) {
        String rest = text.substring("model:".length());
        int question = rest.indexOf('?');
        String number = question < 0 ? rest : rest.substring(0, question);
        if (!number.matches("[0-9]|[1-5][0-9]|6[0-3]")) {
            throw wrong(text, "port '" + number + "'", "a number from 0 to 63");
        }
        Builder builder = new Builder(text, Integer.parseInt(number));
        if (question >= 0) {
            for (String part : rest.substring(question + 1).split("&", -1)) {
                builder.set(part);
            }
        }
        return builder.build();
    }

    private static IllegalArgumentException wrong(String text, String part, String allowed) {
        return new IllegalArgumentException("'" + text + "': " + part + " should be " + allowed);
    }

    /** Takes the parts of an address one by one. */
    private static final class Builder {
        private final String text;
        private final int port;
        private final Set<String> seen = new HashSet<>();
        private final List<String> wireFaults = new ArrayList<>();
        private String wire = "generator";
        private CardFaults faults = CardFaults.NONE;
        private MacAddress mac;
        private boolean running = true;
        private Mistakes.Policy policy; // null: as the mode has it
        private Boolean strict; // null: as the mode has it
        private int spread = 1;

        Builder(String text, int port) {
            this.text = text;
            this.port = port;
            this.mac = new MacAddress(CardOptions.STEPPED.mac().bits() + port);
        }

        void set(String part) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = part.substring(equals + 1);
            if (equals <= 0) {
                throw wrong(text, "'" + part + "'", "key=value, with one of " + KEYS);
            }
            if (!seen.add(key)) {
                throw wrong(text, key, "there once");
            }
            switch (key) {
                case "wire" -> wire = value;
                case "fault" -> setFaults(value);
                case "mac" -> mac = mac(value);
                case "mode" -> running = choose(key, value, "running", "stepped");
                case "mistakes" ->
                    policy = choose(key, value, "stop", "count") ? Mistakes.Policy.STOP : Mistakes.Policy.COUNT;
                case "strict" -> strict = choose(key, value, "on", "off");
                case "spread" -> spread = spread(value);
                default -> throw wrong(text, "'" + key + "'", "one of " + KEYS);
            }
        }

        private void setFaults(String value) {
            List<String> ofCard = new ArrayList<>();
            for (String item : value.split(",", -1)) {
                boolean ofWire = WIRE_FAULTS.contains(item.split("=", 2)[0]);
                (ofWire ? wireFaults : ofCard).add(item);
            }
            try {
                faults = ofCard.isEmpty() ? CardFaults.NONE : CardFaults.parse(String.join(",", ofCard));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + text + "': " + e.getMessage()
                        + "; of a wire they are corrupt=1/N," + " lose=1/N, flap=500ms/2s, seed=N");
            }
        }

        private MacAddress mac(String value) {
            try {
                return MacAddress.parse(value).checkOwn();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + text + "': " + e.getMessage());
            }
        }

        private boolean choose(String key, String value, String yes, String no) {
            if (!value.equals(yes) && !value.equals(no)) {
                throw wrong(text, key + "=" + value, yes + " or " + no);
            }
            return value.equals(yes);
        }

        private int spread(String value) {
            if (!value.matches("[1-9][0-9]?") || Integer.parseInt(value) > 64) {
                throw wrong(text, "spread=" + value, "a number of queues, 1 to 64");
            }
            return Integer.parseInt(value);
        }

        ModelAddress build() {
            CardOptions base = running ? CardOptions.RUNNING : CardOptions.STEPPED;
            CardOptions options = new CardOptions(
                    "model:" + port,
                    mac,
                    policy == null ? base.policy() : policy,
                    strict == null ? base.strict() : strict,
                    spread,
                    faults);
            return new ModelAddress(text, port, wire, String.join(",", wireFaults), running, options);
        }
    }
}
