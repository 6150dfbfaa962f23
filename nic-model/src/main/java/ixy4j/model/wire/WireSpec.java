package ixy4j.model.wire;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Wires by what a user types:
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><td>{@code generator[,size=60][,rate=0][,count=0][,check=some|all]}</td>
 *     <td>a {@link Generator}: bytes, Mpps (0: flat out), frames (0: endless)</td></tr>
 * <tr><td>{@code sink[,check=some|all]}</td><td>a {@link CheckingSink}</td></tr>
 * <tr><td>{@code tap:NAME}</td><td>a {@link TapWire}</td></tr>
 * <tr><td>{@code pcap:[IN][,OUT][,paced]}</td>
 *     <td>a {@link PcapWire}; an empty file or {@code -} is none; a file called paced is {@code ./paced}; no commas
 *     </td></tr>
 * <tr><td>{@code cross:NAME}</td><td>a {@link Crossover}</td></tr>
 * <tr><td>{@code none}</td><td>no wire: the link is down</td></tr>
 * </table>
 */
public final class WireSpec {
    private static final String KINDS = "generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none";

    private WireSpec() {}

    /**
     * Makes the wire of a specification.
     *
     * @throws IllegalArgumentException if it is wrong, in one line with the value and what is allowed
     * @throws ixy4j.IxyException if the machine refuses: a file, an interface
     */
    public static Wire open(String spec) {
        final String kind = spec.split("[:,]", 2)[0];
        final String rest = spec.substring(kind.length());
        return switch (kind) {
            case "generator" -> generator(spec, options(wire(spec), rest, Set.of("size", "rate", "count", "check")));
            case "sink" -> new CheckingSink(-1, checkAll(spec, options(wire(spec), rest, Set.of("check"))));
            case "tap" -> new TapWire(name(spec, rest));
            case "pcap" -> pcap(spec, rest);
            case "cross" -> Crossover.end(name(spec, rest));
            case "none" -> none(spec, rest);
            default -> throw new IllegalArgumentException(wire(spec) + ": it is " + KINDS);
        };
    }

    private static Wire generator(String spec, Map<String, String> options) {
        final String size = options.getOrDefault("size", "60");
        final String rate = options.getOrDefault("rate", "0");
        final String count = options.getOrDefault("count", "0");
        if (!size.matches("\\d{1,4}") || !in(Integer.parseInt(size), Frames.MIN_LENGTH, Frames.MAX_LENGTH)) {
            throw error(wire(spec), "size=" + size, Frames.MIN_LENGTH + " to " + Frames.MAX_LENGTH + " bytes");
        }
        if (!rate.matches("\\d{1,4}(\\.\\d{1,9})?") || Double.parseDouble(rate) > 1000) {
            throw error(wire(spec), "rate=" + rate, "0 (flat out) to 1000 Mpps");
        }
        if (!count.matches("\\d{1,18}")) {
            throw error(wire(spec), "count=" + count, "a number of frames, 0 for endless");
        }
        return new Generator(
                Integer.parseInt(size), Double.parseDouble(rate), Long.parseLong(count), checkAll(spec, options));
    }

    private static boolean checkAll(String spec, Map<String, String> options) {
        final String check = options.getOrDefault("check", "some");
        if (!check.equals("all") && !check.equals("some")) {
            throw error(wire(spec), "check=" + check, "all or some");
        }
        return check.equals("all");
    }

    private static Wire pcap(String spec, String rest) {
        if (!rest.startsWith(":")) {
            throw error(wire(spec), "pcap" + rest, "pcap:IN,OUT, with ,paced or not");
        }
        final List<String> parts =
                new ArrayList<>(Arrays.asList(rest.substring(1).split(",", -1)));
        final boolean paced = parts.getLast().equals("paced");
        if (paced) {
            parts.removeLast();
        }
        final Path in = path(spec, parts, 0);
        final Path out = path(spec, parts, 1);
        if (parts.size() > 2 || (in == null && out == null)) {
            throw error(wire(spec), rest.substring(1), "one or two files, and at the end paced or not");
        }
        if (paced && in == null) {
            throw error(wire(spec), "paced", "for a capture to play only");
        }
        return new PcapWire(in, out, paced);
    }

    /** A file, null if none is named. */
    private static Path path(String spec, List<String> parts, int index) {
        final String text = index < parts.size() ? parts.get(index) : "";
        try {
            return text.isEmpty() || text.equals("-") ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw error(wire(spec), text, "a file: " + e.getReason());
        }
    }

    private static String name(String spec, String rest) {
        if (!rest.matches(":[^:,]+")) {
            throw error(wire(spec), rest, "a colon and a name");
        }
        return rest.substring(1);
    }

    private static Wire none(String spec, String rest) {
        options(wire(spec), rest, Set.of());
        return new Unplugged();
    }

    private static String wire(String spec) {
        return "wire \"" + spec + '"';
    }

    /** The options of {@code ,key=value,key=value}. */
    static Map<String, String> options(String what, String rest, Set<String> allowed) {
        final Map<String, String> options = new HashMap<>();
        if (rest.isEmpty()) {
            return options;
        }
        for (String option : rest.substring(1).split(",", -1)) {
            final int equals = option.indexOf('=');
            final String key = equals < 0 ? option : option.substring(0, equals);
            if (rest.charAt(0) != ',' || equals < 0 || !allowed.contains(key)) {
                throw error(what, option, allowed.isEmpty() ? "nothing" : "options " + list(allowed));
            }
            if (options.put(key, option.substring(equals + 1)) != null) {
                throw error(what, option, "each option once");
            }
        }
        return options;
    }

    private static String list(Set<String> keys) {
        return String.join("=, ", keys.stream().sorted().toList()) + '=';
    }

    static boolean in(long value, long low, long high) {
        return value >= low && value <= high;
    }

    /** A part of something, for example of {@code wire "sink,x=1"}, that should be something else. */
    static IllegalArgumentException error(String what, String part, String allowed) {
        return new IllegalArgumentException(what + ": \"" + part + "\" is not allowed, but " + allowed);
    }
}
