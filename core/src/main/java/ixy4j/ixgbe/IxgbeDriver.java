package ixy4j.ixgbe;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.spi.Driver;
import ixy4j.spi.PciFunction;
import java.util.Set;

/** The driver for Intel's 82599, X540 and X550. */
public final class IxgbeDriver implements Driver {
    private static final int INTEL = 0x8086;
    private static final Set<Integer> IDS_82599 = Set.of(
            0x10f7, 0x10f8, 0x10f9, 0x10fb, 0x10fc, 0x1507, 0x1514, 0x1517, 0x151c, 0x1529, 0x152a, 0x154a, 0x154d,
            0x1557, 0x1558);
    // Of the X550 family only those whose registers lie as the X540's do.
    private static final Set<Integer> IDS_X540_X550 = Set.of(0x1528, 0x1560, 0x1563, 0x15d1);

    /** For {@link java.util.ServiceLoader}. */
    public IxgbeDriver() {}

    @Override
    public boolean drives(int id) {
        int device = id & 0xffff;
        return id >>> 16 == INTEL && (IDS_82599.contains(device) || IDS_X540_X550.contains(device));
    }

    @Override
    public Device open(PciFunction function, DeviceOptions options) {
        function.options().end();
        return new IxgbeDevice(function, options, IDS_82599.contains(function.id() & 0xffff));
    }
}
