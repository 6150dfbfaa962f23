package ixy4j.watch.frame;

import ixy4j.MacAddress;
import ixy4j.watch.frame.Filter.Direction;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which frames are meant, in the language that tcpdump has (pcap-filter(7)), as far as it is common:
 *
 * <pre>
 * expression = term *( ( "and" | "or" ) term )            ; both bind alike, from the left
 * term       = "not" term | "(" expression ")" | primitive
 * primitive  = [ protocol ] [ direction ] [ kind ] value | protocol | "vlan" [ number ]
 *            | [ "ether" | "ip6" ] "multicast" | [ "ether" ] "broadcast" | "less" number | "greater" number
 * protocol   = "ether" | "ip" | "ip6" | "arp" | "rarp" | "tcp" | "udp" | "sctp" | "icmp" | "icmp6" | "igmp"
 * direction  = "src" | "dst" | "src or dst" | "src and dst"
 * kind       = "host" | "net" | "port" | "portrange" | "proto"
 * </pre>
 *
 * A value alone takes protocol, direction and kind of the value before it: {@code port 80 or 443}. Behind {@code vlan}, all that
 * follows is about what is behind the tag. Names of hosts and ports are not looked up.
 */
public final class Expression {
    private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|&&|\\|\\||!|[^\\s()!]+)");
    private static final Set<String> PROTOCOLS =
            Set.of("ether", "ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp");
    private static final Set<String> KINDS = Set.of("host", "net", "port", "portrange", "proto");
    private static final Set<String> ALONE = Set.of("vlan", "less", "greater", "multicast", "broadcast");
    private static final int MOST_TAGS = 4;
    private static final int DEEPEST = 200;

    private record Token(String text, int place) {}

    /** What stands before a value. */
    private record Qualifiers(String protocol, Direction direction, String kind) {}

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int tags; // that were looked into so far
    private int depth; // of brackets and negations
    private Qualifiers last; // of the value before

    private Expression(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            tokens.add(new Token(matcher.group(1), matcher.start(1)));
            matcher.region(matcher.end(), text.length());
        }
    }

    /**
     * Reads one; an empty one chooses every frame.
     *
     * @throws Wrong if it cannot be read
     */
    public static Choice parse(String text) {
        Expression expression = new Expression(text);
        if (expression.tokens.isEmpty()) {
            return new Choice(new Filter.All());
        }
        Filter filter = expression.expression();
        if (expression.peek() != null) {
            throw expression.wrong("and, or, or the end");
        }
        return new Choice(filter);
    }

    /** An expression that cannot be read. */
    public static final class Wrong extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final int place;

        private Wrong(String message, int place) {
            super(message);
            this.place = place;
        }

        /** Where in the text, counted from 0. */
        public int place() {
            return place;
        }
    }

    /** What an expression chooses. */
    public static final class Choice {
        private final Filter filter;

        private Choice(Filter filter) {
            this.filter = filter;
        }

        /** Whether it chooses a frame, of which {@link Frame#HEAD} bytes are needed. */
        public boolean of(Frame frame) {
            return filter.matches(frame) && !frame.isBeyond();
        }
    }

    // ---- the grammar

    private Filter expression() {
        Filter filter = term();
        while (true) {
            if (take("and") || take("&&")) {
                filter = new Filter.And(filter, term());
            } else if (take("or") || take("||")) {
                filter = new Filter.Or(filter, term());
            } else {
                return filter;
            }
        }
    }

    private Filter term() {
        if (++depth > DEEPEST) {
            throw wrong("fewer brackets and negations within one another, at most " + DEEPEST);
        }
        Filter filter;
        if (take("not") || take("!")) {
            filter = new Filter.Not(term());
        } else if (take("(")) {
            filter = expression();
            if (!take(")")) {
                throw wrong("and, or, or a closing bracket");
            }
        } else {
            filter = primitive();
        }
        depth--;
        return filter;
    }

    private Filter primitive() {
        String protocol = takeOneOf(PROTOCOLS);
        String alone = peek() == null ? "" : peek().text;
        if (ALONE.contains(alone)) {
            return alone(protocol);
        }
        Direction direction = direction();
        String kind = takeOneOf(KINDS);
        boolean isBare = protocol == null && direction == null && kind == null;
        if (protocol != null && direction == null && kind == null) {
            return isValue() ? value(new Qualifiers(protocol, Direction.EITHER, "host")) : protocol(protocol);
        }
        if (isBare && !isValue()) {
            throw wrong("a primitive, such as host, net, port, vlan, tcp or an address");
        }
        if (isBare && last != null) {
            return value(last);
        }
        return value(new Qualifiers(
                protocol, direction == null ? Direction.EITHER : direction, kind == null ? "host" : kind));
    }

    private Direction direction() {
        if (take("src")) {
            return joined("dst", Direction.SOURCE);
        }
        return take("dst") ? joined("src", Direction.DESTINATION) : null;
    }

    /** "src or dst", or one alone. */
    private Direction joined(String other, Direction alone) {
        if (next + 1 < tokens.size() && tokens.get(next + 1).text.equals(other)) {
            if (take("or") || take("||")) {
                next++;
                return Direction.EITHER;
            }
            if (take("and") || take("&&")) {
                next++;
                return Direction.BOTH;
            }
        }
        return alone;
    }

    private Filter alone(String protocol) {
        String word = tokens.get(next++).text;
        boolean isEther = protocol == null || protocol.equals("ether");
        switch (word) {
            case "multicast" -> {
                if (isEther) {
                    return new Filter.Multicast();
                }
                if (protocol.equals("ip") || protocol.equals("ip6")) {
                    return new Filter.IpMulticast(tags, type(protocol));
                }
            }
            case "broadcast" -> {
                if (isEther) {
                    return new Filter.Mac(Direction.DESTINATION, 0xffff_ffff_ffffL);
                }
            }
            case "vlan" -> {
                if (protocol == null) {
                    return vlan();
                }
            }
            default -> {
                if (protocol == null) {
                    int number = number(0, 65_535, "a length");
                    return word.equals("less")
                            ? new Filter.Length(0, number)
                            : new Filter.Length(number, Integer.MAX_VALUE);
                }
            }
        }
        next--;
        throw wrong("something that goes with " + protocol);
    }

    private Filter vlan() {
        boolean hasNumber = peek() != null && peek().text.matches("\\d.*");
        Filter filter = new Filter.Vlan(tags, hasNumber ? number(0, 4095, "the number of a VLAN") : -1);
        if (++tags > MOST_TAGS) {
            next--;
            throw wrong("at most " + MOST_TAGS + " times vlan");
        }
        return filter;
    }

    private Filter protocol(String name) {
        return switch (name) {
            case "ip" -> new Filter.Type(tags, Filter.IP);
            case "ip6" -> new Filter.Type(tags, Filter.IP6);
            case "arp" -> new Filter.Type(tags, Filter.ARP);
            case "rarp" -> new Filter.Type(tags, Filter.RARP);
            case "icmp", "igmp" -> new Filter.Protocol(tags, number(name));
            case "icmp6" -> new Filter.Protocol6(tags, number(name));
            case "ether" -> throw wrong("src, dst, host, proto, multicast or broadcast behind ether");
            default -> carried(number(name));
        };
    }

    private static int number(String protocol) {
        return switch (protocol) {
            case "icmp" -> 1;
            case "igmp" -> 2;
            case "tcp" -> Filter.TCP;
            case "udp" -> Filter.UDP;
            case "icmp6" -> 58;
            case "sctp" -> Filter.SCTP;
            default -> -1;
        };
    }

    private Filter carried(int protocol) {
        return new Filter.Or(new Filter.Protocol(tags, protocol), new Filter.Protocol6(tags, protocol));
    }

    // ---- values

    private boolean isValue() {
        Token token = peek();
        return token != null && token.text.matches("[\\p{XDigit}:][\\p{XDigit}.:/xX-]*") && !isWord(token.text);
    }

    private static boolean isWord(String text) {
        return PROTOCOLS.contains(text) || KINDS.contains(text) || ALONE.contains(text);
    }

    private Filter value(Qualifiers qualifiers) {
        last = qualifiers;
        return switch (qualifiers.kind) {
            case "port", "portrange" -> ports(qualifiers);
            case "proto" -> carriedBy(qualifiers);
            case "net" -> net(qualifiers);
            default -> "ether".equals(qualifiers.protocol) ? mac(qualifiers) : host(qualifiers);
        };
    }

    private Filter ports(Qualifiers qualifiers) {
        int protocol = -1;
        if (qualifiers.protocol != null) {
            if (!Set.of("tcp", "udp", "sctp").contains(qualifiers.protocol)) {
                throw wrong("tcp, udp or sctp before a port, not " + qualifiers.protocol);
            }
            protocol = number(qualifiers.protocol);
        }
        if (qualifiers.kind.equals("port")) {
            int port = number(0, 65_535, "a port");
            return new Filter.Ports(tags, protocol, qualifiers.direction, port, port);
        }
        String[] ends = peek() == null ? new String[0] : peek().text.split("-", -1);
        if (ends.length != 2 || !isNumber(ends[0], 65_535) || !isNumber(ends[1], 65_535)) {
            throw wrong("two ports, such as 1024-2047");
        }
        next++;
        int one = Integer.parseInt(ends[0]);
        int other = Integer.parseInt(ends[1]);
        return new Filter.Ports(tags, protocol, qualifiers.direction, Math.min(one, other), Math.max(one, other));
    }

    private Filter carriedBy(Qualifiers qualifiers) {
        String protocol = qualifiers.protocol;
        if ("ether".equals(protocol)) {
            int named = peek() == null ? -1 : type(peek().text);
            if (named >= 0) {
                next++;
            }
            return new Filter.Type(tags, named >= 0 ? named : number(0x600, 0xffff, "a type of Ethernet"));
        }
        int named = peek() == null ? -1 : number(peek().text.replaceFirst("^\\\\", ""));
        if (named >= 0) {
            next++;
        }
        int number = named >= 0 ? named : number(0, 255, "the number or name of a protocol");
        return switch (protocol) {
            case "ip" -> new Filter.Protocol(tags, number);
            case "ip6" -> new Filter.Protocol6(tags, number);
            case null -> carried(number);
            default -> {
                next--;
                throw wrong("ether, ip or ip6 before proto, not " + protocol);
            }
        };
    }

    private static int type(String name) {
        return switch (name.replaceFirst("^\\\\", "")) {
            case "ip" -> Filter.IP;
            case "ip6" -> Filter.IP6;
            case "arp" -> Filter.ARP;
            case "rarp" -> Filter.RARP;
            default -> -1;
        };
    }

    private Filter mac(Qualifiers qualifiers) {
        Token token = peek();
        if (token == null || !token.text.matches("\\p{XDigit}{1,2}(:\\p{XDigit}{1,2}){5}")) {
            throw wrong("a MAC address, such as 02:00:00:00:00:01");
        }
        next++;
        String full = token.text.replaceAll("(?<![\\p{XDigit}])(\\p{XDigit})(?![\\p{XDigit}])", "0$1");
        return new Filter.Mac(qualifiers.direction, MacAddress.parse(full).bits());
    }

    private Filter host(Qualifiers qualifiers) {
        byte[] address = address(peek() == null ? "" : peek().text);
        if (address == null) {
            throw wrong("an address, such as 10.0.0.2 or fd00::2");
        }
        next++;
        return within(qualifiers, address, 8 * address.length);
    }

    private Filter net(Qualifiers qualifiers) {
        String[] parts = peek() == null ? new String[] {""} : peek().text.split("/", -1);
        int octets = parts[0].split("\\.", -1).length;
        boolean isShort = parts[0].matches("\\d{1,3}(\\.\\d{1,3}){0,2}");
        byte[] address = address(isShort ? parts[0] + ".0".repeat(4 - octets) : parts[0]);
        int most = address == null ? 0 : 8 * address.length;
        boolean hasBits = parts.length == 2 && isNumber(parts[1], most);
        if (address == null || parts.length > 2 || (parts.length == 2 && !hasBits)) {
            throw wrong("a net, such as 10.0.0.0/8, 192.168 or fd00::/64");
        }
        int bits = hasBits ? Integer.parseInt(parts[1]) : isShort ? 8 * octets : most;
        if (new BigInteger(1, address).getLowestSetBit() >= 0
                && new BigInteger(1, address).getLowestSetBit() < most - bits) {
            throw wrong("a net whose address has no bits behind its first " + bits);
        }
        next++;
        return within(qualifiers, address, bits);
    }

    private Filter within(Qualifiers qualifiers, byte[] address, int bits) {
        String protocol = qualifiers.protocol == null ? "" : qualifiers.protocol;
        Direction direction = qualifiers.direction;
        BigInteger number = new BigInteger(1, address);
        if (address.length == 16 && Set.of("", "ip6").contains(protocol)) {
            return Filter.Host6.of(tags, direction, number, bits);
        }
        if (address.length == 4 && Set.of("", "ip", "arp", "rarp").contains(protocol)) {
            long mask = 0xffff_ffffL << (32 - bits) & 0xffff_ffffL;
            Filter ip = new Filter.Host(tags, Filter.IP, direction, number.longValue(), mask);
            Filter arp = new Filter.Host(tags, Filter.ARP, direction, number.longValue(), mask);
            Filter rarp = new Filter.Host(tags, Filter.RARP, direction, number.longValue(), mask);
            return switch (protocol) {
                case "ip" -> ip;
                case "arp" -> arp;
                case "rarp" -> rarp;
                default -> new Filter.Or(new Filter.Or(ip, arp), rarp);
            };
        }
        next--;
        throw wrong("an address that goes with " + protocol);
    }

    /** Null if it is none. */
    private static byte[] address(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[\\p{XDigit}:.]*:[\\p{XDigit}:.]*")) {
            return null; // what would be looked up as a name, or filled up in a way of its own
        }
        try {
            byte[] address = InetAddress.ofLiteral(text).getAddress();
            return text.contains(":") && address.length == 4 ? mapped(address) : address;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** An address of IPv4 in the form of one of IPv6 (RFC 4291, 2.5.5.2), which Java takes for the former. */
    private static byte[] mapped(byte[] address) {
        byte[] all = new byte[16];
        all[10] = (byte) 0xff;
        all[11] = (byte) 0xff;
        System.arraycopy(address, 0, all, 12, address.length);
        return all;
    }

    private int number(int least, int most, String what) {
        String word = peek() == null ? "" : peek().text;
        boolean isHex = word.matches("0[xX]\\p{XDigit}{1,4}");
        int number =
                isHex ? Integer.parseInt(word.substring(2), 16) : isNumber(word, most) ? Integer.parseInt(word) : -1;
        if (number < least || number > most) {
            throw wrong(what + ", " + least + " to " + most);
        }
        next++;
        return number;
    }

    private static boolean isNumber(String text, int most) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= most;
    }

    // ---- tokens

    private Token peek() {
        return next < tokens.size() ? tokens.get(next) : null;
    }

    private boolean take(String word) {
        boolean is = peek() != null && peek().text.equals(word);
        next += is ? 1 : 0;
        return is;
    }

    private String takeOneOf(Set<String> words) {
        return peek() != null && words.contains(peek().text) ? tokens.get(next++).text : null;
    }

    /** Points at the next word. */
    private Wrong wrong(String should) {
        int place = peek() == null ? text.length() : peek().place;
        String found = peek() == null ? "it ends" : "there is '" + peek().text + "'";
        return new Wrong("the expression '" + text + "' should have " + should + ", but " + found, place);
    }
}
