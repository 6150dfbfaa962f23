package ixy4j.sysfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Folders and files such as the kernel shows PCI functions by: links in one folder to those of the devices. */
public final class FakeSysfs {
    static final int BAR_SIZE = 512 << 10;
    static final int COMMAND = 4;

    private final Path devices;
    private final Path bus;
    private final Path drivers;

    public FakeSysfs(Path root) throws IOException {
        devices = Files.createDirectories(root.resolve("bus/pci/devices"));
        drivers = Files.createDirectories(root.resolve("bus/pci/drivers"));
        bus = Files.createDirectories(root.resolve("devices/pci0000:00"));
    }

    /** What is /sys/bus/pci/devices on a real machine. */
    public Path devices() {
        return devices;
    }

    /** Adds a function with a BAR 0, without a driver; the command register reads 0x0401. */
    public void function(String address, int id, int classCode) throws IOException {
        Path folder = Files.createDirectories(bus.resolve(address));
        Files.createSymbolicLink(devices.resolve(address), folder);
        ByteBuffer config = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        config.putShort(0, (short) (id >>> 16)).putShort(2, (short) id);
        config.putShort(COMMAND, (short) 0x0401).putShort(6, (short) 0x1234);
        config.putInt(8, classCode << 8 | 0x5a);
        Files.write(folder.resolve("config"), config.array());
        Files.write(folder.resolve("resource0"), new byte[BAR_SIZE]);
        Files.writeString(folder.resolve("vendor"), String.format(Locale.ROOT, "0x%04x%n", id >>> 16));
        Files.writeString(folder.resolve("device"), String.format(Locale.ROOT, "0x%04x%n", id & 0xffff));
        Files.writeString(folder.resolve("class"), String.format(Locale.ROOT, "0x%06x%n", classCode));
        Files.writeString(folder.resolve("numa_node"), "-1\n");
    }

    /** Binds a function to a driver; its folder. */
    public Path driver(String address, String name) throws IOException {
        Path driver = Files.createDirectories(drivers.resolve(name));
        Files.createFile(driver.resolve("bind"));
        Files.createFile(driver.resolve("unbind"));
        Files.createSymbolicLink(file(address, "driver"), driver);
        return driver;
    }

    /** A file of a function, by its real path. */
    public Path file(String address, String name) {
        return bus.resolve(address).resolve(name);
    }

    int command(String address) throws IOException {
        try (RandomAccessFile config =
                new RandomAccessFile(file(address, "config").toFile(), "r")) {
            config.seek(COMMAND);
            return Short.toUnsignedInt(Short.reverseBytes(config.readShort()));
        }
    }
}
