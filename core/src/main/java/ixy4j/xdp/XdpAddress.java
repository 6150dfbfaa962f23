package ixy4j.xdp;

import ixy4j.spi.Address;
import java.util.List;
import java.util.TreeSet;

/**
 * What an address {@code xdp:INTERFACE} says.
 *
 * @param text all of it
 * @param name of the interface
 * @param queues of the interface, by number, whose frames are taken ({@code queues=0-3}, {@code queues=1,5}); none for all
 * @param mode where the program runs: {@code native}, in the interface's driver; {@code generic}, behind it, which every
 *     interface can; {@code auto}, the first that works
 * @param copy whether the interface reads and writes the pool itself ({@code zero}) or the kernel copies ({@code copy});
 *     {@code auto} copies
 * @param match which frames are taken
 */
record XdpAddress(String text, String name, List<Integer> queues, String mode, String copy, Match match) {
    static final String SCHEME = "xdp";

    private static final int MOST_QUEUES = 64;

    /** Reads an address, whose options are all for this. */
    static XdpAddress read(Address address) {
        String name = address.target("an interface", "eth0");
        Address.Options options = address.options();
        String queues = options.text("queues", null);
        String mode = options.choice("mode", "auto", "auto", "native", "generic");
        String copy = options.choice("copy", "auto", "auto", "zero", "copy");
        String match = options.text("match", "all");
        options.end();
        if (mode.equals("generic") && copy.equals("zero")) {
            throw options.wrong("copy=zero", "copy or auto with mode=generic, behind the driver");
        }
        return new XdpAddress(
                address.toString(),
                name,
                queues(options, queues),
                mode,
                copy,
                Match.parse(match, (part, should) -> options.wrong("'" + part + "' of match=" + match, should)));
    }

    private static List<Integer> queues(Address.Options options, String text) {
        TreeSet<Integer> queues = new TreeSet<>();
        if (text == null) {
            return List.of();
        }
        if (!text.matches("\\d{1,3}(-\\d{1,3})?(,\\d{1,3}(-\\d{1,3})?)*")) {
            throw options.wrong("queues=" + text, "numbers of queues from 0 on, such as 0-3 or 1,5");
        }
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                queues.add(i);
            }
        }
        if (queues.size() > MOST_QUEUES || queues.isEmpty()) {
            throw options.wrong("queues=" + text, "1 to " + MOST_QUEUES + " queues");
        }
        return List.copyOf(queues);
    }
}
