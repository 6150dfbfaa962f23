package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Linux's own ixgbe on emulated 82599s: what it says of them, and traffic with the defaults of the kernel. eth0 is wired
 * to a TAP of this machine. eth1 and eth2 are wired to two more cards, between which our forwarder runs outside of the
 * guest. The wire of eth3 has a loose contact.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // what may leave the card broken comes last
@ResourceLock(Machine.ALONE)
@Order(1)
class LinuxIxgbeTest {
    private static final String HERE = "198.51.100.65";
    private static final String THERE = "198.51.100.66";
    private static final int JUMBO = 9000;
    private static final long PACKETS = 1_000_000; // to and from this machine
    private static final int MOST_ROUNDS = 20;
    private static final int CHANGES = 20;
    private static final int ZERO_COPIED = 1024; // frames of each length

    private Tap tap;
    private Nic nic;
    private Guest guest;

    @BeforeAll
    void boot(@TempDir Path sockets, @TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsTaps();
        Machine.needsProgram("ethtool");
        Machine.needsProgram("iperf3");
        Machine.needsProgram("ping");
        tap = Tap.make('a', HERE, JUMBO);
        nic = Nic.start(
                sockets,
                List.of("tap:" + tap.name, "cross:left", "cross:left", "cross:right", "cross:right", "sink"),
                "--fault",
                "flap=1s/4s");
        guest = Guest.boot(scripts, List.of(nic.card(0), nic.card(1), nic.card(3), nic.card(5)), "--cpus", "2");
        sh(String.format(Locale.ROOT, "ip addr add %s/28 dev eth0; ip link set eth0 up", THERE));
        guest.awaitLink("eth0");
    }

    @AfterAll
    void end() {
        Ending.of(guest, nic, tap);
    }

    private Result sh(String script) {
        return guest.run(script).succeeds();
    }

    // ---- what it says

    @Test
    @Order(1)
    void itBringsTheCardUp() {
        String log = sh("dmesg").out();
        for (String part : List.of(
                "ixgbe 0000:00:01.0: Intel(R) 10 Gigabit Network Connection",
                "ixgbe 0000:00:01.0: Multiqueue Enabled: Rx Queue count = 2",
                "ixgbe 0000:00:01.0: MAC: 2, ",
                "eth0: NIC Link is Up 10 Gbps")) {
            assertTrue(log.contains(part), () -> "'" + part + "' should be in " + log);
        }
        assertEquals("", warnings());
        assertEquals(
                "0x8086\n0x10fb\n",
                sh("cd /sys/bus/pci/devices/0000:00:01.0; cat vendor device").out());
        assertAnswers("ethtool eth0", "Speed: 10000Mb/s", "Link detected: yes");
        assertTrue(sh("cat /proc/interrupts")
                        .out()
                        .lines()
                        .filter(line -> line.contains("eth0-TxRx-"))
                        .count()
                > 1);
    }

    private String warnings() {
        return guest.run("dmesg -l warn,err,crit,alert,emerg | grep -e ixgbe -e 0000:00:0[1234]")
                .out();
    }

    private void assertAnswers(String command, String... parts) {
        Result result = sh(command);
        for (String part : parts) {
            assertTrue(result.out().contains(part), () -> "'" + part + "' should be in " + result);
        }
    }

