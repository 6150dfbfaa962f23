package ixy4j.virtio;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.linux.Cleanup;
import ixy4j.spi.Driver;
import ixy4j.spi.PciFunction;

/** The driver for virtio network devices in PCI (4.1): legacy, transitional and modern ones. */
public final class VirtioDriver implements Driver {
    private static final int TRANSITIONAL = 0x1af4_1000; // or legacy: the two differ in their capabilities (4.1.2.1)
    private static final int MODERN = 0x1af4_1041;

    /** For {@link java.util.ServiceLoader}. */
    public VirtioDriver() {}

    @Override
    public boolean drives(int id) {
        return id == TRANSITIONAL || id == MODERN;
    }

    @Override
    public Device open(PciFunction function, DeviceOptions options) {
        Transport transport;
        VirtioOptions driverOptions;
        try {
            if (function.dmaSpace()
                    .needsFile()) { // its BARs are messages, but fields of 1 and 2 bytes are read as memory here
                throw VirtioTrouble.notMemory(function.address());
            }
            String wanted = function.options().choice("virtio", "", "modern", "legacy");
            driverOptions = VirtioOptions.read(function.options());
            function.claim(options.force());
            transport = choose(function, wanted);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, function::close);
            throw e;
        }
        return VirtioDevice.open(transport, driverOptions, options);
    }

    /** Modern where there is a choice, unless told otherwise. */
    private static Transport choose(PciFunction function, String wanted) {
        boolean guarded = function.dmaSpace().canBeBypassed(); // by a legacy device always
        boolean hasLegacy = function.id() == TRANSITIONAL && (function.config(0x10) & 1) != 0; // BAR 0 is of ports
        PciCapabilities capabilities = PciCapabilities.read(function);
        if (wanted.equals("legacy") && !hasLegacy) {
            throw VirtioTrouble.noInterface(function.address(), "legacy");
        }
        if (guarded && (wanted.equals("legacy") || !capabilities.isComplete())) {
            throw VirtioTrouble.bypasses(function.address());
        }
        if (wanted.equals("legacy") || (wanted.isEmpty() && !capabilities.isComplete() && hasLegacy)) {
            return new LegacyTransport(function);
        }
        if (!capabilities.isComplete()) {
            throw VirtioTrouble.noInterface(function.address(), "modern");
        }
        Transport transport = new ModernTransport(function, capabilities);
        if (guarded && (transport.features() & Features.ACCESS_PLATFORM) == 0) {
            throw VirtioTrouble.bypasses(function.address());
        }
        return transport;
    }
}
