package ixy4j.pci;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import java.nio.file.Path;

/** The kernel's driver that has a function. */
final class KernelDriver {
    private KernelDriver() {}

    /** Has it let go of the function; what is returned has it take the function again. */
    static Runnable unbind(Path driver, String address) {
        int bind = Linux.open(driver + "/bind", Abi.O_WRONLY); // now, since the link goes with the binding
        tell(Linux.open(driver + "/unbind", Abi.O_WRONLY), address);
        return () -> tell(bind, address);
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
