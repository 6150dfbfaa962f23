package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two guests, each with Linux's ixgbe on an emulated 82599, at the two ends of a wire. */
class TwoGuestsTest {
    private static final Pattern TOTALS = Pattern.compile("received (\\d+), sent (\\d+), dropped (\\d+) frames");

    @Test
    void eachSideCountsWhatTheOtherSent(@TempDir Path sockets, @TempDir Path one, @TempDir Path two) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("ethtool");
        Machine.needsProgram("iperf3");
        Machine.needsProgram("ping");
        try (Nic nic = Nic.start(sockets, List.of("cross:x", "cross:x"))) {
            long[] left;
            long[] right;
            try (Guest a = Guest.boot(one, List.of(nic.card(0)), "--memory", "768");
                    Guest b = Guest.boot(two, List.of(nic.card(1)), "--memory", "768")) {
                up(a, "192.0.2.1");
                up(b, "192.0.2.2");
                a.awaitLink("eth0");
                b.awaitLink("eth0");
                for (int size : new int[] {56, 1472, 8972}) {
                    Result ping = a.run("ping -q -c 20 -i 0.02 -w 60 -M do -s " + size + " 192.0.2.2")
                            .succeeds();
                    assertTrue(ping.out().contains(" 0% packet loss"), ping::toString);
                }
                tagged(a, b);
                long[] leftBefore = counts(a);
                long[] rightBefore = counts(b);
                transfers(a, b);
                left = counts(a);
                right = counts(b);
                assertArrived(leftBefore, left, rightBefore, right);
                assertArrived(rightBefore, right, leftBefore, left);
            }
            List<long[]> cards = totals(nic.stop().succeeds());
            assertArrayEquals(cards.get(0), left, "sent, received, missed: the card's and its driver's counts");
            assertArrayEquals(cards.get(1), right, "sent, received, missed: the card's and its driver's counts");
        }
    }

    private static void up(Guest guest, String address) {
        guest.run("""
                set -e
                sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1
                ip link set eth0 mtu 9000
                ip addr add %s/24 dev eth0
                ip link set eth0 up
                """.formatted(address)).succeeds();
    }

    /** The cards take tags off and put them on; whose tag is in no filter is not heard. */
    private static void tagged(Guest a, Guest b) {
        for (Guest guest : List.of(a, b)) {
            guest.run("""
                    set -e
                    ip link add link eth0 name eth0.77 type vlan id 77
                    ip addr add 198.51.100.%d/24 dev eth0.77
                    ip link set eth0.77 up
                    """.formatted(guest == a ? 1 : 2)).succeeds();
        }
        Result ping = a.run("ping -q -c 20 -i 0.02 -w 60 -s 1400 198.51.100.2").succeeds();
        assertTrue(ping.out().contains(" 0% packet loss"), ping::toString);
        b.run("ip link del eth0.77").succeeds();
        assertTrue(a.run("ping -q -c 3 -W 1 198.51.100.2").exit() != 0, "the other end has no such interface any more");
        a.run("ip link del eth0.77").succeeds();
    }

    private static void transfers(Guest a, Guest b) {
        for (String options : List.of("-n 30M", "-n 30M -R", "-u -b 20M -t 2", "-u -b 20M -t 2 -R")) {
            try (Guest.Background server = b.start("iperf3 -s -1")) {
                b.run("until ss -ltn | grep -q 5201; do sleep 0.1; done").succeeds();
                a.run("iperf3 -c 192.0.2.2 " + options).succeeds();
                server.await(Guest.SHORT).succeeds();
            }
        }
    }

    /** Sent, received, missed, as the card counts; the driver asks it every two seconds. */
    private static long[] counts(Guest guest) {
        String text = guest.run("sleep 3; ethtool -S eth0").succeeds().out();
        return new long[] {number(text, "tx_pkts_nic"), number(text, "rx_pkts_nic"), number(text, "rx_missed_errors")};
    }

    private static long number(String text, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + ": (\\d+)").matcher(text);
        assertTrue(matcher.find(), () -> "no " + name + " in " + text);
        return Long.parseLong(matcher.group(1));
    }

    private static List<long[]> totals(Result nic) {
        return TOTALS.matcher(nic.out())
                .results()
                .map(found -> new long[] {
                    Long.parseLong(found.group(2)), Long.parseLong(found.group(1)), Long.parseLong(found.group(3))
                })
                .toList();
    }

    /** What was sent here was received or missed there, but for frames that a filter there kept out: there are none. */
    private static void assertArrived(long[] before, long[] after, long[] otherBefore, long[] otherAfter) {
        long sent = after[0] - before[0];
        assertTrue(sent > 1000, "frames sent: " + sent);
        assertEquals(sent, otherAfter[1] - otherBefore[1] + otherAfter[2] - otherBefore[2]);
    }
}