    @Test
    @Order(2)
    void ethtoolIsAnswered() {
        assertAnswers("ethtool -i eth0", "driver: ixgbe", "bus-info: 0000:00:01.0", "supports-eeprom-access: yes");
        assertAnswers(
                "ethtool -m eth0", "Transceiver type", "10G Base-SR", "Connector", "Vendor name", "Module temperature");
        assertAnswers("ethtool -S eth0", "rx_pkts_nic:", "tx_queue_1_packets:", "rx_csum_offload_errors: 0");
        assertAnswers("ethtool -x eth0", "with 2 RX ring(s)", "    0:      0     1", "RSS hash key:", "toeplitz: on");
        assertAnswers(
                "ethtool -k eth0",
                "rx-checksumming: on",
                "tx-checksumming: on",
                "scatter-gather: on",
                "tcp-segmentation-offload: on",
                "rx-vlan-offload: on",
                "tx-vlan-offload: on");
        assertAnswers("ethtool -g eth0", "RX:		4096", "TX:		512");
        assertAnswers("ethtool -c eth0", "rx-usecs: 1");
        assertAnswers("ethtool -d eth0", "Link Status:                                   up", "0x03D00: FCCFG");
        assertAnswers("ethtool -e eth0 offset 0 length 128", "Offset", "0x0070:");
        assertAnswers("ethtool -a eth0", "RX:", "TX:");
    }

    @Test
    @Order(3)
    void itsSelfTestPasses() {
        String result = guest.run("ethtool -t eth0 offline").succeeds().out();
        assertTrue(result.contains("The test result is PASS"), result);
        for (String test : List.of("Register", "Eeprom", "Interrupt", "Loopback", "Link")) {
            assertTrue(result.matches("(?s).*" + test + " test +\\((on/)?offline\\)\t 0\n.*"), result);
        }
        guest.awaitLink("eth0");
    }

    // ---- traffic with this machine

    @ParameterizedTest
    @CsvSource({"1500, 56", "1500, 512", "1500, 1472", "1500, 8972", "9000, 56", "9000, 1473", "9000, 8972"})
    @Order(4)
    void pingsCross(int mtu, int size) {
        setMtu(mtu);
        String fragments = size + 28 > mtu ? "" : "-M do ";
        ping(fragments + "-s " + size);
    }

    /** After a first answer, by which link and neighbour are there, each request has one. */
    private void ping(String options) {
        sh("until ping -q -c 1 -W 5 " + HERE + "; do :; done");
        sh("ping -n -c 20 -i 0.02 -w 30 " + options + " " + HERE).answersAll(20);
    }

    private void setMtu(int mtu) {
        tap.setMtu(mtu);
        if (guest.number("/sys/class/net/eth0/mtu") != mtu) {
            sh("ip link set eth0 mtu " + mtu);
            guest.awaitLink("eth0");
        }
    }

    /** TCP and UDP both ways, and each frame is in a counter of either side. */
    @Test
    @Order(5)
    void aMillionPackets() {
        setMtu(1500);
        Counts before = Counts.of(guest, tap);
        try (Program server = Program.start(List.of("iperf3", "-s", "--bind", HERE))) {
            Counts now = before;
            for (int i = 0; now.minus(before).all() < PACKETS; i++) {
                assertTrue(i < MOST_ROUNDS && server.isAlive(), "packets so far: " + now.minus(before));
                iperf("-t 4");
                iperf("-t 4 -R");
                iperf("-t 2 -u -b 20M");
                iperf("-t 2 -u -b 20M -R");
                iperf("-t 2 -u -b 5M -l 100");
                now = Counts.meanwhile(guest, tap);
            }
            Counts moved = Counts.of(guest, tap).minus(before);
            assertEquals(moved.sentThere(), moved.receivedHere(), moved::toString);
            assertEquals(moved.sentHere(), moved.receivedThere() + moved.missedThere(), moved::toString);
            assertEquals(0, moved.badChecksums(), moved::toString);
        }
        assertEquals("", warnings());
    }

    private void iperf(String options) {
        for (int i = 0; ; i++) { // its server takes a moment to start, and to get ready again
            Result result = guest.run("iperf3 -c " + HERE + " " + options);
            boolean busy = result.out().contains("busy")
                    || result.err().contains("busy")
                    || result.err().contains("refused");
            if (!busy || i == 20) {
                result.succeeds();
                return;
            }
            guest.run("sleep 0.2");
        }
    }

    // ---- traffic with our driver

