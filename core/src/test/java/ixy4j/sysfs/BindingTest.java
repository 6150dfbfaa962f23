package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is written to which file; that the kernel obeys is tested in a virtual machine. */
class BindingTest {
    private static final String ADDRESS = "0000:03:00.0";

    @TempDir
    private Path folder;

    private FakeSysfs sysfs;
    private Binding binding;

    @BeforeEach
    void plugCard() throws IOException {
        sysfs = new FakeSysfs(folder);
        sysfs.function(ADDRESS, 0x8086_10fb, 0x020000);
        Files.createFile(sysfs.file(ADDRESS, "driver_override"));
        Path bus = Files.createDirectories(folder.resolve("bus/pci"));
        Files.createFile(bus.resolve("drivers_probe"));
        Files.createSymbolicLink(sysfs.file(ADDRESS, "subsystem"), bus);
        binding = new Binding(sysfs.file(ADDRESS, ""), folder.resolve("notes"));
    }

    private void putBehindIommu(String... companions) throws IOException {
        Path group = Files.createDirectories(folder.resolve("groups/7/devices"));
        Files.createSymbolicLink(sysfs.file(ADDRESS, "iommu_group"), group.getParent());
        Files.createSymbolicLink(group.resolve(ADDRESS), sysfs.file(ADDRESS, ""));
        for (String companion : companions) {
            sysfs.function(companion, 0x8086_10fb, 0x020000);
            Files.createSymbolicLink(group.resolve(companion), sysfs.file(companion, ""));
        }
    }

    @Test
    void withoutAnIommuThereIsNothingToGain() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "ixgbe");
        Exception e = assertThrows(IxyException.class, () -> binding.bind(false));
        assertTrue(e.getMessage().startsWith(ADDRESS + " has no IOMMU group"), e.getMessage());
        assertEquals("", Files.readString(driver.resolve("unbind")));
    }

    @Test
    void withoutVfioTheDriverKeepsIt() throws IOException {
        putBehindIommu();
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        Exception e = assertThrows(IxyException.class, () -> binding.bind(false));
        assertEquals("the kernel's driver vfio-pci is not there: modprobe vfio-pci", e.getMessage());
        assertEquals("", Files.readString(driver.resolve("unbind")));
    }

    @Test
    void whatVfioDoesNotTakeGoesBackAndNothingIsNoted() throws IOException {
        putBehindIommu();
        Files.createDirectories(folder.resolve("bus/pci/drivers/vfio-pci"));
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic"); // and nobody moves the link
        Exception e = assertThrows(IxyException.class, () -> binding.bind(false));
        assertTrue(e.getMessage().startsWith(ADDRESS + " was not taken by vfio-pci"), e.getMessage());
        assertTrue(Files.readString(driver.resolve("unbind")).startsWith(ADDRESS));
        assertTrue(Files.readString(folder.resolve("bus/pci/drivers_probe")).startsWith(ADDRESS));
        assertEquals(
                "\n", Files.readString(sysfs.file(ADDRESS, "driver_override")).substring(0, 1));
        assertTrue(Files.notExists(folder.resolve("notes").resolve(ADDRESS)));
    }

    @Test
    void whatAProgramDrivesIsNotTakenFromIt() throws IOException {
        putBehindIommu();
        sysfs.driver(ADDRESS, "uio_pci_generic");
        try (PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse(ADDRESS))) {
            function.claim(false);
            for (Executable action : List.<Executable>of(() -> binding.bind(true), binding::giveBack)) {
                Exception e = assertThrows(IxyException.class, action);
                assertTrue(e.getMessage().startsWith(ADDRESS + " is in use"), e.getMessage());
            }
        }
    }

    @Test
    void whatIsBoundAlreadyStaysSo() throws IOException {
        putBehindIommu("0000:03:00.1");
        Path driver = sysfs.driver(ADDRESS, "vfio-pci");
        assertEquals("vfio-pci", binding.bind(false));
        assertEquals("", Files.readString(driver.resolve("unbind")));
        assertEquals("7", binding.group());
        assertEquals(List.of(), binding.companions(), "one without a driver is in nobody's way");
        sysfs.driver("0000:03:00.1", "igb");
        assertEquals(List.of("0000:03:00.1 (igb)"), binding.companions());
    }

    @Test
    void onlyWhatVfioHasIsGivenBack() throws IOException {
        sysfs.driver(ADDRESS, "ixgbe");
        Exception e = assertThrows(IxyException.class, binding::giveBack);
        assertEquals(ADDRESS + " has the driver ixgbe, not vfio-pci: there is nothing to give back", e.getMessage());
    }

    @Test
    void aUserWhoIsNotThereIsNamed() {
        Exception e = assertThrows(IxyException.class, () -> Binding.user("nobody-of-this-name"));
        assertEquals("there is no user 'nobody-of-this-name' on this machine", e.getMessage());
    }
}
