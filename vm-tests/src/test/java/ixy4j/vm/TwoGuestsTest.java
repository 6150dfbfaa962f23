package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two guests, each with Linux's ixgbe on an emulated 82599, at the two ends of a wire. */
@ResourceLock(Machine.ALONE)
@Order(1)
class TwoGuestsTest {
    private static final Pattern TOTALS = Pattern.compile("received (\\d+), sent (\\d+), dropped (\\d+) frames");

    /** Those of a card. */
    private record Frames(long sent, long received, long missed) {}

    @Test
    void eachSideCountsWhatTheOtherSent(@TempDir Path sockets, @TempDir Path one, @TempDir Path two) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("ethtool");
        Machine.needsProgram("iperf3");
        Machine.needsProgram("ping");
        try (Nic nic = Nic.start(sockets, List.of("cross:x", "cross:x"))) {
            List<Frames> counted;
            try (Guest a = Guest.boot(one, List.of(nic.card(0)), "--memory", "768");
                    Guest b = Guest.boot(two, List.of(nic.card(1)), "--memory", "768")) {
                up(a);
                up(b);
                address(a, b);
                for (int size : new int[] {56, 1472, 8972}) {
                    a.run("ping -n -c 20 -i 0.02 -w 60 -M do -s " + size + " 192.0.2.2")
                            .answersAll(20);
                }
                tagged(a, b);
                List<Frames> before = countsInSilence(a, b);
                address(a, b);
                transfers(a, b);
                counted = countsInSilence(a, b);
                assertArrived(before, counted, 0, 1);
                assertArrived(before, counted, 1, 0);
            }
            assertEquals(totals(nic.stop().succeeds()), counted, "what the cards and what their drivers count");
        }
    }

    private static void up(Guest guest) {
        guest.run("""
                set -e
                echo 1 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6
                ip link set eth0 mtu 9000
                ip link set eth0 up
                """).succeeds();
        guest.awaitLink("eth0");
    }

    private static void address(Guest a, Guest b) {
        a.run("ip addr add 192.0.2.1/24 dev eth0").succeeds();
        b.run("ip addr add 192.0.2.2/24 dev eth0").succeeds();
    }

    /** The cards take tags off and put them on; whose tag is in no filter is not heard. */
    private static void tagged(Guest a, Guest b) {
        for (Guest guest : List.of(a, b)) {
            guest.run(String.format(Locale.ROOT, """
                    set -e
                    ip link add link eth0 name eth0.77 type vlan id 77
                    ip addr add 198.51.100.%d/24 dev eth0.77
                    ip link set eth0.77 up
                    """, guest == a ? 1 : 2)).succeeds();
        }
        a.run("ping -n -c 20 -i 0.02 -w 60 -s 1400 198.51.100.2").answersAll(20);
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

    /** Of both, at one moment; from then on they send nothing until they have addresses again. */
    private static List<Frames> countsInSilence(Guest a, Guest b) {
        a.silence("ip", "eth0");
        b.silence("ip", "eth0");
        return Counts.settled(() -> List.of(counts(a), counts(b)));
    }

    private static Frames counts(Guest guest) {
        String text = guest.run("sleep 1; ethtool -S eth0").succeeds().out();
        return new Frames(
                Counts.number(text, "tx_pkts_nic"),
                Counts.number(text, "rx_pkts_nic"),
                Counts.number(text, "rx_missed_errors"));
    }

    private static List<Frames> totals(Result nic) {
        return TOTALS.matcher(nic.out())
                .results()
                .map(found -> new Frames(
                        Long.parseLong(found.group(2)), Long.parseLong(found.group(1)), Long.parseLong(found.group(3))))
                .toList();
    }

    /** What was sent here was received or missed there, but for frames that a filter there kept out: there are none. */
    private static void assertArrived(List<Frames> before, List<Frames> after, int here, int there) {
        long sent = after.get(here).sent - before.get(here).sent;
        assertTrue(sent > 1000, "frames sent: " + sent);
        Frames first = before.get(there);
        Frames last = after.get(there);
        assertEquals(sent, last.received - first.received + last.missed - first.missed);
    }
}
