package ixy4j.vfio;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.util.List;
import java.util.Locale;

/** What can be wrong on the way through VFIO, and what to do. */
final class VfioTrouble {
    private VfioTrouble() {}

    static IxyException noVfio(String file, int errno) {
        return new IxyException("cannot open " + file + ": " + Errno.text(errno)
                + "; the kernel's module vfio makes it, for all to open: modprobe vfio-pci");
    }

    static IxyException noType1() {
        return new IxyException("this kernel's VFIO has no type 1 IOMMU (v2): modprobe vfio_iommu_type1");
    }

    static IxyException noIommu(String address, int errno) {
        return new IxyException(
                address + " cannot be put behind an IOMMU: " + Errno.text(errno)
                        + "; is one on (VT-d or AMD-Vi in the firmware, and for Intel intel_iommu=on), and does it remap interrupts?");
    }

    static IxyException noGroup(String address) {
        return new IxyException(
                address + " has the driver vfio-pci and no IOMMU group: this machine has no IOMMU, or it is"
                        + " off; give the card back, and ixy4j takes it through sysfs");
    }

    static IxyException cannotOpen(String address, String file, int errno) {
        String what = "cannot open " + file + ", the file of " + address + "'s IOMMU group: ";
        return new IxyException(
                switch (errno) {
                    case Errno.EBUSY ->
                        address + " is in use by another program, which has " + file + " open: end that first";
                    case Errno.EACCES, Errno.EPERM ->
                        what + "it belongs to another user: as root, ./ixy bind " + address + " --user NAME";
                    case Errno.ENOENT -> what + "it is not there: modprobe vfio-pci";
                    default -> what + Errno.text(errno);
                });
    }

    /** Names the functions that are in the way. */
    static IxyException notViable(String address, String group, List<String> inTheWay) {
        String others = inTheWay.isEmpty() ? "another function" : String.join(", ", inTheWay);
        return new IxyException(address + " cannot be had alone: " + others + " of its IOMMU group " + group
                + " can reach the same memory; bind these to vfio-pci as well, or to no driver");
    }

    static IxyException openAlready(String address) {
        return new IxyException(address + " is in use by this process: close it first");
    }

    static IxyException notGiven(String address, int errno) {
        return new IxyException(address + " is not handed out by vfio-pci: " + Errno.text(errno)
                + (errno == Errno.ENODEV ? "; it is gone" : ""));
    }

    static IxyException noRegion(String name) {
        return new IxyException(name + " is missing: this is another card than its id says");
    }

    static IxyException tooFewVectors(String address, int wanted, int has) {
        return new IxyException(
                has == 0
                        ? address + " has no interrupt vectors (MSI-X): poll"
                        : address + " has too few interrupt vectors (MSI-X), " + has + " where " + wanted
                                + " are needed: take fewer receive queues, or poll");
    }

    static IxyException noVectors(String address, int wanted, int errno) {
        return new IxyException(address + ": " + wanted + " interrupt vectors (MSI-X) cannot be set up: "
                + Errno.text(errno) + "; poll");
    }

    static IxyException askedBack(String address) {
        return new IxyException(
                address
                        + " is asked back by the kernel: it is being pulled, or somebody unbinds it from vfio-pci, and waits until it is closed");
    }

    static IxyException failed(String address) {
        return new IxyException(
                address + " has reported an error of PCI Express, so that it cannot be relied on: dmesg may say which");
    }

    static IxyException notUnmapped(int errno) {
        return new IxyException("memory could not be taken from the card: " + Errno.text(errno)
                + "; the kernel keeps it until this process ends");
    }

    static IxyException notMapped(long bytes, long iova, int errno) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%d MiB of memory cannot be mapped for the card at IOVA 0x%x: %s%s",
                bytes >> 20,
                iova,
                Errno.text(errno),
                errno == Errno.ENOSPC
                        ? "; the kernel maps 65535 pieces at most (dma_entry_limit of vfio_iommu_type1): take fewer buffers"
                        : ""));
    }
}
