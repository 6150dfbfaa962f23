package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ixy4j.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Linux talks to Linux through two emulated cards, our driver and our forwarder. */
class KernelTrafficTest {
    // no other run on this machine has these names
    private final String unique = "i" + Long.toString(ProcessHandle.current().pid(), 36);

    private static Cli.Result run(String line) {
        return Cli.run(List.of(line.split(" ", -1)), Duration.ofSeconds(20));
    }

    /** Moves a TAP that the forwarder made to a namespace, and gives it an address. */
    private static void join(String tap, String namespace, String address) {
        long end = System.nanoTime() + Cli.SHORT.toNanos();
        while (!Files.exists(Path.of("/sys/class/net", tap))) {
            if (System.nanoTime() > end) {
                fail("no interface " + tap);
            }
            Cli.pause(20);
        }
        run("ip link set " + tap + " netns " + namespace).succeeds();
        run("ip -n " + namespace + " addr add " + address + "/24 dev " + tap).succeeds();
        run("ip -n " + namespace + " link set " + tap + " up").succeeds();
        run("ip -n " + namespace + " link set lo up").succeeds();
    }

    @Test
    void pingAndTcpCrossBothWays() {
        Machine.needsTaps();
        Machine.needsProgram("ping");
        Machine.needsProgram("iperf3");
        String left = unique + "l";
        String right = unique + "r";
        try {
            run("ip netns add " + left).succeeds();
            run("ip netns add " + right).succeeds();
            try (Cli fwd = Cli.start(
                    "fwd",
                    "model:0?wire=tap:" + left + "t",
                    "model:1?wire=tap:" + right + "t",
                    "--no-touch",
                    "--json")) {
                join(left + "t", left, "192.0.2.1");
                join(right + "t", right, "192.0.2.2");
                fwd.awaitLines(1); // a second after it began to forward
                ping(left, 56);
                ping(left, 1400);
                tcp(left, right, "");
                tcp(left, right, " -R");
                fwd.signal("TERM");
                Cli.Result result = fwd.await(Cli.SHORT).succeeds();
                for (Map<String, Object> port :
                        Json.objects(Json.lines(result.out()).getLast(), "totals")) {
                    assertTrue(Json.number(port, "rx_packets") > 100, result::toString);
                    assertTrue(Json.number(port, "tx_packets") > 100, result::toString);
                    assertEquals(0, Json.number(port, "rx_broken"), result::toString);
                }
            }
            assertFalse(run("ip -n " + left + " link show " + left + "t").exit() == 0, "the TAP went with its program");
            assertFalse(
                    run("ip -n " + right + " link show " + right + "t").exit() == 0, "the TAP went with its program");
        } finally {
            run("ip netns del " + left);
            run("ip netns del " + right);
        }
    }

    /**
     * The first ten requests are all answered, in order. With a deadline, ping sends more until so many are answered, and
     * calls those lost that are on their way then.
     */
    private static void ping(String namespace, int size) {
        Cli.Result ping = run("ip netns exec " + namespace + " ping -n -c 10 -i 0.1 -w 15 -s " + size + " 192.0.2.2")
                .succeeds();
        List<Integer> answered = Pattern.compile(" bytes from \\S+: icmp_seq=(\\d+) ")
                .matcher(ping.out())
                .results()
                .map(answer -> Integer.valueOf(answer.group(1)))
                .limit(10) // it may hear of more before it stops
                .toList();
        assertEquals(IntStream.rangeClosed(1, 10).boxed().toList(), answered, ping::toString);
    }

    private static void tcp(String client, String server, String direction) {
        String exec = "ip netns exec ";
        try (Cli listener = Cli.start(List.of((exec + server + " iperf3 -s -1 --forceflush").split(" ", -1)))) {
            listener.awaitLines(2); // it says when it listens
            Cli.Result result = run(exec + client + " iperf3 -J -t 2 -c 192.0.2.2" + direction)
                    .succeeds();
            assertFalse(result.out().contains("\"error\""), result::toString);
            listener.await(Cli.SHORT).succeeds();
        }
    }
}
