package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our driver for the 82576 and its virtual functions, on QEMU's card, with Linux's drivers at the other ends of the cables and
 * on the physical function. All through VFIO, as an ordinary user.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IgbTest {
    // igb - virtio, igb - igb: an igb takes two slots
    private static final String LEFT = Guest.card(1);
    private static final String LEFT_PEER = Guest.card(3);
    private static final String RIGHT = Guest.card(4);
    private static final String RIGHT_PEER = Guest.card(6);
    private static final String FUNCTION_OF_LEFT = "0000:00:11.0";
    private static final String FUNCTION_OF_RIGHT = "0000:00:14.0";

    private Guest guest;
    private Path monitor;

    @BeforeAll
    void boot(@TempDir Path scripts, @TempDir Path sockets) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("ip");
        Machine.needsProgram("ping");
        monitor = sockets.resolve("monitor");
        guest = Guest.boot(scripts, List.of("igb", "virtio", "igb", "igb"), "--iommu", "--monitor", monitor.toString());
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

    private static String asUser(String arguments) {
        return "sh -c 'ulimit -l unlimited; exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all"
                + " --bounding-set=-all env HOME=/tmp ./ixy " + arguments + "'";
    }

    /** Moves the interface of a card that a driver of the kernel has to a network namespace of its own. */
    private void join(String namespace, String card, String address) {
        sh("""
                set -e
                until name=$(ls /sys/bus/pci/devices/%2$s/net /sys/bus/pci/devices/%2$s/virtio*/net 2>/dev/null | grep -v :); do
                    sleep 0.05
                done
                ip netns add %1$s
                ip link set $name netns %1$s
                ip -n %1$s link set $name name eth0
                ip -n %1$s addr add %3$s/24 dev eth0
                ip -n %1$s link set eth0 up
                """, namespace, card, address);
    }

    private void ping(int size) {
        sh("until ip netns exec left ping -q -c 1 -W 5 192.0.2.2; do :; done"); // the link takes a moment
        sh("ip netns exec left ping -n -c 10 -i 0.05 -w 20 -s %d 192.0.2.2", size)
                .answersAll(10);
    }

    private void transfer() {
        String java =
                "\"$JAVA_HOME/bin/java\" $IXY_JAVA_OPTS -cp vm-tests/target/test-classes " + Transfer.class.getName();
        try (Guest.Background listener = guest.start("ip netns exec right " + java + " serve 192.0.2.2")) {
            listener.awaitLines(1);
            sh("ip netns exec left %s connect 192.0.2.2", java);
            listener.await(Guest.SHORT).succeeds();
        }
    }

    /** How many interrupts came so far that a program waits for. */
    private long interrupts() {
        String sum =
                "awk '/vfio-msix/ { for (i = 2; $i ~ /^[0-9]+$/; i++) n += $i } END { print n + 0 }' /proc/interrupts";
        return Long.parseLong(guest.run(sum).succeeds().out().strip());
    }

    private void assertNoFault() {
        Result faults = guest.run("dmesg | grep -i 'dmar.*fault' | head -3");
        assertEquals("", faults.out(), faults::toString);
    }

    @Test
    @Order(1)
    void pingAndTcpCrossTwoCardsAndTheLinkComesBack() throws IOException {
        sh("./ixy bind %s %s --user nobody", LEFT, RIGHT);
        String command = "fwd " + LEFT + " " + RIGHT + " --no-touch --json --wait interrupt";
        try (Guest.Background fwd = guest.start(asUser(command))) {
            join("left", LEFT_PEER, "192.0.2.1");
            join("right", RIGHT_PEER, "192.0.2.2");
            fwd.awaitLines(1);
            for (int size : new int[] {56, 512, 1472}) {
                ping(size);
            }
            assertTrue(interrupts() >= 30, "each request and each answer woke a thread");
            pullTheCable();
            transfer();
            fwd.signal("TERM");
            Result result = fwd.await(Guest.SHORT).succeeds();
            for (Json port : Json.lastOf(result).objects("totals")) {
                assertTrue(port.count("rx_packets") > Transfer.BYTES / 1460, result::toString);
                assertTrue(port.count("tx_packets") > Transfer.BYTES / 1460, result::toString);
                for (String field : List.of("rx_broken", "rx_pool_empty", "rx_missed", "device_errors")) {
                    assertEquals(0, port.count(field), () -> field + " of " + result);
                }
            }
        } finally {
            guest.run("ip netns del left; ip netns del right");
        }
        assertNoFault();
        Result back = sh("./ixy unbind %s %s", LEFT, RIGHT);
        assertTrue(back.out().contains(LEFT + ": driver igb"), back::toString);
    }

    private void pullTheCable() throws IOException {
        try (Monitor qemu = new Monitor(monitor)) {
            qemu.say("set_link wire1 off");
            assertEquals(
                    1,
                    guest.run("ip netns exec left ping -q -c 1 -W 1 192.0.2.2").exit());
            qemu.say("set_link wire1 on");
        }
        ping(56);
    }

    /** One card through VFIO, and the interface of another, which Linux keeps; each frame is counted on both sides. */
    @Test
    @Order(2)
    void pingAndTcpCrossACardAndAnInterface() {
        sh("./ixy bind %s", RIGHT);
        String name = sh("basename /sys/bus/pci/devices/%s/virtio*/net/*", LEFT_PEER)
                .out()
                .strip();
        sh("echo 1 >/proc/sys/net/ipv6/conf/%1$s/disable_ipv6; ip link set %1$s up", name);
        try (Guest.Background fwd =
                guest.ixy("fwd xdp:" + name + " " + RIGHT + " --no-touch --json --wait interrupt")) {
            join("left", LEFT, "192.0.2.1");
            join("right", RIGHT_PEER, "192.0.2.2");
            fwd.awaitLines(1);
            ping(56);
            ping(1472);
            transfer();
            guest.silence("ip -n left", "eth0");
            guest.silence("ip -n right", "eth0");
            fwd.awaitLines((int) fwd.awaitLines(1).lines().count() + 4); // what was on its way had time to come
            fwd.signal("TERM");
            Result result = fwd.await(Guest.SHORT).succeeds();
            List<Json> ports = Json.lastOf(result).objects("totals");
            for (int i = 0; i < 2; i++) {
                assertTrue(ports.get(i).count("rx_packets") > Transfer.BYTES / 1460, result::toString);
                assertEquals(ports.get(i).count("rx_packets"), ports.get(1 - i).count("tx_packets"), result::toString);
            }
        } finally {
            guest.run("ip netns del left; ip netns del right");
        }
        assertNoFault();
        sh("./ixy unbind %s", RIGHT);
    }

    /**
     * Linux has both cards, and we a virtual function of each. These get frames for their own addresses only, so who sends
     * through them, far away, has these.
     */
    @Test
    @Order(3)
    void pingAndTcpCrossVirtualFunctions() {
        for (String card : List.of(LEFT, RIGHT)) {
            sh("""
                    set -e
                    until name=$(ls /sys/bus/pci/devices/%1$s/net); do sleep 0.05; done
                    echo 1 >/sys/bus/pci/devices/%1$s/sriov_numvfs
                    ip link set $name up
                    """, card);
        }
        sh("./ixy bind %s %s --user nobody", FUNCTION_OF_LEFT, FUNCTION_OF_RIGHT);
        try (Guest.Background fwd = guest.start(
                asUser("fwd " + FUNCTION_OF_LEFT + " " + FUNCTION_OF_RIGHT + " --no-touch --json --wait interrupt"))) {
            join("left", LEFT_PEER, "192.0.2.1");
            join("right", RIGHT_PEER, "192.0.2.2");
            fwd.awaitLines(1);
            long before = interrupts();
            swapAddresses();
            name();
            ping(56);
            ping(1472);
            assertTrue(interrupts() >= before + 20, "each request and each answer woke a thread");
            transfer();
            fwd.signal("TERM");
            Result result = fwd.await(Guest.SHORT).succeeds();
            for (Json port : Json.lastOf(result).objects("totals")) {
                assertTrue(port.count("rx_packets") > Transfer.BYTES / 1460, result::toString);
                assertEquals(0, port.count("rx_broken"), result::toString);
            }
        } finally {
            guest.run("ip netns del left; ip netns del right");
        }
        assertNoFault();
    }

    /** What is sent to the right arrives at the function of the left card, which takes it if it is its own. */
    private void swapAddresses() {
        String left = macOf(LEFT);
        String right = macOf(RIGHT);
        sh("ip -n left link set eth0 address %s; ip -n right link set eth0 address %s", right, left);
    }

    /**
     * Without broadcasts: where it has virtual functions, QEMU's card shows a broadcast also to the one that sent it, which would
     * forward it for ever.
     */
    private void name() {
        sh("ip -n left neigh replace 192.0.2.2 lladdr %s nud permanent dev eth0", macOf(LEFT));
        sh("ip -n right neigh replace 192.0.2.1 lladdr %s nud permanent dev eth0", macOf(RIGHT));
    }

    /** Of its first virtual function, as Linux tells. */
    private String macOf(String card) {
        return sh(
                        "ip link show $(ls /sys/bus/pci/devices/%s/net) | sed -n 's/.*vf 0 *link.ether \\([0-9a-f:]*\\).*/\\1/p'",
                        card)
                .out()
                .strip();
    }

    @Test
    @Order(4)
    void aPhysicalFunctionThatIsResetIsNamed() {
        try (Guest.Background fwd =
                guest.start(asUser("fwd " + FUNCTION_OF_LEFT + " " + FUNCTION_OF_RIGHT + " --no-touch"))) {
            fwd.awaitLines(1);
            sh("name=$(ls /sys/bus/pci/devices/%s/net); ip link set $name down; ip link set $name up", LEFT);
            Result result = fwd.await(Guest.SHORT);
            assertEquals(1, result.exit(), result::toString);
            assertTrue(
                    result.err()
                            .contains(FUNCTION_OF_LEFT
                                    + " is a virtual function, and the driver of its physical function has reset it"),
                    result::toString);
        }
    }

    @Test
    @Order(5)
    void aPhysicalFunctionThatIsDownIsNamed() {
        sh("ip link set $(ls /sys/bus/pci/devices/%s/net) down", LEFT);
        Result result = guest.run(asUser("fwd " + FUNCTION_OF_LEFT + " " + FUNCTION_OF_RIGHT + " --seconds 1"));
        assertEquals(1, result.exit(), result::toString);
        assertTrue(
                result.err()
                        .contains(FUNCTION_OF_LEFT + " is a virtual function, and the driver of its physical function"),
                result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
    }
}
