package ixy4j.sysfs;

import ixy4j.IxyException;
import ixy4j.spi.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A network card that sysfs shows, found without changing anything and without root.
 *
 * @param address its PCI address
 * @param id vendor id in bits 31:16, device id in bits 15:0
 * @param name what the machine's pci.ids calls it
 * @param driver the kernel's driver that has it, "none" without one
 * @param interfaces the kernel's names for it, none where no driver has it
 * @param link up, down, or unknown where no driver has it
 * @param numaNode where it is plugged in, -1 where that is not known
 * @param group its IOMMU group, "none" without an IOMMU
 * @param advice whether ixy4j can take it, and how
 */
public record NetworkCard(
        String address,
        int id,
        String name,
        String driver,
        List<String> interfaces,
        String link,
        int numaNode,
        String group,
        String advice) {
    private static final int NETWORK = 0x02; // the class, in bits 23:16 of a class code

    /** All cards of class 02h, by address. */
    public static List<NetworkCard> list() {
        return list(SysfsFunction.DEVICES);
    }

    static List<NetworkCard> list(Path devices) {
        try (Stream<Path> folders = Files.list(devices)) {
            return folders.filter(f -> number(f, "class") >> 16 == NETWORK)
                    .sorted()
                    .map(NetworkCard::of)
                    .toList();
        } catch (IOException e) {
            Path bus = devices.getParent();
            if (Files.notExists(bus) && Files.isDirectory(bus.getParent())) {
                return List.of(); // sysfs is there, and a PCI bus is not
            }
            throw new IxyException("cannot list " + devices + ": is sysfs mounted? (" + e.getMessage() + ")", e);
        }
    }

    private static NetworkCard of(Path folder) {
        int id = id(folder);
        List<String> interfaces = KernelInterface.names(folder);
        return new NetworkCard(
                folder.getFileName().toString(),
                id,
                PciNames.of(id),
                link(folder, "driver"),
                interfaces,
                interfaces.isEmpty() ? "unknown" : KernelInterface.link(interfaces.getFirst()),
                number(folder, "numa_node"),
                link(folder, "iommu_group"),
                advice(folder, id));
    }

    private static String advice(Path folder, int id) {
        if (ServiceLoader.load(Driver.class, NetworkCard.class.getClassLoader()).stream()
                .noneMatch(driver -> driver.get().drives(id))) {
            return "ixy4j has no driver for it";
        }
        if ("vfio-pci".equals(KernelDriver.of(folder))) {
            if (link(folder, "iommu_group").equals("none")) {
                return "ixy4j can take it only after ./ixy unbind " + folder.getFileName()
                        + ": vfio-pci has it, without an IOMMU";
            }
            return IommuGroup.isHeldByProgram(folder)
                    ? "a program has it, through VFIO"
                    : "ixy4j can take it, through VFIO, as the user who owns /dev/vfio/" + link(folder, "iommu_group")
                            + ": ./ixy fwd " + folder.getFileName() + " OTHER";
        }
        String use = KernelInterface.useOf(folder);
        if (use != null) {
            return "ixy4j can take it only with --force: " + use;
        }
        if (IommuGroup.translates(folder)) {
            return "ixy4j can take it, through VFIO, after ./ixy bind " + folder.getFileName();
        }
        String way = "ixy4j can take it, through sysfs, as root: ./ixy fwd " + folder.getFileName() + " OTHER";
        return link(folder, "iommu_group").equals("none")
                ? way
                : way + "; safer, behind the IOMMU, after ./ixy bind " + folder.getFileName();
    }

    /**
     * The id of the function of a folder: vendor id in bits 31:16, device id in bits 15:0. Not from its configuration space, where
     * virtual functions have none (Single Root I/O Virtualization and Sharing 1.1, 3.4.1).
     */
    public static int id(Path folder) {
        return number(folder, "vendor") << 16 | number(folder, "device");
    }

    private static int number(Path folder, String file) {
        try {
            return Integer.decode(Files.readString(folder.resolve(file)).strip());
        } catch (IOException | NumberFormatException e) {
            return -1; // a file that this kernel does not have, or a function that went away
        }
    }

    private static String link(Path folder, String name) {
        try {
            return folder.resolve(name).toRealPath().getFileName().toString();
        } catch (IOException e) {
            return "none";
        }
    }
}
