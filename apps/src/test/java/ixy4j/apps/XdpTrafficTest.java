package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on interfaces of the kernel, by AF_XDP: one end of each cable is here, the other in a namespace. */
class XdpTrafficTest {
    // no other run on this machine has these names
    private final String unique = "i" + Long.toString(ProcessHandle.current().pid(), 36);
    private final String left = unique + "l";
    private final String right = unique + "r";

    @TempDir
    private Path folder;

    @BeforeEach
    void plug() {
        Machine.needsRoot();
        Machine.needsProgram("ip");
        Machine.needsProgram("ethtool");
        plug(left, "198.51.100.1", "2001:db8::1");
        plug(right, "198.51.100.2", "2001:db8::2");
    }

    @AfterEach
    void unplug() {
        for (String end : List.of(left, right)) {
            run("ip netns del " + end);
            run("ip link del " + end); // goes with the namespace, but not at once
        }
    }

    private static Cli.Result run(String line) {
        return Cli.run(List.of(line.split(" ", -1)), Duration.ofSeconds(20));
    }

    /** An interface here, and its peer with an address in a namespace of the same name. */
    private static void plug(String name, String address, String address6) {
        run("ip netns add " + name).succeeds();
        run("ip link add " + name + " type veth peer name eth0 netns " + name).succeeds();
        // so that the kernel's checksums are in its frames, and not left to the next driver
        run("ip netns exec " + name + " ethtool -K eth0 tx off").succeeds();
        run("ip -n " + name + " addr add " + address + "/24 dev eth0").succeeds();
        run("ip -n " + name + " addr add " + address6 + "/64 dev eth0 nodad").succeeds();
        run("ip -n " + name + " link set eth0 up").succeeds();
        run("ip link set " + name + " up").succeeds();
    }

    private static Cli.Result ping(String from, String to, int count) {
        return run("ip netns exec " + from + " ping -n -c " + count + " -i 0.05 -w 10 " + to);
    }

    private static boolean isAnswered(String from, String to) {
        return run("ip netns exec " + from + " ping -n -c 1 -w 1 " + to).exit() == 0;
    }

    @ParameterizedTest
    @CsvSource({"native, poll", "native, interrupt", "generic, adaptive"})
    void pingAndTcpCrossBothWays(String mode, String wait) {
        Machine.needsProgram("ping");
        Machine.needsProgram("iperf3");
        try (Cli fwd = Cli.start(
                "fwd",
                "xdp:" + left + "?mode=" + mode,
                "xdp:" + right + "?mode=" + mode,
                "--no-touch",
                "--json",
                "--wait",
                wait)) {
            fwd.awaitLines(1);
            ping(left, "198.51.100.2", 10).succeeds();
            ping(right, "2001:db8::1", 10).succeeds();
            String exec = "ip netns exec ";
            try (Cli listener = Cli.start(List.of((exec + right + " iperf3 -s -1 --forceflush").split(" ", -1)))) {
                listener.awaitLines(2); // it says when it listens
                Cli.Result result =
                        run(exec + left + " iperf3 -J -t 1 -c 198.51.100.2").succeeds();
                assertFalse(result.out().contains("\"error\""), result::toString);
                listener.await(Cli.SHORT).succeeds();
            }
            fwd.signal("TERM");
            Cli.Result result = fwd.await(Cli.SHORT).succeeds();
            for (Map<String, Object> port :
                    Json.objects(Json.lines(result.out()).getLast(), "totals")) {
                assertTrue(Json.number(port, "rx_packets") > 100, result::toString);
                assertTrue(Json.number(port, "tx_packets") > 100, result::toString);
                assertEquals(0, Json.number(port, "rx_broken"), result::toString);
            }
        }
    }

    /** Whatever is not named goes on to the kernel, so that who is logged in by the same interface stays so. */
    @Test
    void theKernelKeepsWhatNobodyNamed() {
        Machine.needsProgram("ping");
        run("ip addr add 198.51.100.9/24 dev " + left).succeeds();
        Cli.run("sink", "xdp:" + left)
                .failsInOneLine(1, "would take all frames of " + left, "the address 198.51.100.9", "match=", "--force");
        try (Cli sink = Cli.start("sink", "xdp:" + left + "?match=udp:9000,tcp:9000", "--no-check", "--json")) {
            sink.awaitLines(1);
            ping(left, "198.51.100.9", 5).succeeds();
            Cli.run(
                            List.of(
                                    "ip",
                                    "netns",
                                    "exec",
                                    left,
                                    "bash",
                                    "-c",
                                    "for i in 1 2 3; do echo $i >/dev/udp/198.51.100.9/9000; done"),
                            Cli.SHORT)
                    .succeeds();
            sink.signal("TERM");
            Cli.Result result = sink.await(Cli.SHORT).succeeds();
            Map<String, Object> total =
                    Json.objects(Json.lines(result.out()).getLast(), "totals").getFirst();
            assertEquals(3, Json.number(total, "rx_packets"), result::toString);
        }
    }

