package ixy4j.model.wire;

import ixy4j.spi.Address;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Wires by what a user types, in the grammar of inner addresses ({@link Address}):
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><td>{@code generator[,size=60][,rate=0][,count=0][,check=some|all]}</td>
 *     <td>a {@link Generator}: bytes, Mpps (0: flat out), frames (0: endless)</td></tr>
 * <tr><td>{@code sink[,check=some|all]}</td><td>a {@link CheckingSink}</td></tr>
 * <tr><td>{@code tap:NAME}</td><td>a {@link TapWire}</td></tr>
 * <tr><td>{@code pcap:[IN][,OUT][,paced]}</td>
 *     <td>a {@link PcapWire}; an empty file or {@code -} is none; a file called paced is {@code ./paced}, and a comma
 *     in a name is {@code %2C}</td></tr>
 * <tr><td>{@code cross:NAME}</td><td>a {@link Crossover}</td></tr>
 * <tr><td>{@code none}</td><td>no wire: the link is down</td></tr>
 * </table>
 */
public final class WireSpec {
    private static final String KINDS = "generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none";
    private static final int MOST_MPPS = 1000;
    private static final long MOST_FRAMES = 999_999_999_999_999_999L;

    private WireSpec() {}

    /**
     * Makes the wire of a specification.
     *
     * @throws IllegalArgumentException if it is wrong, in one line with the value and what is allowed
     * @throws ixy4j.IxyException if the machine refuses: a file, an interface
     */
    public static Wire open(Address spec) {
        return read(spec).get();
    }

    /**
     * Reads a specification, and leaves the machine alone; what is returned makes the wire.
     *
     * @throws IllegalArgumentException as {@link #open} does
     */
    public static Supplier<Wire> read(Address spec) {
        return switch (spec.scheme()) {
            case "generator" -> generator(spec);
            case "sink" -> sink(spec);
            case "tap" -> tap(spec);
            case "pcap" -> pcap(spec);
            case "cross" -> cross(spec);
            case "none" -> none(spec);
            default -> throw spec.wrong("'" + spec + "'", KINDS);
        };
    }

    private static Supplier<Wire> generator(Address spec) {
        spec.checkNoTarget();
        Address.Options options = spec.options();
        int size = (int) options.number("size", Frames.MIN_LENGTH, Frames.MAX_LENGTH, Frames.MIN_LENGTH);
        double mpps = options.decimal("rate", 0, MOST_MPPS, 0);
        long count = options.number("count", 0, MOST_FRAMES, 0);
        boolean checkAll = checkAll(options);
        options.end();
        return () -> new Generator(size, mpps, count, checkAll);
    }

    private static Supplier<Wire> sink(Address spec) {
        spec.checkNoTarget();
        Address.Options options = spec.options();
        boolean checkAll = checkAll(options);
        options.end();
        return () -> new CheckingSink(-1, checkAll);
    }

    private static boolean checkAll(Address.Options options) {
        return options.choice("check", "some", "all", "some").equals("all");
    }

    private static Supplier<Wire> tap(Address spec) {
        String name = spec.target("an interface", "tap0");
        spec.options().end();
        if (!TapWire.isName(name)) {
            throw spec.wrong("'" + name + "'", "the name of an interface, " + TapWire.NAMES);
        }
        return () -> new TapWire(name);
    }

    private static Supplier<Wire> cross(Address spec) {
        String name = spec.target("a cable", "x");
        spec.options().end();
        return () -> Crossover.freeEnd(name)
                .orElseThrow(() -> spec.wrong(
                        "'" + name + "'", "the name of a cable with a free end: both ends of this one are in use"));
    }

    private static Supplier<Wire> none(Address spec) {
        spec.checkNoTarget();
        spec.options().end();
        return Unplugged::new;
    }

    private static Supplier<Wire> pcap(Address spec) {
        Address.Options options = spec.options();
        boolean paced = options.flag("paced");
        Path in = file(spec.targetPath());
        Path out = file(options.path("OUT"));
        options.end();
        if (in == null && (out == null || paced)) {
            throw spec.wrong("'" + spec + "'", "pcap:IN, pcap:IN,OUT or pcap:,OUT, with ,paced where there is an IN");
        }
        return () -> new PcapWire(in, out, paced);
    }

    /** Null also where {@code -} says that there is none. */
    private static Path file(Path typed) {
        return typed == null || typed.toString().equals("-") ? null : typed;
    }
}
