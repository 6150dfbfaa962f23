package ixy4j.vhostuser;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.linux.Cleanup;
import ixy4j.spi.DeviceProvider;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;

/** Cards that another process plays behind a socket: addresses are read by {@link VhostUserAddress#parse}. */
public final class VhostUserProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public VhostUserProvider() {}

    @Override
    public String scheme() {
        return VhostUserAddress.SCHEME;
    }

    @Override
    public Device open(String address, DeviceOptions options) {
        VhostUserAddress parsed = VhostUserAddress.parse(address);
        VirtioOptions.parse(parsed.text(), parsed.driverOptions()); // wrong ones are refused before anything is begun
        VhostUserTransport transport = new VhostUserTransport(parsed);
        try {
            return VirtioDevice.open(transport, parsed.driverOptions(), options);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, transport::close);
            throw e;
        }
    }
}
