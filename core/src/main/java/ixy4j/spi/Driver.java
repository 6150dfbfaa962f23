package ixy4j.spi;

import ixy4j.Device;
import ixy4j.DeviceOptions;

/** A driver for a family of cards, found by {@link java.util.ServiceLoader}. */
public interface Driver {
    /** Whether it drives cards of this id: vendor in bits 31:16, device in bits 15:0. */
    boolean drives(int id);

    /**
     * Takes such a card and sets it up, or leaves it as it was and throws. From then on the function is the device's, which
     * closes it.
     *
     * @throws ixy4j.IxyException if the card is in use or does not answer
     */
    Device open(PciFunction function, DeviceOptions options);
}