    @Test
    @Order(6)
    void throughOurForwarderOnOtherCards() {
        try (Program fwd =
                Program.start(List.of("./ixy", "fwd", nic.address(2), nic.address(4), "--no-touch", "--json"))) {
            sh("""
                    set -e
                    for name in eth1 eth2; do
                        echo 1 >/proc/sys/net/ipv6/conf/$name/disable_ipv6
                        ip netns add of-$name
                        ip link set $name netns of-$name
                        ip -n of-$name addr add 192.0.2.${name#eth}/24 dev $name
                        ip -n of-$name link set $name up
                    done
                    """);
            // links and the forwarder take a moment, and ping -w gives up where a neighbour does not answer at once
            sh("until ip netns exec of-eth1 ping -q -c 1 -W 5 192.0.2.2; do :; done");
            for (int size : new int[] {56, 512, 1472}) {
                Result ping = sh("ip netns exec of-eth1 ping -q -c 20 -i 0.02 -w 40 -s " + size + " 192.0.2.2");
                assertTrue(
                        ping.out().contains(" received, ") && !ping.out().contains("100% packet loss"), ping::toString);
            }
            try (Guest.Background server = guest.start("ip netns exec of-eth2 iperf3 -s -1")) {
                sh("until ip netns exec of-eth2 ss -ltn | grep -q 5201; do sleep 0.1; done");
                sh("ip netns exec of-eth1 iperf3 -c 192.0.2.2 -n 20M");
                server.await(Guest.SHORT).succeeds();
            }
            guest.silence("ip -n of-eth1", "eth1");
            guest.silence("ip -n of-eth2", "eth2");
            List<Long> sent = Counts.settled(() -> List.of(sentBy("eth1"), sentBy("eth2")));
            fwd.terminate();
            Result result = fwd.await(Duration.ofSeconds(Guest.SHORT)).succeeds();
            List<Json> ports = Json.lastOf(result).objects("totals");
            for (int i = 0; i < 2; i++) {
                Json port = ports.get(i);
                assertEquals(sent.get(i), port.count("rx_packets") + port.count("rx_missed"), result::toString);
                assertEquals(port.count("rx_packets"), ports.get(1 - i).count("tx_packets"), result::toString);
                for (String none :
                        List.of("rx_crc_errors", "rx_broken", "rx_pool_empty", "rx_unread", "device_errors")) {
                    assertEquals(0, port.count(none), () -> none + " of " + result);
                }
            }
        } finally {
            guest.run("ip netns del of-eth1; ip netns del of-eth2");
        }
        assertEquals("", warnings());
    }

    /** As its card counts. */
    private long sentBy(String name) {
        String stats =
                sh("sleep 1; ip netns exec of-" + name + " ethtool -S " + name).out();
        return Counts.number(stats, "tx_pkts_nic");
    }

    /** In at one card and out at the other, on which the program insists on zero copy, and that the kernel says it does. */
    @Test
    @Order(7)
    void throughInterfacesWithZeroCopy() {
        setUp("eth1");
        setUp("eth2");
        // a ring has room for all frames of a length, should nobody take them for a while
        String command = "fwd xdp:eth1?copy=zero xdp:eth2?copy=zero --ring " + ZERO_COPIED + " --no-touch --json";
        try (Program sink = Program.start(List.of("./ixy", "sink", nic.address(4), "--ring", "2048", "--json"));
                Guest.Background fwd = guest.ixy(command)) {
            fwd.awaitLines(1);
            awaitLines(sink, 1);
            for (int size : new int[] {60, 1514}) {
                Program.run(pktgen(nic.address(2), size), Duration.ofSeconds(Guest.SHORT))
                        .succeeds();
            }
            fwd.awaitLines((int) fwd.awaitLines(1).lines().count() + 4); // what was on its way had time to come
            fwd.signal("TERM");
            List<Json> ports = Json.lastOf(fwd.await(Guest.SHORT).succeeds()).objects("totals");
            assertEquals(2 * ZERO_COPIED, ports.get(0).count("rx_packets"));
            assertEquals(2 * ZERO_COPIED, ports.get(1).count("tx_packets"));
            awaitLines(sink, 2); // one a second, so it has had time for all
            sink.terminate();
            Result result = sink.await(Duration.ofSeconds(Guest.SHORT)).succeeds();
            assertEquals(2 * ZERO_COPIED, Json.lastOf(result).count("checked"), result::toString);
            assertEquals(0, Json.lastOf(result).count("not_of_pktgen"), result::toString);
        }
        assertEquals("", warnings());
    }

