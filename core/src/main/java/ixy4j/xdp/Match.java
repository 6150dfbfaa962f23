package ixy4j.xdp;

import ixy4j.packet.Tcp;
import ixy4j.packet.Udp;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which frames of an interface are taken; the kernel gets all others, as ever. A frame is taken if one rule is for it:
 *
 * <pre>
 * all             every frame
 * ether:0x88b5    of this type, behind a VLAN tag if there is one
 * vlan:5          with this VLAN in the first tag
 * host:10.0.0.2   from or to this address: IPv4, IPv6, and ARP or neighbor discovery about it
 * udp:9000        to this port of UDP, over IPv4 or IPv6
 * tcp:80          to this port of TCP
 * </pre>
 *
 * Of fragments, ports are known in the first only, and behind extension headers of IPv6 they are not looked for.
 *
 * @param text as it was typed
 * @param rules none for all frames
 */
record Match(String text, List<Rule> rules) {
    /** Every frame. */
    static final Match ALL = new Match("all", List.of());

    private static final String SHOULD =
            "all, or ether:TYPE, vlan:ID, host:ADDRESS, udp:PORT or tcp:PORT, or several of" + " these between commas";
    private static final int MOST = 64; // rules: a program has 4096 instructions in older kernels

    /** One of several. */
    sealed interface Rule {}

    record EtherType(int type) implements Rule {}

    record Vlan(int id) implements Rule {}

    record Host(InetAddress address) implements Rule {}

    record Port(int protocol, int port) implements Rule {}

    /** What is thrown for a part of the text that is not as it should be. */
    interface Refusal {
        IllegalArgumentException of(String part, String should);
    }

    /** Reads a list of rules. */
    static Match parse(String text, Refusal refusal) {
        if (text.equals(ALL.text)) {
            return ALL;
        }
        List<Rule> rules = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            rules.add(rule(one, refusal));
        }
        if (rules.size() > MOST) {
            throw refusal.of(text, "at most " + MOST + " rules, not " + rules.size());
        }
        return new Match(text, List.copyOf(rules));
    }

    private static Rule rule(String text, Refusal refusal) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "ether" -> new EtherType(number(value, 0x600, 0xffff, should -> refusal.of(text, should)));
            case "vlan" -> new Vlan(number(value, 0, 4094, should -> refusal.of(text, should)));
            case "udp" -> new Port(Udp.PROTOCOL, number(value, 1, 65535, should -> refusal.of(text, should)));
            case "tcp" -> new Port(Tcp.PROTOCOL, number(value, 1, 65535, should -> refusal.of(text, should)));
            case "host" -> new Host(host(value, should -> refusal.of(text, should)));
            default -> throw refusal.of(text, SHOULD);
        };
    }

    private static int number(String value, int least, int most, Function<String, IllegalArgumentException> refusal) {
        boolean hex = value.matches("0[xX]\\p{XDigit}{1,4}");
        int number = hex
                ? Integer.parseInt(value.substring(2), 16)
                : value.matches("\\d{1,5}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw refusal.apply("a number from " + least + " to " + most + " behind the colon, 0x before it if it is"
                    + " hexadecimal");
        }
        return number;
    }

    /** Names are not looked up. */
    private static InetAddress host(String value, Function<String, IllegalArgumentException> refusal) {
        try {
            if (value.matches("\\d{1,3}(\\.\\d{1,3}){3}|[\\p{XDigit}:.]*:[\\p{XDigit}:.]*")) {
                return InetAddress.ofLiteral(value);
            }
        } catch (IllegalArgumentException e) {
            // as what is none of these
        }
        throw refusal.apply("an address of IPv4 or IPv6 behind the colon, such as 10.0.0.2 or fd00::2");
    }

    /** Whether it takes each frame. */
    boolean isAll() {
        return rules.isEmpty();
    }
}
