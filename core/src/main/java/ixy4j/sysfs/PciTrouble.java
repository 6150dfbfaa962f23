package ixy4j.sysfs;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.util.Locale;

/** What can be wrong with a PCI function, and what to do. */
final class PciTrouble {
    private PciTrouble() {}

    static IxyException noSuchDevice(String address) {
        return new IxyException("there is no PCI device " + address + ": ./ixy devices lists those that there are");
    }

    static IxyException inUse(String address) {
        return new IxyException(address + " is in use by a user space driver, this one or another: end that first");
    }

    static IxyException usedByKernel(String address, String use) {
        return new IxyException(address + " is in use: " + use
                + "; take another card, or add --force if this machine may lose what it does with it");
    }

    static IxyException notGivenBack(String driver, String address, IxyException error) {
        return new IxyException(
                address + " could not be given back to the kernel's driver " + driver + ": if it is still"
                        + " plugged in, do it with echo " + address + " > /sys/bus/pci/drivers/" + driver
                        + "/bind (" + error.getMessage() + ")",
                error);
    }

    static IxyException unmappable(String path, long size, int errno) {
        return new IxyException("cannot map the " + size + " bytes of " + path + ": " + Errno.text(errno)
                + "; the card has no such BAR, or a kernel with lockdown=confidentiality hides it");
    }

    static IxyException noAddress(String path) {
        return new IxyException(path + " has I/O ports, which have no address in memory");
    }

    static RuntimeException behindBar(int offset, long size) {
        return size == 0
                ? new IllegalStateException("the card is closed")
                : new IxyException(String.format(
                        Locale.ROOT,
                        "register 0x%05x lies behind the end of the BAR, 0x%x: this is another card than its id says",
                        offset,
                        size));
    }
}
