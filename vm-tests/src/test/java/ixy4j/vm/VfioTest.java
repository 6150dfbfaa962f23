package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Cards behind the IOMMU of a guest, taken by an ordinary user there: two 82599, two virtio cards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VfioTest {
    private static final String CARDS = Guest.card(1) + " " + Guest.card(2);
    private static final String VIRTIO = Guest.card(3) + " " + Guest.card(4);
    private static final String LEGACY = Guest.card(5);

    private static final String WITHOUT_VECTORS = Guest.card(6);
    private static final String ONE_VECTOR = Guest.card(7); // and two queues
    private static final String WITHOUT_DRIVER = Guest.card(8); // of ours

    private static final String ODD = WITHOUT_VECTORS + " " + ONE_VECTOR + " " + WITHOUT_DRIVER;

    private Tap tap;
    private Nic nic;
    private Guest guest;

    @BeforeAll
    void boot(@TempDir Path folder, @TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsTaps();
        tap = Tap.make('v', "198.51.100.65", 1500, 2);
        nic = Nic.start(folder, List.of("generator", "generator"));
        guest = Guest.boot(
                scripts,
                List.of(
                        nic.card(0),
                        nic.card(1),
                        "virtio",
                        "virtio-packed",
                        "virtio-legacy",
                        "virtio,vectors=0",
                        "virtio,queues=2,vectors=1,wire=tap:" + tap.name,
                        "e1000e"),
                "--iommu");
    }

    @AfterAll
    void end() {
        try {
            if (guest != null) {
                guest.close();
            }
        } finally {
            if (nic != null) {
                nic.close();
            }
            if (tap != null) {
                tap.close();
            }
        }
    }

    /** Without what root has but for the limit of locked memory, which a file of the system gives to users. */
    private Result asUser(String limit, String arguments) {
        return guest.run("ulimit -l " + limit
                + "; exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all"
                + " env HOME=/tmp ./ixy " + arguments);
    }

    private String driver(int card) {
        return guest.run("basename $(readlink /sys/bus/pci/devices/" + Guest.card(card) + "/driver)")
                .succeeds()
                .out()
                .strip();
    }

    private void assertNoFault() {
        Result faults = guest.run("dmesg | grep -i 'dmar.*fault' | head -3");
        assertEquals("", faults.out(), faults::toString);
    }

    private static void assertFails(Result result, String sentence) {
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.err().contains(sentence), result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
    }

    @Test
    @Order(1)
    void bindHandsCardsToAUser() {
        String before = driver(1);
        Result bound = guest.run("./ixy bind " + CARDS + " --user nobody").succeeds();
        for (int card = 1; card <= 2; card++) {
            String line = Guest.card(card) + ": driver vfio-pci, before: " + before + ", IOMMU group ";
            assertTrue(bound.out().contains(line), bound::toString);
            assertEquals("vfio-pci", driver(card));
        }
        String devices = guest.run("./ixy devices").succeeds().out();
        assertTrue(devices.contains("through VFIO, as the user who owns /dev/vfio/"), devices);
        assertFails(
                guest.run("./ixy bind " + CARDS + " --user nobody-of-this-name"),
                "there is no user 'nobody-of-this-name' on this machine");
    }

    @Test
    @Order(2)
    void anOrdinaryUserForwards() {
        for (String wait : List.of("poll", "interrupt")) { // the second time group and card are used again
            Result result = asUser("unlimited", "fwd " + CARDS + " --seconds 3 --json --wait " + wait)
                    .succeeds();
            for (Json port : Json.lastOf(result).objects("totals")) {
                assertTrue(port.count("rx_packets") > 1000, result::toString);
                assertTrue(port.count("tx_packets") > 1000, result::toString);
                assertEquals(0, port.count("device_errors"), result::toString);
            }
        }
        assertNoFault();
    }

    @Test
    @Order(3)
    void whatIsWrongIsSaidInALine() {
        assertFails(asUser("1024", "fwd " + CARDS + " --seconds 1"), "but its limit is 1 MiB: ulimit -l ");
        try (Guest.Background fwd = guest.ixy("fwd " + CARDS)) {
            fwd.awaitLines(1);
            assertFails(asUser("unlimited", "fwd " + CARDS + " --seconds 1"), " is in use by another program");
            assertFails(guest.run("./ixy unbind " + Guest.card(1)), Guest.card(1) + " is in use");
            fwd.signal("TERM");
            fwd.await(Guest.SHORT);
        }
        guest.run("chown root /dev/vfio/[0-9]*").succeeds();
        assertFails(asUser("unlimited", "fwd " + CARDS + " --seconds 1"), "it belongs to another user");
    }

    @Test
    @Order(4)
    void virtioCardsThatKeepToTheIommuWorkAndOthersAreRefused() {
        guest.run("./ixy bind " + VIRTIO + " " + LEGACY + " " + ODD + " --user nobody")
                .succeeds();
        asUser("unlimited", "fwd " + VIRTIO + " --seconds 2 --json --wait interrupt")
                .succeeds();
        for (String card : List.of(Guest.card(3), Guest.card(4))) { // split and packed, on one cable
            String other = card.equals(Guest.card(3)) ? Guest.card(4) : Guest.card(3);
            try (Guest.Background sink = guest.ixy("sink " + card + " --wait interrupt --json")) {
                sink.awaitLines(1);
                guest.run("./ixy pktgen " + other + " --count 2000 --rate 0.002 --quiet")
                        .succeeds();
                sink.signal("TERM");
                Result result = sink.await(Guest.SHORT).succeeds();
                for (Json port : Json.lastOf(result).objects("totals")) {
                    assertEquals(2000, port.count("rx_packets"), result::toString);
                }
            }
        }
        assertFails(
                asUser("unlimited", "fwd " + Guest.card(3) + " " + LEGACY + " --seconds 1"),
                LEGACY + " is a virtio card that goes past the IOMMU");
        assertNoFault();
    }

    /** Each is refused where somebody waits for it, and works where not. */
    @Test
    @Order(5)
    void cardsWithTooFewVectorsAreForPolling() {
        assertFails(
                guest.run("./ixy sink " + WITHOUT_VECTORS + " --seconds 1 --wait interrupt"),
                WITHOUT_VECTORS + " has no interrupt vectors (MSI-X): poll");
        guest.run("./ixy sink " + WITHOUT_VECTORS + " --seconds 1 --quiet").succeeds();
        Result waits = guest.run(Guest.java(WaitForQueues.class) + ONE_VECTOR + " 2");
        assertFails(
                waits,
                ONE_VECTOR
                        + " has too few interrupt vectors (MSI-X), 1 where 2 are needed: take fewer receive queues, or poll");
    }

    @Test
    @Order(6)
    void aCardWithoutADriverOfOursIsRefused() {
        assertFails(
                guest.run("./ixy sink " + WITHOUT_DRIVER + " --seconds 1"),
                "8086:10d3 of class 020000, is not a network card that ixy4j drives");
    }

    @Test
    @Order(7)
    void unbindGivesThemBack() {
        Result back = guest.run("./ixy unbind " + CARDS + " " + VIRTIO + " " + LEGACY + " " + ODD)
                .succeeds();
        assertTrue(back.out().contains(Guest.card(1) + ": driver ixgbe"), back::toString);
        assertTrue(back.out().contains(Guest.card(3) + ": driver virtio-pci"), back::toString);
        assertTrue(back.out().contains(WITHOUT_DRIVER + ": driver e1000e"), back::toString);
        assertEquals("ixgbe", driver(2));
        assertEquals("virtio-pci", driver(5));
        assertFails(guest.run("./ixy unbind " + Guest.card(1)), "has the driver ixgbe, not vfio-pci");
    }

    /** As somebody who takes the driver away does, or pulls the card: the kernel waits until the program has closed it. */
    @Test
    @Order(8)
    void aCardThatIsAskedBackIsGivenBack() {
        guest.run("./ixy bind " + CARDS).succeeds();
        try (Guest.Background fwd = guest.ixy("fwd " + CARDS)) {
            fwd.awaitLines(1);
            guest.run("echo " + Guest.card(1) + " >/sys/bus/pci/drivers/vfio-pci/unbind")
                    .succeeds();
            assertFails(fwd.await(Guest.SHORT), Guest.card(1) + " is asked back by the kernel");
        }
    }

    @Test
    @Order(9)
    void whatTheIommuWouldRefuseIsRefused() {
        String devices = guest.run("./ixy devices").succeeds().out();
        assertTrue(devices.contains("through VFIO, after ./ixy bind " + Guest.card(1)), devices);
        assertFails(
                guest.run("./ixy sink " + Guest.card(1) + " --no-check --seconds 1"),
                Guest.card(1) + " is behind an IOMMU, which refuses physical addresses");
        Result back = guest.run("./ixy unbind " + Guest.card(1)).succeeds(); // what bind noted is not lost
        assertTrue(back.out().contains(Guest.card(1) + ": driver ixgbe"), back::toString);
    }
}
