package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.memory.RawMemory;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysfsFunctionTest {
    private static final String ADDRESS = "0000:03:00.0";
    private static final int UNTOUCHED = 0x0401;
    private static final int TAKEN = 0x0407;
    private static final int GIVEN_BACK = 0x0403;

    @TempDir
    private Path folder;

    private FakeSysfs sysfs;

    @BeforeEach
    void plugCard() throws IOException {
        sysfs = new FakeSysfs(folder);
        sysfs.function(ADDRESS, 0x8086_10fb, 0x020000);
    }

    @AfterEach
    void nothingStaysOpenOrMapped() {
        assertEquals(List.of(), Machine.openFilesIn(folder));
        assertEquals(List.of(), Machine.openFilesIn(Path.of("/dev/full")));
        assertFalse(Machine.isMapped(sysfs.file(ADDRESS, "resource0")));
    }

    private PciFunction open() {
        return SysfsFunction.open(sysfs.devices(), Address.parse(ADDRESS));
    }

    // ---- finding

    @ParameterizedTest
    @ValueSource(strings = {"03:00.0", "0000:03:00.0"})
    void theDomainIs0WhereItIsLeftOut(String text) {
        try (PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse(text))) {
            assertEquals(ADDRESS, function.address());
        }
    }

    @Test
    void capitalsAreTheSame() throws IOException {
        sysfs.function("0000:ab:00.0", 0x8086_1563, 0x020000);
        try (PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse("AB:00.0"))) {
            assertEquals("0000:ab:00.0", function.address());
        }
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        Exception e = assertThrows(
                IxyException.class, () -> SysfsFunction.open(sysfs.devices(), Address.parse("0000:04:00.0")));
        assertTrue(e.getMessage().startsWith("there is no PCI device 0000:04:00.0"), e.getMessage());
    }

    @Test
    void idAndClassAreTold() throws IOException {
        sysfs.function("0000:04:00.0", 0xfffe_8001, 0xff80fe);
        try (PciFunction card = open();
                PciFunction other = SysfsFunction.open(sysfs.devices(), Address.parse("0000:04:00.0"))) {
            assertEquals(0x8086_10fb, card.id());
            assertEquals(0x020000, card.classCode());
            assertEquals(0xfffe_8001, other.id());
            assertEquals(0xff80fe, other.classCode());
            assertTrue(card.dmaSpace().needsPhysicalAddresses());
        }
    }

    @Test
    void aVirtualFunctionHasNoIdInItsConfigurationSpace() throws IOException {
        sysfs.function("0000:04:10.0", 0x8086_10ca, 0x020000);
        try (RandomAccessFile config =
                new RandomAccessFile(sysfs.file("0000:04:10.0", "config").toFile(), "rw")) {
            config.writeInt(-1);
        }
        try (PciFunction function = SysfsFunction.open(sysfs.devices(), Address.parse("0000:04:10.0"))) {
            assertEquals(0x8086_10ca, function.id());
        }
    }

    // ---- claiming

    @Test
    void openingChangesNothing() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "ixgbe");
        byte[] before = Files.readAllBytes(sysfs.file(ADDRESS, "config"));
        try (PciFunction function = open()) {
            function.id();
        }
        assertArrayEquals(before, Files.readAllBytes(sysfs.file(ADDRESS, "config")));
        assertEquals("", Files.readString(driver.resolve("unbind")) + Files.readString(driver.resolve("bind")));
    }

    @Test
    void aClaimUnbindsAndLetsTheCardAccessMemoryUntilTheClose() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        PciFunction function = open();
        function.claim(false);
        assertEquals(ADDRESS, Files.readString(driver.resolve("unbind")));
        assertEquals("", Files.readString(driver.resolve("bind")));
        assertEquals(TAKEN, sysfs.command(ADDRESS), "memory and bus master set, the others as they were");
        assertEquals(
                0x34, Files.readAllBytes(sysfs.file(ADDRESS, "config"))[6], "the status next to it was not written");
        function.close();
        assertEquals(GIVEN_BACK, sysfs.command(ADDRESS), "no bus master");
        assertEquals(ADDRESS, Files.readString(driver.resolve("bind")));
    }

    @Test
    void bindingOutlivesTheLinkToTheDriver() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        PciFunction function = open();
        function.claim(false);
        Files.delete(sysfs.file(ADDRESS, "driver")); // as the kernel does when it unbinds
        function.close();
        assertEquals(ADDRESS, Files.readString(driver.resolve("bind")));
    }

    @Test
    void whatNoDriverHadIsBoundToNone() throws IOException {
        PciFunction function = open();
        function.claim(false);
        assertEquals(TAKEN, sysfs.command(ADDRESS));
        function.close();
        assertEquals(GIVEN_BACK, sysfs.command(ADDRESS));
    }

    @Test
    void aSecondCloseDoesNothing() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        PciFunction function = open();
        function.claim(false);
        function.close();
        Files.writeString(driver.resolve("bind"), "");
        function.close();
        assertEquals("", Files.readString(driver.resolve("bind")));
    }

    @Test
    void aClaimedCardIsNotClaimedTwice() throws IOException {
        try (PciFunction first = open()) {
            first.claim(false);
            PciFunction second = open();
            Exception e = assertThrows(IxyException.class, () -> second.claim(true));
            assertTrue(
                    e.getMessage().startsWith(ADDRESS + " is in use by a user space driver, this one or another"),
                    e.getMessage());
            second.close();
            assertEquals(TAKEN, sysfs.command(ADDRESS), "the first one's card goes on");
        }
        try (PciFunction third = open()) {
            third.claim(false);
            assertEquals(TAKEN, sysfs.command(ADDRESS));
        }
    }

    @Test
    void aCardWhoseInterfaceIsUsedTakesForce() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "ixgbe");
        Files.createDirectories(sysfs.file(ADDRESS, "net").resolve("lo"));
        assertEquals(List.of("lo"), KernelInterface.names(sysfs.devices().resolve(ADDRESS)), "behind a link");
        PciFunction refused = open();
        Exception e = assertThrows(IxyException.class, () -> refused.claim(false));
        assertTrue(
                e.getMessage().startsWith(ADDRESS + " is in use: its interface lo has the address "), e.getMessage());
        assertTrue(e.getMessage().contains("--force"), e.getMessage());
        refused.close();
        assertEquals(UNTOUCHED, sysfs.command(ADDRESS));
        assertEquals("", Files.readString(driver.resolve("unbind")));
        try (PciFunction taken = open()) {
            taken.claim(true);
            assertEquals(ADDRESS, Files.readString(driver.resolve("unbind")));
        }
    }

    @Test
    void aCardWhoseInterfaceIsElsewhereTakesForce() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "ixgbe");
        Files.createDirectories(sysfs.file(ADDRESS, "net")); // as the kernel shows one of another network namespace
        PciFunction refused = open();
        Exception e = assertThrows(IxyException.class, () -> refused.claim(false));
        assertEquals(
                ADDRESS
                        + " is in use: the kernel's driver ixgbe has it, without an interface that can be seen here: that"
                        + " may be in another network namespace; take another card, or add --force if this machine may"
                        + " lose what it does with it",
                e.getMessage());
        refused.close();
        assertEquals("", Files.readString(driver.resolve("unbind")));
        assertEquals(UNTOUCHED, sysfs.command(ADDRESS));
        try (PciFunction taken = open()) {
            taken.claim(true);
            assertEquals(ADDRESS, Files.readString(driver.resolve("unbind")));
        }
    }

    @Test
    void whoIsRefusedLetsTheNextOneTryIt() throws IOException {
        sysfs.driver(ADDRESS, "ixgbe");
        PciFunction refused = open();
        assertThrows(IxyException.class, () -> refused.claim(false));
        refused.close();
        try (PciFunction next = open()) {
            next.claim(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vfio-pci", "uio_pci_generic", "igb_uio", "pci-stub"})
    void aDriverThatKeepsACardForProgramsDoesNotUseIt(String name) throws IOException {
        sysfs.driver(ADDRESS, name);
        try (PciFunction function = open()) {
            function.claim(false);
            assertEquals(TAKEN, sysfs.command(ADDRESS));
        }
    }

    @Test
    void aVirtioCardIsItsDevicesDrivers() throws IOException {
        sysfs.driver(ADDRESS, "virtio-pci");
        Path device = Files.createDirectories(sysfs.file(ADDRESS, "virtio0"));
        try (PciFunction idle = open()) {
            idle.claim(false); // no driver has the virtio device
        }
        Files.createSymbolicLink(device.resolve("driver"), Files.createDirectories(folder.resolve("virtio_net")));
        try (PciFunction function = open()) {
            Exception e = assertThrows(IxyException.class, () -> function.claim(false));
            assertTrue(e.getMessage().contains("the kernel's driver virtio_net has it, without"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"infiniband", "host4"})
    void aCardWithStorageOrRdmaOnItIsInUse(String part) throws IOException {
        sysfs.driver(ADDRESS, "ixgbe");
        Files.createDirectories(sysfs.file(ADDRESS, part));
        try (PciFunction function = open()) {
            Exception e = assertThrows(IxyException.class, () -> function.claim(false));
            assertTrue(e.getMessage().contains("ixgbe has storage or RDMA on it"), e.getMessage());
        }
    }

    @Test
    void virtualFunctionsGoWithTheirCard() throws IOException {
        sysfs.driver(ADDRESS, "vfio-pci");
        for (int i = 0; i < 2; i++) {
            Files.createSymbolicLink(sysfs.file(ADDRESS, "virtfn" + i), folder);
        }
        try (PciFunction function = open()) {
            Exception e = assertThrows(IxyException.class, () -> function.claim(false));
            assertTrue(e.getMessage().contains("it has 2 virtual functions, which go with it"), e.getMessage());
        }
    }

    @Test
    void aDriverThatDoesNotTakeItsCardBackIsNamed() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        Files.delete(driver.resolve("bind"));
        Files.createSymbolicLink(driver.resolve("bind"), Path.of("/dev/full"));
        PciFunction function = open();
        function.claim(false);
        Exception e = assertThrows(IxyException.class, function::close);
        assertTrue(
                e.getMessage().startsWith(ADDRESS + " could not be given back to the kernel's driver uio_pci_generic: ")
                        && e.getMessage().contains("ENOSPC"),
                e.getMessage());
        assertEquals(GIVEN_BACK, sysfs.command(ADDRESS));
    }

    @Test
    void aCardThatWasPulledIsLetGoOfCompletely() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        Files.delete(driver.resolve("bind"));
        Files.createSymbolicLink(driver.resolve("bind"), Path.of("/dev/full"));
        PciFunction function = open();
        function.claim(false);
        function.bar(0);
        Files.write(sysfs.file(ADDRESS, "config"), new byte[0]); // nothing can be read any more
        Exception e = assertThrows(IxyException.class, function::close);
        assertTrue(e.getMessage().contains("the device is gone"), e.getMessage());
        assertEquals(1, e.getSuppressed().length, "nor was it given back");
    }

    @Test
    void anUnbindThatFailsLeavesNoFileOpenAndDoesNotBind() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        Files.delete(driver.resolve("unbind"));
        Files.createSymbolicLink(driver.resolve("unbind"), Path.of("/dev/full"));
        PciFunction function = open();
        assertThrows(RuntimeException.class, () -> function.claim(false));
        function.close();
        assertEquals("", Files.readString(driver.resolve("bind")));
    }

    // ---- BARs

    @Test
    void registersAreLittleEndianAndReachTheFile() throws IOException {
        try (PciFunction function = open()) {
            Bar bar = function.bar(0);
            int last = FakeSysfs.BAR_SIZE - 4;
            bar.set32(0, 0x0102_0304);
            bar.set32(last, -2);
            RawMemory.setIntRelease(bar.address(0x18), 7);
            assertEquals(0x0102_0304, bar.get32(0));
            assertEquals(-2, bar.get32(last));
            assertEquals(7, bar.get32(0x18), "the address is the register's");
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(sysfs.file(ADDRESS, "resource0")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(0x0102_0304, file.getInt(0));
            assertEquals(-2, file.getInt(last));
            assertEquals(7, file.getInt(0x18));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FakeSysfs.BAR_SIZE, FakeSysfs.BAR_SIZE - 3, Integer.MAX_VALUE, -4, Integer.MIN_VALUE})
    void nothingBehindTheBarIsReached(int offset) {
        try (PciFunction function = open()) {
            Bar bar = function.bar(0);
            String message =
                    assertThrows(IxyException.class, () -> bar.get32(offset)).getMessage();
            assertTrue(
                    message.contains(
                            String.format(Locale.ROOT, "0x%05x lies behind the end of the BAR, 0x80000", offset)),
                    message);
            assertThrows(IxyException.class, () -> bar.set32(offset, 1));
            assertThrows(IxyException.class, () -> bar.address(offset));
        }
    }

    @Test
    void anEmptyBarIsUnmappable() throws IOException {
        Files.write(sysfs.file(ADDRESS, "resource0"), new byte[0]);
        try (PciFunction function = open()) {
            Exception e = assertThrows(IxyException.class, () -> function.bar(0));
            assertTrue(e.getMessage().startsWith("cannot map the 0 bytes of "), e.getMessage());
            assertTrue(e.getMessage().contains("/" + ADDRESS + "/resource0: EINVAL"), e.getMessage());
        }
    }

    @Test
    void aFailureAfterTheClaimIsUndoneByTheClose() throws IOException {
        Path driver = sysfs.driver(ADDRESS, "uio_pci_generic");
        PciFunction function = open();
        function.claim(false);
        function.bar(0);
        Exception e = assertThrows(IxyException.class, () -> function.bar(4));
        assertTrue(e.getMessage().contains("resource4") && e.getMessage().contains("ENOENT"), e.getMessage());
        function.close();
        assertEquals(GIVEN_BACK, sysfs.command(ADDRESS));
        assertEquals(ADDRESS, Files.readString(driver.resolve("bind")));
    }
}
