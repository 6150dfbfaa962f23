package ixy4j.spi;

import ixy4j.Device;
import ixy4j.DeviceOptions;

/** A way to cards that are no PCI functions, found by {@link java.util.ServiceLoader}: addresses of the form scheme:rest. */
public interface DeviceProvider {
    /** What stands before the first colon of its addresses. */
    String scheme();

    /**
     * Opens a card, as {@link Device#open(String, DeviceOptions)} does.
     *
     * @throws IllegalArgumentException if the address is not well-formed, naming the part that is not
     */
    Device open(String address, DeviceOptions options);
}
