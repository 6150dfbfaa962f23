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

/**
 * Linux's own ixgbe on emulated 82599s: what it says of them, and traffic with the defaults of the kernel. eth0 is wired
 * to a TAP of this machine, eth1 and eth2 to two more cards, between which our forwarder runs outside of the guest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(
        MethodOrderer.OrderAnnotation.class) // what is counted comes first, what may leave the card broken last
class LinuxIxgbeTest {
    private static final String HERE = "198.51.100.65";
    private static final String THERE = "198.51.100.66";
    private static final int JUMBO = 9000;

    private Tap tap;
    private Nic nic;
    private Guest guest;

    @BeforeAll
    void boot(@TempDir Path sockets, @TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsTaps();
        Machine.needsProgram("ethtool");
        Machine.needsProgram("iperf3");
        Machine.needsProgram("ping");
        tap = Tap.make('a', HERE, JUMBO);
        nic = Nic.start(sockets, List.of("tap:" + tap.name, "cross:left", "cross:left", "cross:right", "cross:right"));
        guest = Guest.boot(scripts, List.of(nic.card(0), nic.card(1), nic.card(3)));
    }

    @AfterAll
    void end() {
        Ending.of(guest, nic, tap);
    }

    private Result sh(String script) {
        return guest.run(script).succeeds();
    }

    /** Up, with an address, and a link. */
    private void up(String name, String address) {
        sh("ip addr flush dev %1$s; ip addr add %2$s/28 dev %1$s && ip link set %1$s up".formatted(name, address));
        awaitLink(name);
    }

    private void awaitLink(String name) {
        sh("until [ \"$(cat /sys/class/net/%1$s/carrier)\" = 1 ]; do sleep 0.1; done".formatted(name));
    }

    // ---- what it says

    @Test
    @Order(1)
    void itBringsTheCardUp() {
        up("eth0", THERE);
        String log = sh("dmesg").out();
        assertTrue(log.contains("ixgbe 0000:00:01.0: Intel(R) 10 Gigabit Network Connection"), log);
        assertTrue(log.contains("eth0: NIC Link is Up 10 Gbps"), log);
        String troubled = guest.run("dmesg -l warn,err,crit,alert,emerg | grep -e ixgbe -e 0000:00:0[123]")
                .out();
        assertEquals("", troubled, "no warning is in the kernel's log");
        String link = sh("ethtool eth0").out();
        assertTrue(link.contains("Speed: 10000Mb/s") && link.contains("Link detected: yes"), link);
        String card = sh("cat /sys/bus/pci/devices/0000:00:01.0/vendor /sys/bus/pci/devices/0000:00:01.0/device")
                .out();
        assertEquals("0x8086\n0x10fb\n", card);
    }
}
