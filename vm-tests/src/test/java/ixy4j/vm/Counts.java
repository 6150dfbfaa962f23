package ixy4j.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Frames on a wire between the eth0 of a guest, as its card counts, and a TAP of this machine, as the kernel counts.
 *
 * @param missedThere that arrived at the card and found no room there
 * @param badChecksums of IP, TCP and UDP, on both sides
 */
record Counts(
        long sentThere, long receivedThere, long missedThere, long sentHere, long receivedHere, long badChecksums) {
    private static final int MOST_READINGS = 30;

    /** Takes them when nothing moves any more. */
    static Counts of(Guest guest, Tap tap) {
        return settled(() -> {
            guest.run("sleep 2.5").succeeds();
            return meanwhile(guest, tap);
        });
    }

    /**
     * Counters that cannot be read all at once, as they were at one moment: where two readings are the same, all had
     * these values between the two. Each takes a moment, in which what is on its way arrives.
     */
    static <T> T settled(Supplier<T> reading) {
        T last = reading.get();
        for (int i = 1; i < MOST_READINGS; i++) {
            T next = reading.get();
            if (next.equals(last)) {
                return next;
            }
            last = next;
        }
        throw new AssertionError("this goes on and on: " + last);
    }

    /** About what they are, while frames may be on their way. */
    static Counts meanwhile(Guest guest, Tap tap) {
        String there =
                guest.run("ethtool -S eth0; cat /proc/net/snmp").succeeds().out();
        String here = read(Path.of("/proc/net/snmp"));
        return new Counts(
                number(there, "tx_pkts_nic"),
                number(there, "rx_pkts_nic"),
                number(there, "rx_missed_errors"),
                counter(tap, "tx_packets"),
                counter(tap, "rx_packets"),
                badChecksums(there) + badChecksums(here));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long counter(Tap tap, String name) {
        return Long.parseLong(
                read(Path.of("/sys/class/net", tap.name, "statistics", name)).strip());
    }

    /** The first number that is behind a name and a colon. */
    static long number(String text, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + ": (\\d+)").matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** /proc/net/snmp has a line of names and a line of numbers for each protocol. */
    private static long badChecksums(String text) {
        long sum = 0;
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = 0; i + 1 < lines.size(); i++) {
            String[] names = lines.get(i).split(" ", -1);
            String[] numbers = lines.get(i + 1).split(" ", -1);
            if (names[0].matches("Ip:|Tcp:|Udp:") && names[0].equals(numbers[0]) && names.length == numbers.length) {
                for (int k = 1; k < names.length; k++) {
                    boolean bad = names[k].equals("InCsumErrors") || names[k].equals("InHdrErrors");
                    sum += bad ? Long.parseLong(numbers[k]) : 0;
                }
            }
        }
        return sum;
    }

    Counts minus(Counts other) {
        return new Counts(
                sentThere - other.sentThere,
                receivedThere - other.receivedThere,
                missedThere - other.missedThere,
                sentHere - other.sentHere,
                receivedHere - other.receivedHere,
                badChecksums - other.badChecksums);
    }

    /** All that were delivered. */
    long all() {
        return receivedThere + receivedHere;
    }
}
