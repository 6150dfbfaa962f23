package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.*;

import ixy4j.Machine;
import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PciFailureTest {
    private static final String ADDRESS = "0000:03:00.0";

    @TempDir
    private Path folder;

    private FakeSysfs sysfs;

    @BeforeEach
    void plugCard() throws IOException {
        sysfs = new FakeSysfs(folder);
        sysfs.function(ADDRESS, 0x8086_10fb, 0x020000);
    }

    @Test
    void interfacesAreFoundBehindTheLinkThatSysfsHas() throws IOException {
        Files.createDirectories(sysfs.file(ADDRESS, "net").resolve("eth0"));
        assertEquals(List.of("eth0"), KernelInterface.names(sysfs.devices().resolve(ADDRESS)));
    }

    @Test
    void aCardWhoseInterfaceIsUsedIsRefusedThroughTheLink() throws IOException {
        sysfs.driver(ADDRESS, "ixgbe");
        Files.createDirectories(sysfs.file(ADDRESS, "net").resolve("lo"));
        try (PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse(ADDRESS))) {
            assertThrows(RuntimeException.class, () -> function.claim(false));
        }
    }

    @Test
    void aFailingStepOfTheCloseDoesNotKeepTheOthersFromBeingDone() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        Files.delete(driver.resolve("bind"));
        Files.createSymbolicLink(driver.resolve("bind"), Path.of("/dev/full"));
        PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse(ADDRESS));
        function.claim(false);
        assertThrows(RuntimeException.class, function::close);
        assertEquals(List.of(), Machine.openFilesIn(folder), "config stays open, and locked");
        assertEquals(List.of(), Machine.openFilesIn(Path.of("/dev/full")));
    }

    @Test
    void anUnbindThatFailsLeavesNoFileOpenAndDoesNotBind() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        Files.delete(driver.resolve("unbind"));
        Files.createSymbolicLink(driver.resolve("unbind"), Path.of("/dev/full"));
        PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse(ADDRESS));
        assertThrows(RuntimeException.class, () -> function.claim(false));
        function.close();
        assertEquals(List.of(), Machine.openFilesIn(Path.of("/dev/full")));
    }
}
