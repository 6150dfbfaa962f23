package ixy4j.virtio;

import ixy4j.MacAddress;
import ixy4j.spi.Address;

/**
 * What an address says to the driver.
 *
 * @param ring split or packed, empty if the device decides
 * @param ownMac the address of a device that has none; null for a random one
 */
public record VirtioOptions(String ring, MacAddress ownMac) {
    /** The device decides all. */
    public static final VirtioOptions NONE = new VirtioOptions("", null);

    /** Reads them, after all others have taken theirs: the driver is the last to do so. */
    public static VirtioOptions read(Address.Options options) {
        String ring = options.choice("ring", "", "split", "packed");
        MacAddress mac = options.mac("mac");
        options.end();
        return new VirtioOptions(ring, mac);
    }

    long mac(long otherwise) {
        return ownMac == null ? otherwise : ownMac.bits();
    }
}