    @Test
    void nothingIsLeftOfAProcessThatIsKilled() {
        Machine.needsProgram("ping");
        run("ip addr add 198.51.100.9/24 dev " + left).succeeds();
        String address = "xdp:" + left;
        try (Cli sink = Cli.start("sink", address, "--force", "--no-check", "--json")) {
            sink.awaitLines(1);
            assertTrue(run("ip link show " + left).out().contains("prog/xdp"), "attached");
            assertFalse(isAnswered(left, "198.51.100.9"), "all frames are taken");
            Cli.run("sink", address, "--force")
                    .failsInOneLine(
                            1, left + " has an XDP program already, number ", "of process " + sink.pid() + " (java)");
            sink.signal("KILL");
            sink.await(Cli.SHORT);
        }
        assertFalse(run("ip link show " + left).out().contains("prog/xdp"), "gone with the process");
        ping(left, "198.51.100.9", 5).succeeds();
        Cli.run("sink", address, "--force", "--seconds", "0.2").succeeds();
    }

    @Test
    void anInterfaceThatGoesAwayEndsTheCommandAndOneThatComesUpAgainDoesNot() {
        try (Cli fwd = Cli.start("fwd", "xdp:" + left, "xdp:" + right, "--no-touch", "--json")) {
            fwd.awaitLines(1);
            run("ip link set " + left + " down").succeeds();
            fwd.awaitLines(fwd.lines() + 2);
            run("ip link set " + left + " up").succeeds();
            run("ip link set " + right + " name " + right + "x").succeeds();
            ping(left, "198.51.100.2", 5).succeeds();
            run("ip link del " + left).succeeds();
            Cli.Result result = fwd.await(Cli.SHORT);
            assertEquals(1, result.exit(), result::toString);
            assertTrue(result.err().startsWith("ixy: the interface of xdp:" + left + " is gone"), result::toString);
            assertEquals(1, result.err().lines().count(), result::toString);
        } finally {
            run("ip link del " + right + "x");
        }
    }

    @Test
    void aHostThatAnswersIsPingedAndDumpShowsIt() {
        Machine.needsProgram("ping");
        String card = "xdp:" + left + "?match=host:198.51.100.7,host:2001:db8::7";
        try (Cli reply = Cli.start("reply", card, "--ip", "198.51.100.7/24", "--ip", "2001:db8::7/64", "--json")) {
            reply.awaitLines(1);
            ping(left, "198.51.100.7", 10).succeeds();
            ping(left, "2001:db8::7", 10).succeeds();
            assertFalse(isAnswered(left, "198.51.100.8"), "nobody has that");
            reply.signal("TERM");
            Map<String, Object> end =
                    Json.lines(reply.await(Cli.SHORT).succeeds().out()).getLast();
            assertTrue(Json.number(end, "icmp") >= 10 && Json.number(end, "icmp6") >= 10, end::toString);
            assertTrue(Json.number(end, "arp") >= 1 && Json.number(end, "neighbor") >= 1, end::toString);
        }
        try (Cli dump = Cli.start("dump", "xdp:" + left, "icmp", "--count", "1")) {
            dump.awaitThread("packets");
            run("ip -n " + left + " neigh replace 198.51.100.8 lladdr 02:00:00:00:00:08 dev eth0")
                    .succeeds();
            isAnswered(left, "198.51.100.8"); // by nobody
            String line = dump.await(Cli.SHORT).succeeds().out();
            assertTrue(line.contains(" IP 198.51.100.1 > 198.51.100.8: ICMP echo request, id "), line);
        }
    }

    @Test
    void emulatedCardsAndInterfacesForwardToOneAnother() {
        Machine.needsProgram("ping");
        Machine.needsTaps();
        run("ip link del " + right).succeeds();
        try (Cli fwd = Cli.start("fwd", "xdp:" + left, "model:0?wire=tap:" + right, "--no-touch", "--json")) {
            fwd.await("the TAP", () -> run("ip link show " + right).exit() == 0);
            run("ip link set " + right + " netns " + right).succeeds();
            run("ip -n " + right + " addr add 198.51.100.2/24 dev " + right).succeeds();
            run("ip -n " + right + " link set " + right + " up").succeeds();
            fwd.awaitLines(1);
            ping(left, "198.51.100.2", 10).succeeds();
            fwd.signal("TERM");
            fwd.await(Cli.SHORT).succeeds();
        }
    }

