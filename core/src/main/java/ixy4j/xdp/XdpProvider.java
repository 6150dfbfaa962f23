package ixy4j.xdp;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;

/** Interfaces of the kernel, {@code xdp:eth0}, whose driver stays where it is; what addresses say is in {@link XdpAddress}. */
public final class XdpProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public XdpProvider() {}

    @Override
    public String scheme() {
        return XdpAddress.SCHEME;
    }

    @Override
    public Device open(Address address, DeviceOptions options) {
        return new XdpDevice(XdpAddress.read(address), options);
    }
}
