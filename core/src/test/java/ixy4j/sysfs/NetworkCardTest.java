package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCardTest {
    @Test
    void cardsOfTheNetworkClassAreListedByAddress(@TempDir Path folder) throws IOException {
        FakeSysfs sysfs = new FakeSysfs(folder);
        sysfs.function("0000:04:00.0", 0x8086_10fb, 0x020000);
        sysfs.function("0000:03:00.0", 0x8086_10fb, 0x020000);
        sysfs.function("0000:00:00.0", 0x8086_1237, 0x060000);
        sysfs.driver("0000:04:00.0", "ixgbe");
        List<NetworkCard> cards = NetworkCard.list(sysfs.devices());
        assertEquals(
                List.of("0000:03:00.0", "0000:04:00.0"),
                cards.stream().map(NetworkCard::address).toList());
        assertEquals(0x8086_10fb, cards.getFirst().id());
        assertEquals("none", cards.getFirst().driver());
        assertEquals("ixgbe", cards.getLast().driver());
        assertEquals(-1, cards.getFirst().numaNode());
        assertEquals("unknown", cards.getFirst().link());
        String advice = cards.getFirst().advice();
        assertTrue(advice.startsWith("ixy4j can take it") && advice.contains("fwd 0000:03:00.0"), advice);
    }

    @Test
    void aCardWithoutDriverOfOursSaysSo(@TempDir Path folder) throws IOException {
        FakeSysfs sysfs = new FakeSysfs(folder);
        sysfs.function("0000:03:00.0", 0x10ec_8168, 0x020000);
        assertEquals(
                "ixy4j has no driver for it",
                NetworkCard.list(sysfs.devices()).getFirst().advice());
    }

    @Test
    void withoutAPciBusThereIsNoCard(@TempDir Path folder) throws IOException {
        Path bus = Files.createDirectories(folder.resolve("sys/bus"));
        assertEquals(List.of(), NetworkCard.list(bus.resolve("pci/devices")));
    }

    @Test
    void aCardWhoseInterfaceIsNotSeenIsNotForTheTaking(@TempDir Path folder) throws IOException {
        FakeSysfs sysfs = new FakeSysfs(folder);
        sysfs.function("0000:04:00.0", 0x8086_10fb, 0x020000);
        sysfs.driver("0000:04:00.0", "ixgbe");
        assertEquals(
                "ixy4j can take it only with --force: the kernel's driver ixgbe has it, without an interface that can be"
                        + " seen here: that may be in another network namespace",
                NetworkCard.list(sysfs.devices()).getFirst().advice());
    }

    @Test
    void aFolderThatIsNotThereIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("sys/bus/pci/devices");
        Exception e = assertThrows(IxyException.class, () -> NetworkCard.list(missing));
        assertTrue(e.getMessage().startsWith("cannot list " + missing), e.getMessage());
    }

    @Test
    void theListOfThisMachineChangesNothing() {
        if (Files.exists(Path.of("/sys/bus/pci/devices"))) {
            assertEquals(NetworkCard.list(), NetworkCard.list());
        }
    }
}