    /** DPDK answers there: each frame crosses twice. */
    @Test
    void aVirtioCardOfAnotherProcessAndAnInterfaceForwardToOneAnother() {
        Machine.needsProgram("ping");
        Machine.needsProgram("dpdk-testpmd");
        Path socket = folder.resolve("v.sock");
        try (Cli host = VhostTrafficTest.backEnd(socket, "icmpecho", "")) {
            host.awaitFile(socket);
            String[] words = {"fwd", "xdp:" + left, "vhost-user:" + socket, "--no-touch", "--json"};
            try (Cli fwd = Cli.start(words)) {
                fwd.awaitLines(1);
                ping(left, "198.51.100.2", 10).succeeds();
                run("ip link set " + left + " down").succeeds(); // no other frames come
                fwd.awaitLines(fwd.lines() + 2); // one a second, so what was on its way has come
                fwd.signal("TERM");
                Cli.Result result = fwd.await(Cli.SHORT).succeeds();
                List<Map<String, Object>> ports =
                        Json.objects(Json.lines(result.out()).getLast(), "totals");
                String said = VhostTrafficTest.end(host);
                double there = VhostTrafficTest.last("RX-packets", said);
                double back = VhostTrafficTest.last("TX-packets", said);
                assertTrue(there >= 11 && back >= 11, said); // requests and the question by ARP
                assertEquals(there, Json.number(ports.get(0), "rx_packets"), result::toString);
                assertEquals(there, Json.number(ports.get(1), "tx_packets"), result::toString);
                assertEquals(back, Json.number(ports.get(1), "rx_packets"), result::toString);
                assertEquals(back, Json.number(ports.get(0), "tx_packets"), result::toString);
            }
        }
    }

    @Test
    void whatCannotBeTakenIsNamed() {
        Cli.run("sink", "xdp:").failsInOneLine(2, "'xdp:' should name an interface, as xdp:eth0 does");
        Cli.run("sink", "xdp:none0").failsInOneLine(1, "there is no interface none0");
        Cli.run("sink", "xdp:lo").failsInOneLine(1, "lo has no Ethernet frames");
        Cli.run("sink", "xdp:" + left + "?queues=4").failsInOneLine(2, left + " has no receive queue 4, but 1");
        Cli.run("sink", "xdp:" + left + "?queues=x").failsInOneLine(2, "queues=x should be numbers of queues");
        Cli.run("sink", "xdp:" + left + "?mode=fast")
                .failsInOneLine(2, "mode=fast should be auto or native or generic");
        Cli.run("sink", "xdp:" + left + "?copy=zero").failsInOneLine(1, "copy=zero");
        Cli.run("sink", "xdp:" + left + "?color=red").failsInOneLine(2, "color");
        Cli.run("sink", "xdp:" + left, "--moderation", "5").failsInOneLine(1, "moderation", "ethtool -C");
        run("ip link set " + left + " mtu 9000").succeeds();
        Cli.run("sink", "xdp:" + left).failsInOneLine(1, "an MTU of 9000 bytes", "ip link set " + left + " mtu 1500");
        run("ip link set " + left + " mtu 1500").succeeds();
        run("ip link set " + left + " down").succeeds();
        Cli.run("sink", "xdp:" + left).failsInOneLine(1, left + " is down: ip link set " + left + " up");
    }

    @Test
    void devicesListsIt() {
        run("ip addr add 198.51.100.9/24 dev " + left).succeeds();
        String out = Cli.run("devices").succeeds().out();
        assertTrue(out.contains("xdp:" + left), out);
        assertTrue(out.contains("ixy4j can take some of its frames: ./ixy sink xdp:" + left + "?match="), out);
        assertTrue(out.contains("ixy4j can take it: ./ixy sink xdp:" + right), out);
        assertTrue(out.contains("driver veth, 1 queue, link up"), out);
    }

    /** Each right that is missing is named, with a way to get it. */
    @ParameterizedTest
    @CsvSource({
        "+net_raw;+net_admin;+bpf, ''",
        "+net_admin;+bpf, CAP_NET_RAW",
        "+net_raw;+net_admin, CAP_BPF",
        "+net_raw;+bpf, CAP_NET_ADMIN",
    })
    void theRightsThatItNeedsAreNamed(String given, String missing) throws IOException {
        String capabilities = given.replace(';', ',');
        List<String> rights = List.of("--inh-caps=" + capabilities, "--ambient-caps=" + capabilities);
        List<String> command =
                Nobody.command(folder, rights, "sink", "xdp:" + left, "--ring", "64", "--seconds", "0.2");
        Cli.Result result = Cli.run(command, Cli.SHORT);
        if (missing.isEmpty()) {
            result.succeeds();
        } else {
            result.failsInOneLine(1, missing, "sudo setpriv");
        }
    }
}
