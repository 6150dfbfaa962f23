package ixy4j.vfiouser;

import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;
import ixy4j.spi.PciProvider;

/**
 * Cards that another process plays behind a socket, by the vfio-user protocol: {@code vfio-user:PATH}. All options are
 * for the driver of the card.
 */
public final class VfioUserProvider implements PciProvider {
    static final String SCHEME = "vfio-user";

    /** For {@link java.util.ServiceLoader}. */
    public VfioUserProvider() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public PciFunction open(Address address) {
        return new VfioUserFunction(address.target("a socket", "/run/card.sock"), address.options());
    }
}
