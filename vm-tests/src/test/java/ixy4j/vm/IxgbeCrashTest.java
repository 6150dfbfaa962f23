package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.parallel.ResourceLock;

/** An emulated 82599 when one of its two sides is killed in the middle of traffic: first its guest, then itself. */
@ResourceLock(Machine.ALONE)
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IxgbeCrashTest {
    private static final int MUCH = 20_000; // frames
    private static final long MOST_MEMORY = 300 << 10; // KiB
    private static final Duration START = Duration.ofSeconds(60);

    private Nic nic;

    @BeforeAll
    void start(@TempDir Path sockets) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("ping");
        nic = Nic.start(sockets, List.of("generator,rate=0.01"));
    }

    @AfterAll
    void end() {
        Ending.of(nic);
    }

    @Test
    @Order(1)
    void aGuestIsKilled(@TempDir Path scripts) {
        try (Guest guest = boot(scripts)) {
            guest.killMachine();
            guest.awaitEnd(Guest.SHORT)
                    .failsInOneLine(1, "the virtual machine has ended: QEMU ended with exit code 137");
        }
        List<String> said = awaitLines(3);
        assertTrue(said.get(1).endsWith(": a client connected"), said::toString);
        assertTrue(
                said.get(2).matches(".*: the client (closed|went away|is out of reach).*; the card is reset"),
                said::toString);
    }

    private Guest boot(Path scripts) {
        Guest guest = Guest.boot(scripts, List.of(nic.card(0)));
        guest.run("""
                set -e
                ip addr add 192.0.2.1/24 dev eth0
                ip link set eth0 promisc on
                ip link set eth0 up
                ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev eth0
                """).succeeds();
        guest.awaitLink("eth0");
        // Goes on until it is killed. Nobody answers: each is a frame that is sent.
        guest.start("ping -q -f 192.0.2.2");
        guest.run(String.format(Locale.ROOT, """
                cd /sys/class/net/eth0/statistics
                until [ $(cat rx_packets) -gt %1$d ] && [ $(cat tx_packets) -gt 100 ]; do sleep 0.1; done
                """, MUCH), Guest.SHORT).succeeds();
        return guest;
    }

    /** Until the process that emulates the card has said so many lines in all. */
    private List<String> awaitLines(int count) {
        long deadline = System.nanoTime() + START.toNanos();
        List<String> said = nic.said().lines().toList();
        while (said.size() < count && nic.isAlive() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            said = nic.said().lines().toList();
        }
        assertEquals(count, said.size(), said::toString);
        return said;
    }

    @Test
    @Order(2)
    void ourDriverFindsTheCardAsNew() {
        Result sink = Program.run(List.of("./ixy", "sink", nic.address(0), "--seconds", "1", "--json"), START)
                .succeeds();
        Json port = Json.lastOf(sink).objects("totals").getFirst();
        assertTrue(port.count("rx_packets") > 1000, sink::toString);
        assertEquals(0, port.count("rx_crc_errors"), sink::toString);
        awaitLines(5);
    }

    @Test
    @Order(3)
    void theCardIsKilled(@TempDir Path scripts) {
        try (Guest guest = boot(scripts)) {
            long memory = nic.ownMemory();
            assertTrue(memory > 0 && memory < MOST_MEMORY, "KiB of memory of its own: " + memory);
            awaitLines(6); // no mistake of a driver, nothing refused
            nic.kill();
            guest.awaitEnd(Guest.SHORT)
                    .failsInOneLine(1, "the virtual machine has ended: nobody listens on ", " any more");
        }
    }
}
