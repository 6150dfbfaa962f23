package ixy4j.sysfs;

import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What it means for a function to be behind an IOMMU, in a group with others or alone. */
public final class IommuGroup {
    /** Drivers that leave a group to a program: their functions access no memory. */
    private static final Set<String> HARMLESS = Set.of("vfio-pci", "pci-stub", "pcieport");

    private IommuGroup() {}

    /** The number of a function's group, which names its file; null without an IOMMU. */
    public static String of(Path function) {
        try {
            return function.resolve("iommu_group").toRealPath().getFileName().toString();
        } catch (IOException e) {
            return null;
        }
    }

    /** The functions of a function's group whose drivers keep it from programs, such as {@code 0000:03:00.1 (igb)}. */
    public static List<String> inTheWay(Path function) {
        try (Stream<Path> members = Files.list(function.resolve("iommu_group/devices"))) {
            return members.filter(IommuGroup::isInTheWay)
                    .sorted()
                    .map(member -> member.getFileName() + " (" + KernelDriver.of(member) + ")")
                    .toList();
        } catch (IOException e) {
            return List.of(); // it went away
        }
    }

    private static boolean isInTheWay(Path member) {
        String driver = KernelDriver.of(member);
        return driver != null && !HARMLESS.contains(driver);
    }

    /**
     * Whether an IOMMU translates for a function, so that it cannot be driven by physical addresses: the kernel's translation stays
     * when no driver has the function, unless the machine was started with {@code iommu=pt}; and that of vfio-pci is a program's.
     */
    static boolean translates(Path function) {
        try {
            String type = Files.readString(function.resolve("iommu_group/type")).strip();
            return type.startsWith("DMA") || "vfio-pci".equals(KernelDriver.of(function));
        } catch (IOException e) {
            return false; // there is no group
        }
    }

    /**
     * Whether a program has a function's group through VFIO, as far as this user can see: vfio-pci would not let go of the
     * function before that program does, and one of another driver, or none, would reach that program's memory.
     */
    static boolean isHeldByProgram(Path function) {
        String group = of(function);
        if (group == null) {
            return false;
        }
        long result = Linux.attempt("open", "/dev/vfio/" + group, Abi.O_RDWR | Abi.O_CLOEXEC);
        if (result >= 0) {
            Linux.call("close", result);
        }
        return result == -Errno.EBUSY; // a group is opened once
    }
}
