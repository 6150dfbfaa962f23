package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our driver and the kernel's, on virtio cards of the same guest: facing each other, and after one another. */
@ResourceLock(Machine.ALONE)
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelTest {
    /** Four cards of each. The first is wired to the second, and the third to the fourth. */
    enum Kind {
        SPLIT(1, "virtio", "1af4:1041"),
        PACKED(5, "virtio-packed", "1af4:1041"),
        LEGACY(9, "virtio-legacy", "1af4:1000");

        final int first;
        final String card;
        final String id;

        Kind(int first, String card, String id) {
            this.first = first;
            this.card = card;
            this.id = id;
        }

        /** The address of one, 0 to 3. */
        String at(int index) {
            return Guest.card(first + index);
        }
    }

    private Guest guest;

    @BeforeAll
    void boot(@TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsProgram("ip");
        Machine.needsProgram("ping");
        List<String> cards = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < 4; i++) {
                cards.add(kind.card);
            }
        }
        guest = Guest.boot(scripts, cards);
    }

    @AfterAll
    void end() {
        if (guest != null) {
            guest.close();
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // that annotation would bring a library
    private Result sh(String script, Object... values) {
        return guest.run(String.format(Locale.ROOT, script, values)).succeeds();
    }

    /** The kernel's interface of a card, in the first network namespace; waits until it is there. */
    private String interfaceOf(String card) {
        return sh("until ls /sys/bus/pci/devices/%s/virtio*/net | grep .; do sleep 0.05; done", card)
                .out()
                .strip();
    }

    private String driverOf(String card) {
        return sh("readlink /sys/bus/pci/devices/%s/driver", card).out().strip();
    }

    /** Moves the interface of a card to a network namespace of its own, and gives it an address. */
    private String join(String card, String address) {
        String name = interfaceOf(card);
        String namespace = namespaceOf(card);
        sh("""
                set -e
                ip netns add %1$s
                ip link set %2$s netns %1$s
                ip -n %1$s addr add %3$s/24 dev %2$s
                ip -n %1$s link set %2$s up
                """, namespace, name, address);
        return namespace;
    }

    /** The kernel brings the interfaces back, in a moment. */
    private void leaveAll(Kind kind) {
        for (int i = 0; i < 4; i++) {
            guest.run("ip netns del " + namespaceOf(kind.at(i))); // fails where the test did not come so far
        }
    }

    private static String namespaceOf(String card) {
        return "of-" + card.substring(8, 10);
    }

    private void ping(String namespace, int size, String address) {
        sh("ip netns exec %s ping -n -c 10 -i 0.05 -w 20 -s %d %s", namespace, size, address)
                .answersAll(10);
    }

    private void transfer(String client, String server, String address) {
        String java =
                "\"$JAVA_HOME/bin/java\" $IXY_JAVA_OPTS -cp vm-tests/target/test-classes " + Transfer.class.getName();
        try (Guest.Background listener = guest.start("ip netns exec " + server + " " + java + " serve " + address)) {
            listener.awaitLines(1);
            sh("ip netns exec %s %s connect %s", client, java, address);
            listener.await(Guest.SHORT).succeeds();
        }
    }

    /** Linux, our forwarder between two of our cards, Linux. After that the kernel has all cards, as before. */
    @ParameterizedTest
    @EnumSource
    void pingAndTcpCross(Kind kind) {
        String driver = driverOf(kind.at(1));
        try (Guest.Background fwd = guest.ixy("fwd " + kind.at(1) + " " + kind.at(2) + " --no-touch --json")) {
            String left = join(kind.at(0), "192.0.2.1");
            String right = join(kind.at(3), "192.0.2.2");
            fwd.awaitLines(1);
            for (int size : new int[] {56, 512, 1472}) {
                ping(left, size, "192.0.2.2");
            }
            transfer(left, right, "192.0.2.2");
            fwd.signal("TERM");
            assertCounts(fwd.await(Guest.SHORT).succeeds());
            for (int i : new int[] {1, 2}) {
                assertEquals(driver, driverOf(kind.at(i)));
                join(kind.at(i), "192.0.2.3");
            }
            ping(left, 1472, "192.0.2.3");
            ping(right, 1472, "192.0.2.3");
        } finally {
            leaveAll(kind);
        }
    }

    private static void assertCounts(Result result) {
        for (Json port : Json.lastOf(result).objects("totals")) {
            int least = Transfer.BYTES / 1460; // no frame has more bytes of them
            assertTrue(port.count("rx_packets") > least, result::toString);
            assertTrue(port.count("tx_packets") > least, result::toString);
            for (String field : List.of("rx_broken", "rx_pool_empty", "device_errors")) {
                assertEquals(0, port.count(field), () -> field + " of " + result);
            }
        }
    }

    @Test
    void aCardInUseIsRefused() {
        String card = Kind.SPLIT.at(1);
        String other = Kind.SPLIT.at(2);
        String name = interfaceOf(card);
        interfaceOf(other);
        String free = "ixy4j can take it, through sysfs, as root: ./ixy fwd " + card + " OTHER";
        String before = entry(sh("./ixy devices").out(), card);
        assertTrue(before.endsWith(free), before);
        sh("ip link set %s up", name);
        try {
            guest.run("./ixy fwd " + card + " " + other + " --seconds 1")
                    .failsInOneLine(1, card + " is in use: its interface " + name + " ", "--force");
            String meanwhile = entry(sh("./ixy devices").out(), card);
            assertTrue(meanwhile.contains("only with --force: its interface " + name + " "), meanwhile);
            assertEquals(name, interfaceOf(card), "it was not touched");
            sh("./ixy fwd %s %s --seconds 1 --force", card, other);
            interfaceOf(card);
        } finally {
            sh("ip link set %s down", interfaceOf(card));
        }
    }

    @Test
    void aCardWhoseInterfaceIsInAnotherNetworkNamespaceIsInUse() {
        String card = Kind.SPLIT.at(1);
        String other = Kind.SPLIT.at(2);
        String name = interfaceOf(card);
        interfaceOf(other);
        sh("ip netns add elsewhere && ip link set %s netns elsewhere", name);
        try {
            guest.run("./ixy fwd " + card + " " + other + " --seconds 1")
                    .failsInOneLine(1, card + " is in use: the kernel's driver virtio_net has it, without", "--force");
            String entry = entry(sh("./ixy devices").out(), card);
            assertTrue(entry.contains("interface none"), entry);
            assertTrue(entry.contains("only with --force: the kernel's driver virtio_net has it, without"), entry);
        } finally {
            sh("ip -n elsewhere link set %s netns 1; ip netns delete elsewhere", name);
        }
        assertEquals(name, interfaceOf(card), "it was not touched");
    }

    @Test
    void itListsTheCards() {
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < 4; i++) {
                interfaceOf(kind.at(i)); // where another test has just left the cards
            }
        }
        String list = sh("./ixy devices").out();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < 4; i++) {
                String entry = entry(list, kind.at(i));
                assertTrue(entry.startsWith(kind.at(i) + "  " + kind.id + "  "), entry);
                assertTrue(entry.contains("driver virtio-pci, interface "), entry);
            }
        }
    }

    /** What the list of cards says of one. */
    private static String entry(String list, String card) {
        int start = list.indexOf(card);
        assertTrue(start >= 0, list);
        String[] lines = list.substring(start).split("\n", 4);
        return String.join("\n", lines[0], lines[1], lines[2]);
    }
}
