package ixy4j.spi;

import ixy4j.Device;
import ixy4j.DeviceOptions;

/** A way to cards that are not in sysfs, found by {@link java.util.ServiceLoader}: addresses of the form scheme:target. */
public interface DeviceProvider {
    /** What stands before the first colon of its addresses. */
    String scheme();

    /**
     * Opens a card, as {@link Device#open(String, DeviceOptions)} does.
     *
     * @param address one of this scheme; all its options are for this way and the driver behind it, which refuses what
     *     is left
     * @throws IllegalArgumentException if something in the address is not as it should be, naming it
     */
    Device open(Address address, DeviceOptions options);
}
