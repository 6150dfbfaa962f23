package ixy4j.model.virtio;

import ixy4j.virtio.Features;

/** Which sets of features a device works with (2.2, 5.1.3.1, 6). */
final class FeatureRules {
    private static final long NEED_CONTROL = Features.CTRL_RX | Features.MQ | Features.CTRL_MAC_ADDR;
    private static final long NEED_VERSION_1 = Features.ACCESS_PLATFORM | Features.RING_PACKED | Features.IN_ORDER;

    private FeatureRules() {}

    /** What is wrong with the features that a driver takes; null if nothing is. */
    static String wrong(long taken, long offered) {
        if ((taken & ~offered) != 0) {
            return "features " + Ring.hex(taken & ~offered) + " were not offered (2.2.1)";
        }
        long both = Features.VERSION_1 | Features.ACCESS_PLATFORM;
        if ((offered & both & ~taken) != 0) {
            return "features " + Ring.hex(offered & both & ~taken)
                    + " are needed: without VERSION_1 the device is another (6.1), without ACCESS_PLATFORM addresses would"
                    + " have to be physical (6.2)";
        }
        if ((taken & NEED_CONTROL) != 0 && (taken & Features.CTRL_VQ) == 0) {
            return "features " + Ring.hex(taken & NEED_CONTROL) + " need CTRL_VQ (5.1.3.1)";
        }
        if ((taken & NEED_VERSION_1) != 0 && (taken & Features.VERSION_1) == 0) {
            return "features " + Ring.hex(taken & NEED_VERSION_1) + " need VERSION_1 (6)";
        }
        return null;
    }
}
