package ixy4j.spi;

import ixy4j.IxyException;
import ixy4j.sysfs.SysfsFunction;
import ixy4j.vfio.VfioFunction;

/**
 * A PCI function as a driver needs it, whichever way leads to it: through sysfs, into an emulated card of this process, or
 * to another process that plays it. Opening one changes nothing; {@link #claim} takes it. Not safe for several threads.
 */
public interface PciFunction extends DmaTarget, AutoCloseable {
    /**
     * Finds a function of this machine: by VFIO if the kernel's driver vfio-pci has it, through sysfs otherwise.
     *
     * @param address a PCI address
     * @throws ixy4j.IxyException if there is none, or this process may not have it
     */
    static PciFunction open(Address address) {
        return VfioFunction.isBound(SysfsFunction.find(SysfsFunction.DEVICES, address))
                ? VfioFunction.open(SysfsFunction.DEVICES, address)
                : SysfsFunction.open(SysfsFunction.DEVICES, address);
    }

    /** The address that the user typed, without its options, for messages. */
    String address();

    /**
     * The options of that address which the way to the card did not take. They are the driver's, which takes its own
     * and refuses what is left by {@link Address.Options#end()}; they are the same each time.
     */
    default Address.Options options() {
        return Address.Options.none();
    }

    /** Reads 4 bytes of configuration space at a multiple of 4, little-endian (PCI Local Bus Specification 3.0, 6.1). */
    int config(int offset);

    /** Vendor id in bits 31:16, device id in bits 15:0. */
    default int id() {
        return Integer.rotateLeft(config(0x00), 16);
    }

    /** Class, subclass and interface in bits 23:0 (appendix D). */
    default int classCode() {
        return config(0x08) >>> 8;
    }

    /**
     * Takes the function from the kernel's driver and lets it access memory.
     *
     * @param force even if the kernel's network stack uses it
     * @throws ixy4j.IxyException if it is in use
     */
    void claim(boolean force);

    /** Maps a BAR, 0 to 5, of memory or I/O ports; closed with the function. */
    Bar bar(int index);

    /**
     * Has interrupts signal eventfds from now on, after {@link #claim}, and again after a failure: one for each vector, from 0 on. They are open
     * until the function is closed, which makes them readable.
     *
     * @param count vectors, at least 1
     * @return their descriptors
     * @throws ixy4j.IxyException if this way has no interrupts, or the card too few
     */
    default int[] interrupts(int count) {
        throw new IxyException(address() + " has no interrupts this way: poll");
    }

    /** Stops its DMA, unmaps its BARs and memory, and gives it back to the driver that had it. May be called twice. */
    @Override
    void close();
}
