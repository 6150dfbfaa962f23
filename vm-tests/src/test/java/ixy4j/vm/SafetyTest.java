package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a card does to the memory of others when its driver has a fault, or is killed: through VFIO nothing; through sysfs
 * what docs/limits.md warns of, which shows that these tests would see it.
 */
class SafetyTest {
    private static final int KILLS = Integer.getInteger("ixy4j.kills", 3);
    private static final int FIRST_GAP = 500; // ms from the start of the traffic to a kill, at most
    private static final String CARD = Guest.card(1);

    @Test
    void throughVfioNobodysMemoryIsWritten(@TempDir Path scripts) {
        try (Guest guest = boot(scripts, "--iommu")) {
            guest.run("./ixy bind " + CARD).succeeds();
            assertEquals(0, changedByAWrongAddress(guest));
            String faults =
                    guest.run("dmesg | grep -i 'dmar.*fault'").succeeds().out();
            assertTrue(faults.contains(CARD.substring("0000:".length())), faults);
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < KILLS; i++) {
                assertEquals(0, changedAfterAKill(guest, random.nextInt(FIRST_GAP)), "kill " + i + ", seed " + seed);
            }
            guest.run("./ixy sink " + CARD + " --no-check --seconds 1").succeeds();
        }
    }

    @Test
    void throughSysfsItIs(@TempDir Path scripts) {
        try (Guest guest = boot(scripts)) {
            guest.run("echo " + CARD + " >/sys/bus/pci/devices/" + CARD + "/driver/unbind")
                    .succeeds();
            assertNotEquals(0, changedByAWrongAddress(guest));
            long changed = 0;
            for (int i = 0; changed == 0 && i < KILLS; i++) { // not each time: the card may be at rest by then
                changed = changedAfterAKill(guest, FIRST_GAP);
                guest.run("./ixy sink " + CARD + " --no-check --seconds 1").succeeds(); // and stops what it did
            }
            assertNotEquals(0, changed);
        }
    }

    private static Guest boot(Path scripts, String... options) {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("ip");
        Machine.needsProgram("ping");
        Guest guest = Guest.boot(scripts, List.of("igb", "virtio"), options);
        try {
            connect(guest);
            return guest;
        } catch (RuntimeException | Error e) {
            guest.close();
            throw e;
        }
    }

    private static void connect(Guest guest) {
        guest.run("""
                set -e
                until name=$(ls /sys/bus/pci/devices/0000:00:03.0/virtio*/net); do sleep 0.05; done
                ip link set $name name peer
                ip addr add 192.0.2.1/24 dev peer
                ip link set peer up
                ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev peer
                """).succeeds();
        guest.start("ping -q -i 0.02 192.0.2.2"); // slow, so that a ring of descriptors lasts for seconds
    }

    /** Pieces of somebody's huge page that change while a driver tells its card that packets lie there. */
    private static long changedByAWrongAddress(Guest guest) {
        guest.run("rm -f /tmp/go");
        try (Guest.Background canary = guest.start(Guest.java(Canary.class) + "/tmp/go hold")) {
            String address = canary.awaitLines(1).strip().substring("physical ".length());
            guest.run(Guest.java(WrongIova.class) + CARD + " " + address).succeeds();
            return foreign(guest, canary);
        }
    }

    /** Pieces that change in the memory that was free after the end of a driver that was killed. */
    private static long changedAfterAKill(Guest guest, int millis) {
        guest.run("rm -f /tmp/go");
        try (Guest.Background canary = guest.start(Guest.java(Canary.class) + "/tmp/go");
                Guest.Background sink = guest.start("./ixy sink " + CARD + " --no-check")) {
            canary.awaitLines(1);
            sink.awaitLines(1);
            guest.run(String.format(Locale.ROOT, "sleep %.3f", millis / 1000.0));
            sink.signal("KILL");
            sink.await(Guest.SHORT);
            return foreign(guest, canary);
        }
    }

    private static long foreign(Guest guest, Guest.Background canary) {
        guest.run("touch /tmp/go").succeeds();
        Result result = canary.await(Guest.SHORT).succeeds();
        String last = result.out().lines().toList().getLast();
        assertTrue(last.startsWith("foreign "), result::toString);
        return Long.parseLong(last.substring("foreign ".length()));
    }
}