    /** Waits until it has said so many lines more. */
    private static void awaitLines(Program program, int more) {
        long deadline = System.nanoTime() + Duration.ofSeconds(Guest.SHORT).toNanos();
        int until = lines(program) + more;
        for (int had = program.out().bytes().length;
                lines(program) < until;
                had = program.out().bytes().length) {
            assertTrue(program.out().await(had + 1, deadline), "it says no more");
        }
    }

    private static int lines(Program program) {
        return (int) new String(program.out().bytes(), StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    /** Once it is back from a namespace that went; without IPv6, which sends by itself. */
    private void setUp(String name) {
        sh(String.format(Locale.ROOT, """
                until [ -e /proc/sys/net/ipv6/conf/%1$s/disable_ipv6 ]; do sleep 0.1; done
                echo 1 >/proc/sys/net/ipv6/conf/%1$s/disable_ipv6
                ip link set %1$s up
                """, name));
    }

    private static List<String> pktgen(String card, int size) {
        String options = "--count " + ZERO_COPIED + " --rate 0.002 --quiet --size " + size;
        return Stream.concat(Stream.of("./ixy", "pktgen", card), Stream.of(options.split(" ", -1)))
                .toList();
    }

    // ---- changes

    /** Its link goes away for one second in four. */
    @Test
    @Order(8)
    void aLinkGoesAndComes() {
        // Without IPv6, which sends by itself: Linux warns of what it has sent when the link goes.
        sh("echo 1 >/proc/sys/net/ipv6/conf/eth3/disable_ipv6; ip link set eth3 up");
        sh("until [ \"$(cat /sys/class/net/eth3/carrier_up_count)\" -ge 4 ]; do sleep 0.2; done");
        String log = sh("dmesg").out();
        assertTrue(log.contains("eth3: NIC Link is Down"), log);
        assertEquals("", warnings());
        sh("ip link set eth3 down");
    }

    /** All that can be changed of an interface, one half in each round. */
    @Test
    @Order(9)
    void itWorksAfterTwentyRoundsOfChanges() {
        for (int i = 1; i <= CHANGES; i += 2) {
            sh(String.format(Locale.ROOT, """
                    set -e
                    ip link set eth0 down
                    ip link set eth0 up
                    ip link set eth0 mtu %1$d
                    ip link set eth0 promisc on
                    ip link set eth0 promisc off
                    ip link add link eth0 name eth0.%2$d type vlan id %2$d
                    ip link set eth0.%2$d up
                    ip link del eth0.%2$d
                    ip maddr add 01:00:5e:00:00:%2$02d dev eth0
                    ip maddr del 01:00:5e:00:00:%2$02d dev eth0
                    """, i % 4 == 1 ? 9000 : 1500, 10 + i));
            reload();
            sh(String.format(Locale.ROOT, """
                    set -e
                    ethtool -G eth0 rx %1$d tx %1$d
                    ethtool -L eth0 combined %2$d
                    """, 64 << i % 7, 1 + i / 2 % 2));
        }
        guest.awaitLink("eth0");
        setMtu(9000);
        ping("-M do -s 8972");
        assertEquals("", warnings());
    }

    private void reload() {
        sh(String.format(Locale.ROOT, """
                set -e
                modprobe -r ixgbe
                modprobe ixgbe
                until [ -e /sys/bus/pci/devices/0000:00:01.0/net/eth0 ]; do sleep 0.1; done
                ip addr add %s/28 dev eth0
                ip link set eth0 up
                """, THERE));
    }
}
