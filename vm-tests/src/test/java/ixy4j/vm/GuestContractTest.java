package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final int PATIENCE = 300;
    private static final String UNBIND = String.format(
            Locale.ROOT,
            "for card in %s %s; do echo $card >/sys/bus/pci/devices/$card/driver/unbind; done",
            Guest.card(1),
            Guest.card(2));

    @ParameterizedTest
    @ValueSource(strings = {"unbound", "bound to vfio-pci"})
    void ourDriverKeepsTheContractInAGuest(String way, @TempDir Path sockets, @TempDir Path scripts) {
        Machine.needsLab();
        Machine.needsTaps();
        try (Tap tap = Tap.make('c', HERE, 1500);
                SteppedCards cards = new SteppedCards(sockets, HERE)) {
            List<String> nics = new ArrayList<>(cards.cards());
            nics.add("virtio,wire=tap:" + tap.name);
            boolean vfio = way.contains("vfio");
            try (Guest guest = Guest.boot(scripts, nics, vfio ? new String[] {"--iommu"} : new String[0])) {
                guest.run(vfio ? "./ixy bind " + Guest.card(1) + " " + Guest.card(2) : UNBIND)
                        .succeeds();
                guest.run(String.format(Locale.ROOT, """
                        set -e
                        ip addr add %s/28 dev eth2
                        ip link set eth2 up
                        """, THERE))
                        .succeeds();
                String classPath = System.getProperty("surefire.test.class.path");
                String java = "\"$JAVA_HOME/bin/java\" --enable-native-access=ALL-UNNAMED -Xmx128m -XX:+UseSerialGC"
                        + " -Dixy4j.checks=true $IXY_JAVA_OPTS -cp " + Guest.quoted(classPath) + " "
                        + RemoteContract.class.getName() + " " + HERE;
                String said = guest.run(java, PATIENCE).succeeds().out();
                assertTrue(said.contains(", failed 0"), said);
            }
        }
    }
}
