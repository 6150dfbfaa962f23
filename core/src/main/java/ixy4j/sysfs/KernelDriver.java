package ixy4j.sysfs;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
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

    /** Writes the function's address to a file of the driver, and closes that. */
    private static void tell(int fd, String address) {
        try {
            Linux.call("write", fd, address, address.length());
        } finally {
            Linux.call("close", fd);
        }
    }
}
