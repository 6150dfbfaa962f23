package ixy4j.sysfs;

import ixy4j.IxyException;

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

    static IxyException translated(String address) {
        return new IxyException(address + " is behind an IOMMU, which refuses physical addresses: ./ixy bind " + address
                + ", and try again; or start the machine with iommu=pt");
    }

    static IxyException noInterrupts(String address) {
        return new IxyException(
                address + " has no interrupts through sysfs: poll, or hand it to vfio-pci (./ixy bind)");
    }

    static IxyException noIommu(String address) {
        return new IxyException(
                address + " has no IOMMU group: this machine has no IOMMU, or it is off (VT-d or AMD-Vi in the"
                        + " firmware, and for Intel intel_iommu=on on the kernel's command line); ixy4j takes the card through sysfs, as root");
    }

    static IxyException noDriver(String driver) {
        return new IxyException("the kernel's driver " + driver + " is not there: modprobe " + driver);
    }

    static IxyException notBound(String address, String driver) {
        return new IxyException(address + " was not taken by " + driver
                + ", and the driver that had it has it again: dmesg may say why");
    }

    static IxyException notOurs(String address, String driver) {
        return new IxyException(
                address + " has the driver " + driver + ", not vfio-pci: there is nothing to give back");
    }
}
