package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelInterfaceTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final String NAME = "ixa" + PID;
    private static final String PEER = "ixb" + PID;

    private boolean made;

    @AfterEach
    void deleteInterfaces() throws IOException, InterruptedException {
        if (made) {
            ip("link delete " + NAME);
        }
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        Process ip = new ProcessBuilder(("ip " + arguments).split(" ", -1))
                .redirectErrorStream(true)
                .start();
        String output = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, ip.waitFor(), "ip " + arguments + ": " + output);
    }

    /** A pair of interfaces that nothing configures by itself. */
    private void makeInterfaces() throws IOException, InterruptedException {
        Machine.needsRoot();
        ip("link add " + NAME + " type veth peer name " + PEER);
        made = true;
        for (String name : List.of(NAME, PEER)) {
            Path ipv6 = Path.of("/proc/sys/net/ipv6/conf/" + name + "/disable_ipv6");
            if (Files.exists(ipv6)) {
                Files.writeString(ipv6, "1");
            }
        }
    }

    @Test
    void loopbackHasAnAddress() {
        String use = KernelInterface.use("lo");
        assertTrue(use.equals("has the address 127.0.0.1") || use.equals("has the address ::1"), use);
    }

    @Test
    void anInterfaceThatIsDownAndHasNothingIsFree() throws IOException, InterruptedException {
        makeInterfaces();
        assertNull(KernelInterface.use(NAME));
        assertEquals("down", KernelInterface.link(NAME));
    }

    @Test
    void anInterfaceThatIsUpIsUsed() throws IOException, InterruptedException {
        makeInterfaces();
        ip("link set " + NAME + " up");
        assertEquals("is up", KernelInterface.use(NAME));
        ip("link set " + PEER + " up");
        long deadline = System.nanoTime() + 5_000_000_000L; // the kernel tells of a link a little later
        while (!KernelInterface.link(NAME).equals("up") && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertEquals("up", KernelInterface.link(NAME));
    }

    @Test
    void anInterfaceWithAnAddressIsUsedEvenWhenDown() throws IOException, InterruptedException {
        makeInterfaces();
        ip("address add 192.0.2.77/32 dev " + NAME);
        assertEquals("has the address 192.0.2.77", KernelInterface.use(NAME));
    }

    @Test
    void anInterfaceThatARouteLeadsToIsUsed() throws IOException, InterruptedException {
        makeInterfaces();
        ip("link set " + NAME + " up");
        ip("route add 192.0.2.78/32 dev " + NAME);
        assertEquals("carries a route", KernelInterface.use(NAME));
    }

    @Test
    void anInterfaceThatOthersAreMadeOfIsUsedEvenWhenDown() throws IOException, InterruptedException {
        makeInterfaces();
        ip("link add link " + NAME + " name " + NAME + "m type macvlan"); // goes with what it is on
        assertEquals("is a part of " + NAME + "m", KernelInterface.use(NAME));
    }

    @Test
    void anInterfaceThatCannotBeAskedCountsAsUsed() {
        String use = KernelInterface.use("no-such-if");
        assertTrue(use.startsWith("cannot be asked whether it is used"), use);
        assertEquals("unknown", KernelInterface.link("no-such-if"));
    }

    @Test
    void routesOfBothKindsNameTheirInterface() {
        List<String> routes = List.of(
                "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
                "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0   ",
                "00000000000000000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000"
                        + " 00000000 00000002 00000000 80200001     eth11");
        assertTrue(KernelInterface.carries(routes, "eth0"));
        assertTrue(KernelInterface.carries(routes, "eth11"));
        assertFalse(KernelInterface.carries(routes, "eth1"), "not by a part of a name");
        assertFalse(KernelInterface.carries(routes, "eth"));
        assertFalse(KernelInterface.carries(List.of(), "eth0"));
    }

    @Test
    void interfacesAreFoundWhereNetworkAndVirtioCardsHaveThem(@TempDir Path folder) throws IOException {
        Path card = Files.createDirectories(folder.resolve("0000:03:00.0"));
        assertEquals(List.of(), KernelInterface.names(card));
        Files.createDirectories(card.resolve("net/eth1/queues"));
        Files.createDirectories(card.resolve("net/eth0"));
        Files.createDirectories(card.resolve("power/wakeup"));
        assertEquals(List.of("eth0", "eth1"), KernelInterface.names(card));
        Path virtio = Files.createDirectories(folder.resolve("0000:04:00.0"));
        Files.createDirectories(virtio.resolve("virtio2/net/eth2/statistics"));
        assertEquals(List.of("eth2"), KernelInterface.names(virtio));
        assertEquals(List.of(), KernelInterface.names(folder.resolve("0000:05:00.0")), "gone");
    }
}
