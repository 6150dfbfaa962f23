package ixy4j.sysfs;

import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What it means for a function to be behind an IOMMU, in a group with others or alone. */
public final class IommuGroup {
    /** Drivers that leave a group to a program: their functions access no memory. */
    private static final Set<String> HARMLESS = Set.of("vfio-pci", "pci-stub", "pcieport");

    private IommuGroup() {}

    /** Whether the driver of a function keeps its group from programs. */
    public static boolean isBlockedBy(Path function) {
        String driver = KernelDriver.of(function);
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
        try {
            Path group = function.resolve("iommu_group").toRealPath().getFileName();
            long result = Linux.attempt("open", "/dev/vfio/" + group, Abi.O_RDWR | Abi.O_CLOEXEC);
            if (result >= 0) {
                Linux.call("close", result);
            }
            return result == -Errno.EBUSY; // a group is opened once
        } catch (IOException e) {
            return false; // without an IOMMU there is no group
        }
    }
}
