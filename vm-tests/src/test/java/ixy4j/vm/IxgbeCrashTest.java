package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulated card and its guest, where one of the two is killed in the middle of traffic. */
class IxgbeCrashTest {
    private static final String WIRE = "generator,rate=0.01";
    private static final long MOST_MEMORY = 300 << 10; // KiB

    @TempDir
    private Path sockets;

    @TempDir
    private Path scripts;

    @BeforeAll
    static void needs() {
        Machine.needsLab();
        Machine.needsNewerQemu();
    }

    private static void receive(Guest guest) {
        guest.run("ip link set eth0 up promisc on").succeeds(); // the frames are for another
        guest.awaitLink("eth0");
        guest.run("until [ \"$(cat /sys/class/net/eth0/statistics/rx_packets)\" -gt 1000 ]; do sleep 0.1; done")
                .succeeds();
    }

    @Test
    void whereTheCardIsKilledTheLabEndsWithOneLine() {
        try (Nic nic = Nic.start(sockets, List.of(WIRE));
                Guest guest = Guest.boot(scripts, List.of(nic.card(0)))) {
            receive(guest);
            nic.kill();
            Result lab = guest.awaitEnd(Guest.SHORT);
            assertEquals(1, lab.exit(), lab::toString);
            assertEquals(1, lab.err().lines().count(), lab::toString);
            assertTrue(lab.err().startsWith("ixy: ") && lab.err().contains("nic0.sock"), lab::toString);
        }
    }

    @Test
    void whereTheGuestIsKilledTheCardServesTheNext() {
        try (Nic nic = Nic.start(sockets, List.of(WIRE))) {
            try (Guest guest = Guest.boot(scripts, List.of(nic.card(0)))) {
                receive(guest);
                guest.processes().stream()
                        .filter(process -> process.info().command().orElse("").contains("qemu-system")
                                || process.info().command().orElse("").contains("ld-linux"))
                        .forEach(ProcessHandle::destroyForcibly);
                assertEquals(1, guest.awaitEnd(Guest.SHORT).exit());
            }
            Result sink = Program.run(
                            List.of("./ixy", "sink", nic.address(0), "--seconds", "2", "--json"),
                            Duration.ofSeconds(60))
                    .succeeds();
            assertTrue(Json.lastOf(sink).objects("totals").getFirst().count("rx_packets") > 1000, sink::toString);
            assertTrue(nic.ownMemory() < MOST_MEMORY, () -> "KiB: " + nic.ownMemory());
            assertEquals(
                    2,
                    nic.said()
                            .lines()
                            .filter(line -> line.contains("the card is reset"))
                            .count(),
                    nic::said);
            nic.stop().succeeds();
        }
    }
}
