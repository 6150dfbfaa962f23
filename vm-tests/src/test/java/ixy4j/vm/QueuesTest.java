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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several queues, and which frames a card lets in, on virtio cards whose wires are TAPs. {@link Echo} answers there. */
@ResourceLock(Machine.ALONE)
@Order(1)
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

    private final List<AutoCloseable> made = new ArrayList<>();
    private Guest guest;

    @BeforeAll
    void boot(@TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsTaps();
        List<String> cards = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Tap tap = Tap.make(kind.name().charAt(0), kind.here(), 1500, kind.queues);
            made.add(tap);
            tap.neighbour(kind.there(), kind.mac());
            tap.neighbour(kind.elsewhere(), "52:54:00:00:00:99");
            tap.neighbour(kind.broadcast(), "ff:ff:ff:ff:ff:ff");
            tap.neighbour(kind.multicast(), "01:00:5e:00:00:05");
            cards.add(kind.card + ",wire=tap:" + tap.name + ",queues=" + kind.queues);
        }
        guest = Guest.boot(scripts, cards);
        made.addFirst(guest);
    }

    @AfterAll
    void end() {
        Ending.of(made.toArray(AutoCloseable[]::new));
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
        assertTrue(
                stats.contains("rxBroken=0, rxPoolEmpty=0, rxUnread=0, txWrongLength=0, txUnsent=0, deviceErrors=0"),
                stats);
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
