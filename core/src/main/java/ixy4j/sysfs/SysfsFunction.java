package ixy4j.sysfs;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.pci.ConfigSpace;
import ixy4j.pci.FileBar;
import ixy4j.pci.MappedBar;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import ixy4j.telemetry.Log;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** A card reached through the files of sysfs, with physical addresses (the kernel's Documentation/PCI/sysfs-pci.rst). */
public final class SysfsFunction implements PciFunction {
    /** Where sysfs has all functions. */
    public static final Path DEVICES = Path.of("/sys/bus/pci/devices");

    private static final int WITHOUT_DOMAIN = "03:00.0".length();

    private final Path folder;
    private final Address.Options options;
    private final int config;
    private final Deque<Runnable> undo = new ArrayDeque<>(); // what close does, the last first

    private SysfsFunction(Path folder, Address.Options options) {
        this.folder = folder;
        this.options = options;
        config = Linux.open(folder + "/config", Abi.O_RDWR);
        undo.push(() -> Linux.call("close", config));
    }

    /** Opens a function that {@link #find} finds. */
    public static SysfsFunction open(Path devices, Address address) {
        return new SysfsFunction(find(devices, address), address.options());
    }

    /** The folder of a function, by its PCI address, in {@link #DEVICES}. */
    public static Path find(Path devices, Address address) {
        String typed = address.target();
        String full = typed.length() == WITHOUT_DOMAIN ? "0000:" + typed : typed;
        Path folder = devices.resolve(full.toLowerCase(Locale.ROOT));
        if (!Files.isDirectory(folder)) {
            throw PciTrouble.noSuchDevice(typed);
        }
        return folder;
    }

    @Override
    public int id() {
        return NetworkCard.id(folder);
    }

    @Override
    public String address() {
        return folder.getFileName().toString();
    }

    @Override
    public Address.Options options() {
        return options;
    }

    @Override
    public int config(int offset) {
        return (int) Linux.read(config, offset, 4);
    }

    @Override
    public DmaSpace dmaSpace() {
        return DmaSpace.PHYSICAL;
    }

    @Override
    public void claim(boolean force) {
        if (Linux.attempt("flock", config, Abi.LOCK_EX_NB) < 0 || IommuGroup.isHeldByProgram(folder)) {
            throw PciTrouble.inUse(address());
        }
        if (IommuGroup.translates(folder)) {
            throw PciTrouble.translated(address());
        }
        // Only now, lest another process gives it back to the kernel in between.
        String use = force ? null : KernelInterface.useOf(folder);
        if (use != null) {
            throw PciTrouble.usedByKernel(address(), use);
        }
        Log.debug(address(), ": taken through sysfs, without an IOMMU; its driver was ", KernelDriver.of(folder));
        if (KernelDriver.of(folder) != null) {
            undo.push(KernelDriver.unbind(folder));
        }
        command(0, ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER);
        undo.push(() -> command(ConfigSpace.COMMAND_BUS_MASTER, 0));
    }

    @Override
    public Bar bar(int index) {
        String path = folder + "/resource" + index;
        boolean ports = (config(ConfigSpace.BAR_0 + 4 * index) & ConfigSpace.IO_SPACE) != 0;
        if (ports) {
            command(0, ConfigSpace.COMMAND_IO);
        }
        int fd = Linux.open(path, Abi.O_RDWR);
        if (ports) {
            undo.push(() -> Retired.file(this, fd));
            return new FileBar(this, path, fd, 0);
        }
        try {
            // The file's own length: of a resource file, newer kernels let lseek find no end.
            MappedBar bar = MappedBar.map(this, path, fd, 0, new File(path).length());
            undo.push(bar::unmap);
            return bar;
        } finally {
            Linux.call("close", fd);
        }
    }

    @Override
    public int[] interrupts(int count) {
        throw PciTrouble.noInterrupts(address());
    }

    @Override
    public void close() {
        List<Runnable> steps = List.copyOf(undo);
        undo.clear();
        Cleanup.run(steps);
    }

    @Override
    public String toString() {
        return address();
    }

    private void command(int clear, int set) {
        long command = Linux.read(config, ConfigSpace.COMMAND, 2);
        Linux.write(config, ConfigSpace.COMMAND, 2, (command & ~clear) | set);
    }
}
