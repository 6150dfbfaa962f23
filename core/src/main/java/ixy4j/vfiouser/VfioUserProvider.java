package ixy4j.vfiouser;

import ixy4j.spi.PciFunction;
import ixy4j.spi.PciProvider;

/**
 * Cards that another process plays behind a socket, by the vfio-user protocol: {@code vfio-user:PATH}. What stands behind a
 * {@code ?} is for the driver of the card.
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
    public PciFunction open(String address) {
        String[] parts = address.substring(SCHEME.length() + 1).split("\\?", 2);
        if (parts[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + address + "' should name a socket, as " + SCHEME + ":/run/card.sock does");
        }
        return new VfioUserFunction(parts[0], parts.length > 1 ? parts[1] : "");
    }
}
