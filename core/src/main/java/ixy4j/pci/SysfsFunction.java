package ixy4j.pci;

import ixy4j.linux.Errno;
import ixy4j.linux.IxyException;
import ixy4j.linux.Linux;
import ixy4j.memory.DmaMemory;
import ixy4j.memory.RawMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A card reached through the files of sysfs, with physical addresses (the kernel's Documentation/PCI/sysfs-pci.rst). */
public final class SysfsFunction implements PciFunction {
    static final Path DEVICES = Path.of("/sys/bus/pci/devices");
    private static final Pattern SHORT = Pattern.compile("\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7]");
    private static final Pattern FULL = Pattern.compile("\\p{XDigit}{4,}:" + SHORT);

    // Configuration space (PCI Local Bus Specification 3.0, 6.1).
    private static final int COMMAND = 0x04;
    private static final int COMMAND_MEMORY = 1 << 1;
    private static final int COMMAND_BUS_MASTER = 1 << 2;

    private final String address;
    private final Path folder;
    private final List<MappedBar> bars = new ArrayList<>();
    private Path kernelDriver;
    private int config = -1;

    private SysfsFunction(Path folder) {
        this.address = folder.getFileName().toString();
        this.folder = folder;
    }

    /** Whether this is the form of a PCI address, with or without its domain: {@code 0000:03:00.0} or {@code 03:00.0}. */
    public static boolean isAddress(String text) {
        return FULL.matcher(text).matches() || SHORT.matcher(text).matches();
    }

    /** Finds a function by its address. */
    public static SysfsFunction open(String address) {
        return open(DEVICES, address);
    }

    static SysfsFunction open(Path devices, String address) {
        String full =
                (SHORT.matcher(address).matches() ? "0000:" + address : address).toLowerCase(java.util.Locale.ROOT);
        if (!FULL.matcher(full).matches() || !Files.isDirectory(devices.resolve(full))) {
            throw new IxyException("there is no PCI device " + address + ": ./ixy devices lists those that there are");
        }
        return new SysfsFunction(devices.resolve(full));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int id() {
        return number("vendor") << 16 | number("device");
    }

    @Override
    public int classCode() {
        return number("class");
    }

    @Override
    public boolean needsPhysicalAddresses() {
        return true;
    }

    @Override
    public void map(DmaMemory memory) {
        // every physical address is the card's own
    }

    @Override
    public void unmap(DmaMemory memory) {
        // as above
    }

    @Override
    public void claim(boolean force) {
        Path driver = folder.resolve("driver");
        if (!force && Files.exists(driver)) {
            KernelInterface.refuseIfUsed(folder);
        }
        int fd = Linux.open(folder.resolve("config").toString(), Linux.O_RDWR);
        if (!Linux.tryLock(fd)) {
            Linux.close(fd);
            throw new IxyException(address + " is in use by another user space driver: end that first", Errno.EBUSY);
        }
        config = fd;
        if (Files.exists(driver)) {
            try {
                Path real = driver.toRealPath();
                Linux.writeText(real.resolve("unbind").toString(), address);
                kernelDriver = real;
            } catch (IOException e) {
                throw new IxyException("cannot find the driver of " + address + ": " + e.getMessage());
            }
        }
        command(0, COMMAND_MEMORY | COMMAND_BUS_MASTER);
    }

    @Override
    public Bar bar(int index) {
        String path = folder.resolve("resource" + index).toString();
        int fd = Linux.open(path, Linux.O_RDWR);
        try {
            long size = Linux.size(fd);
            if (size == 0) {
                throw new IxyException(path + " is empty: the card has no memory BAR " + index);
            }
            long start = Linux.mmap(size, Linux.PROT_READ_WRITE, Linux.MAP_SHARED, fd, 0);
            MappedBar bar = new MappedBar(start, size);
            bars.add(bar);
            return bar;
        } finally {
            Linux.close(fd);
        }
    }

    @Override
    public void close() {
        if (config < 0) {
            return;
        }
        try {
            command(COMMAND_BUS_MASTER, 0);
            bars.forEach(bar -> Linux.munmap(bar.start, bar.size));
            bars.clear();
        } finally {
            Linux.close(config);
            config = -1;
            if (kernelDriver != null) {
                Linux.writeText(kernelDriver.resolve("bind").toString(), address);
                kernelDriver = null;
            }
        }
    }

    private void command(int clear, int set) {
        long command = Linux.readNumber(config, COMMAND, 2);
        Linux.writeNumber(config, COMMAND, 2, command & ~clear | set);
    }

    private int number(String file) {
        try {
            return Integer.decode(Files.readString(folder.resolve(file)).strip());
        } catch (IOException | NumberFormatException e) {
            throw new IxyException("cannot read the " + file + " of " + address + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return address;
    }

    private record MappedBar(long start, long size) implements Bar {
        @Override
        public int get32(int offset) {
            return RawMemory.getIntAcquire(address(offset));
        }

        @Override
        public void set32(int offset, int value) {
            RawMemory.setIntRelease(address(offset), value);
        }

        @Override
        public long address(int offset) {
            if (offset < 0 || offset > size - 4) {
                throw new IxyException("register 0x" + Integer.toHexString(offset) + " lies behind the BAR's end, 0x"
                        + Long.toHexString(size));
            }
            return start + offset;
        }
    }
}
