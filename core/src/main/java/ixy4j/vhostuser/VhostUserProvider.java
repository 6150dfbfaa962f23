package ixy4j.vhostuser;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.linux.Cleanup;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;

/** Cards that another process plays behind a socket: what their addresses say is in {@link VhostUserAddress} and
 * {@link VirtioOptions}. */
public final class VhostUserProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public VhostUserProvider() {}

    @Override
    public String scheme() {
        return VhostUserAddress.SCHEME;
    }

    @Override
    public Device open(Address address, DeviceOptions options) {
        Address.Options given = address.options();
        VhostUserAddress socket = VhostUserAddress.read(address, given);
        VirtioOptions driverOptions = VirtioOptions.read(given); // wrong ones are refused before anything is begun
        VhostUserTransport transport = new VhostUserTransport(socket);
        try {
            return VirtioDevice.open(transport, driverOptions, options);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, transport::close);
            throw e;
        }
    }
}
