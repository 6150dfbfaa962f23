package ixy4j.vfiouser;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import ixy4j.spi.PciFunction;

/**
 * Cards that another process plays behind a socket, by the vfio-user protocol: {@code vfio-user:PATH}. All options are
 * for the driver of the card.
 */
public final class VfioUserProvider implements DeviceProvider {
    static final String SCHEME = "vfio-user";

    /** For {@link java.util.ServiceLoader}. */
    public VfioUserProvider() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Device open(Address address, DeviceOptions options) {
        return Device.open(function(address), options);
    }

    /** The card of an address, as the PCI function that it is. */
    public static PciFunction function(Address address) {
        return new VfioUserFunction(address.targetSocket("/run/card.sock"), address.options());
    }
}
