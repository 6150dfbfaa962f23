package ixy4j.igb;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.intel.IntelTrouble;
import ixy4j.spi.Driver;
import ixy4j.spi.PciFunction;
import java.util.Set;

/** The driver for Intel's 82576 with a port for copper, and for its virtual functions. */
public final class IgbDriver implements Driver {
    private static final int INTEL = 0x8086;
    private static final Set<Integer> IDS = Set.of(0x10c9, 0x10e8, 0x150a, 0x1526);
    private static final int ID_VIRTUAL_FUNCTION = 0x10ca;

    /** For {@link java.util.ServiceLoader}. */
    public IgbDriver() {}

    @Override
    public boolean drives(int id) {
        int device = id & 0xffff;
        return id >>> 16 == INTEL && (IDS.contains(device) || device == ID_VIRTUAL_FUNCTION);
    }

    @Override
    public Device open(PciFunction function, DeviceOptions options) {
        function.options().end();
        boolean virtual = (function.id() & 0xffff) == ID_VIRTUAL_FUNCTION;
        int has = virtual ? IgbvfDevice.QUEUES : IgbDevice.QUEUES;
        int wanted = Math.max(options.rxQueues(), options.txQueues());
        if (wanted > has) {
            throw IntelTrouble.tooManyQueues(function.address(), wanted, has);
        }
        return virtual ? new IgbvfDevice(function, options) : new IgbDevice(function, options);
    }
}
