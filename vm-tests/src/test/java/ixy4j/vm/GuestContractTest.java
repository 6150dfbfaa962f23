package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our driver in a guest keeps the contract of all drivers: through sysfs and with physical addresses, and through VFIO behind an
 * IOMMU.
 */
class GuestContractTest {
    private static final String HERE = "198.51.100.81";
    private static final String THERE = "198.51.100.82";
    private static final int PATIENCE = 600;

    @Test
    void theDriverOfThe82599(@TempDir Path sockets, @TempDir Path scripts) {
        needsAll();
        try (Tap tap = Tap.make('c', HERE, 1500);
                SteppedCards cards = new SteppedCards(sockets, HERE)) {
            List<String> nics = new ArrayList<>(cards.cards());
            nics.add("virtio,wire=tap:" + tap.name);
            contract("unbound", nics, scripts, Guest.card(1), Guest.card(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unbound", "bound to vfio-pci"})
    void theDriverOfThe82576(String way, @TempDir Path sockets, @TempDir Path scripts) {
        needsAll();
        Machine.needsNewerQemu();
        try (Tap tap = Tap.make('c', HERE, 1500);
                QemuCard card = new QemuCard(sockets, HERE)) {
            contract(
                    way,
                    List.of("igb" + card.end(), "virtio,wire=tap:" + tap.name),
                    scripts,
                    Guest.card(1),
                    Guest.card(1));
        }
    }

    private static void needsAll() {
        Machine.needsLab();
        Machine.needsTaps();
    }

    /** The last of the guest's cards is Linux's, and leads to us. */
    private static void contract(String way, List<String> nics, Path scripts, String card, String spreading) {
        boolean vfio = way.contains("vfio");
        try (Guest guest = Guest.boot(scripts, nics, vfio ? new String[] {"--iommu"} : new String[0])) {
            Set<String> ours = new LinkedHashSet<>(List.of(card, spreading));
            guest.run(vfio ? "./ixy bind " + String.join(" ", ours) : unbind(ours))
                    .succeeds();
            guest.run(String.format(Locale.ROOT, """
                    set -e
                    name=$(basename /sys/class/net/eth*)
                    ip addr add %s/28 dev $name
                    ip link set $name up
                    """, THERE)).succeeds();
            String classPath = System.getProperty("surefire.test.class.path");
            String java = "\"$JAVA_HOME/bin/java\" --enable-native-access=ALL-UNNAMED -Xmx128m -XX:+UseSerialGC"
                    + " -Dixy4j.checks=true $IXY_JAVA_OPTS -cp " + Guest.quoted(classPath) + " "
                    + RemoteContract.class.getName() + " " + HERE + " " + card + " " + spreading;
            String said = guest.run(java, PATIENCE).succeeds().out();
            assertTrue(said.contains(", failed 0"), said);
        }
    }

    private static String unbind(Set<String> cards) {
        return "for card in " + String.join(" ", cards)
                + "; do echo $card >/sys/bus/pci/devices/$card/driver/unbind; done";
    }
}
