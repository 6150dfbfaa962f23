package ixy4j.sysfs;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import java.io.IOException;
import java.nio.file.Path;

/** The kernel's driver that has a function. */
public final class KernelDriver {
    private KernelDriver() {}

    /** Has it let go of the function; what is returned has it take the function again. */
    static Runnable unbind(Path function) {
        Path driver = function.resolve("driver");
        String name = of(function);
        String address = function.getFileName().toString();
        int bind = Linux.open(driver + "/bind", Abi.O_WRONLY); // now, since the link goes with the binding
        try {
            tell(Linux.open(driver + "/unbind", Abi.O_WRONLY), address);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> Linux.call("close", bind));
            throw e;
        }
        return () -> giveBack(bind, name, address);
    }

    private static void giveBack(int bind, String name, String address) {
        try {
            tell(bind, address);
        } catch (IxyException e) {
            throw PciTrouble.notGivenBack(name, address, e);
        }
    }

    /** The name of the driver that has a function, null if none has. */
    public static String of(Path function) {
        try {
            return function.resolve("driver").toRealPath().getFileName().toString();
        } catch (IOException e) {
            return null;
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

    /** Writes the function's address to a file of the driver, and closes that. */
    private static void tell(int fd, String address) {
        try {
            Linux.call("write", fd, address, address.length());
        } finally {
            Linux.call("close", fd);
        }
    }
}
