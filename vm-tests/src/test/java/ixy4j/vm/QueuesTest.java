package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several queues, and which frames a card lets in, on virtio cards whose wires are TAPs. {@link Echo} answers there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuesTest {
    private static final int FLOWS = 16;

    /** A card, and what is on its TAP: addresses of a network of 16, so many behind 198.51.100.0. */
    enum Kind {
        SPLIT(1, "virtio", 4, 16),
        PACKED(2, "virtio-packed", 4, 32),
        LEGACY(3, "virtio-legacy", 1, 48);

        final int number;
        final String card;
        final int queues;
        final int network;
        // no other run on this machine has these names
        final String tap = "v" + Long.toString(ProcessHandle.current().pid(), 36) + name().charAt(0);

        Kind(int number, String card, int queues, int network) {
            this.number = number;
            this.card = card;
            this.queues = queues;
            this.network = network;
        }

        private String ip(int host) {
            return "198.51.100." + (network + host);
        }

        String here() {
            return ip(1);
        }

        String there() {
            return ip(2);
        }

        String elsewhere() {
            return ip(3);
        }

        String broadcast() {
            return ip(4);
        }

        String multicast() {
            return ip(5);
        }

        String mac() {
            return "52:54:00:00:00:0" + number;
        }
    }

    private Guest guest;

    @BeforeAll
    void boot(@TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsTaps();
        List<String> cards = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            makeTap(kind);
            cards.add(kind.card + ",wire=tap:" + kind.tap + ",queues=" + kind.queues);
        }
        guest = Guest.boot(scripts, cards);
    }

    /** Nobody is asked for MAC addresses: so an IP address can have any. */
    private static void makeTap(Kind kind) {
        ip("tuntap add " + kind.tap + " mode tap" + (kind.queues > 1 ? " multi_queue" : ""));
        ip("addr add " + kind.here() + "/28 dev " + kind.tap);
        ip("link set " + kind.tap + " up");
        neighbour(kind, kind.there(), kind.mac());
        neighbour(kind, kind.elsewhere(), "52:54:00:00:00:99");
        neighbour(kind, kind.broadcast(), "ff:ff:ff:ff:ff:ff");
        neighbour(kind, kind.multicast(), "01:00:5e:00:00:05");
    }

    private static void neighbour(Kind kind, String address, String mac) {
        ip("neigh replace " + address + " lladdr " + mac + " dev " + kind.tap);
    }

    private static void ip(String arguments) {
        Program.run("ip " + arguments).succeeds();
    }

    @AfterAll
    void end() {
        try {
            if (guest != null) {
                guest.close();
            }
        } finally {
            for (Kind kind : Kind.values()) {
                Program.run("ip link del " + kind.tap); // fails where it was not made
            }
        }
    }

    private Guest.Background echo(Kind kind, int queues) {
        Guest.Background echo =
                guest.start("\"$JAVA_HOME/bin/java\" --enable-native-access=ALL-UNNAMED -Dixy4j.checks=true"
                        + " -Xmx64m -XX:+UseSerialGC $IXY_JAVA_OPTS -cp 'vm-tests/target/test-classes:apps/target/lib/*' "
                        + Echo.class.getName()
                        + " " + Guest.card(kind.number) + " " + queues);
        assertEquals(kind.mac(), echo.awaitLines(1).strip());
        return echo;
    }

    private static void stop(Kind kind, Guest.Background echo, Probe probe) {
        probe.ask(kind.there(), Probe.STOP);
        String stats = echo.await(Guest.SHORT).succeeds().out();
        assertTrue(stats.contains("rxBroken=0, rxPoolEmpty=0, rxUnread=0, deviceErrors=0"), stats);
    }

    /** The TAP chooses queues by flows, until it has seen a frame of a flow come from a queue. */
    @ParameterizedTest
    @EnumSource(names = {"SPLIT", "PACKED"})
    void fourQueues(Kind kind) {
        List<Probe> probes = new ArrayList<>();
        try (Guest.Background echo = echo(kind, 4)) {
            Set<Integer> queues = new TreeSet<>();
            for (int i = 0; i < FLOWS; i++) {
                Probe probe = new Probe(kind.here());
                probes.add(probe);
                for (int length : new int[] {18, 100, 700, 1472}) {
                    byte[] sent = probe.send(kind.there(), Probe.ECHO, length + i % 3 - 2);
                    queues.add(probe.receive(kind.there(), sent));
                }
            }
            assertTrue(queues.size() > 1, () -> "queues that received: " + queues);
            assertArrayEquals(
                    new int[] {Probe.EACH, Probe.EACH, Probe.EACH, Probe.EACH}, fromAllQueues(kind, probes.getFirst()));
            stop(kind, echo, probes.getFirst());
        } finally {
            probes.forEach(Probe::close);
        }
    }

    /** How many frames come from each queue, where each is to send some. */
    private static int[] fromAllQueues(Kind kind, Probe probe) {
        int[] counts = new int[4];
        byte[] asked = probe.send(kind.there(), Probe.FROM_ALL_QUEUES, 1000);
        for (int i = 0; i < 4 * Probe.EACH; i++) {
            counts[probe.receive(kind.there(), asked)]++;
        }
        return counts;
    }

    /** One queue keeps the order: what is not let in would have come before what is. */
    @ParameterizedTest
    @EnumSource
    void onlyItsOwnUnlessPromiscuous(Kind kind) {
        try (Guest.Background echo = echo(kind, 1);
                Probe probe = new Probe(kind.here())) {
            List<String> all = List.of(kind.there(), kind.elsewhere(), kind.broadcast(), kind.multicast());
            all.forEach(address -> probe.ask(address, Probe.ECHO));
            probe.ask(kind.there(), Probe.NOT_PROMISCUOUS);
            for (int i = 0; i < 5; i++) {
                probe.send(kind.elsewhere(), Probe.ECHO, 50);
                probe.send(kind.multicast(), Probe.ECHO, 50);
                probe.ask(kind.broadcast(), Probe.ECHO);
                probe.ask(kind.there(), Probe.ECHO);
            }
            probe.ask(kind.there(), Probe.PROMISCUOUS);
            all.forEach(address -> probe.ask(address, Probe.ECHO));
            stop(kind, echo, probe);
        }
    }
}
