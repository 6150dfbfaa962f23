package ixy4j.virtio;

import ixy4j.pci.CapabilityList;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;

/**
 * Where the registers of a modern device are, which its capabilities of vendor-specific kind say (4.1.4).
 *
 * @param common the common configuration, null if there is none, as the two that follow
 * @param notification the notification area
 * @param multiplier by which a queue's notification offset becomes bytes
 * @param device the device configuration
 */
record PciCapabilities(Place common, Place notification, int multiplier, Place device) {
    private static final int VENDOR_SPECIFIC = 0x09;

    private static final int COMMON_CFG = 1;
    private static final int NOTIFY_CFG = 2;
    private static final int DEVICE_CFG = 4;

    /** A part of a BAR. */
    record Place(int bar, int offset, int length) {
        /** Our address of it. */
        long map(Bar mapped) {
            mapped.address(offset + length - 4); // it ends within the BAR
            return mapped.address(offset);
        }
    }

    static PciCapabilities read(PciFunction function) {
        Place[] places = new Place[5];
        int multiplier = 0;
        for (int at : CapabilityList.of(function)) {
            int head = function.config(at);
            int type = head >>> 24;
            if ((head & 0xff) == VENDOR_SPECIFIC && type > 0 && type < places.length && places[type] == null) {
                // the first of its kind is the one that the device prefers
                int bar = function.config(at + 4) & 0xff;
                int length = function.config(at + 12);
                if (bar < 6 && length >= 4) {
                    places[type] = new Place(bar, function.config(at + 8), length);
                    multiplier = type == NOTIFY_CFG ? function.config(at + 16) : multiplier;
                }
            }
        }
        return new PciCapabilities(places[COMMON_CFG], places[NOTIFY_CFG], multiplier, places[DEVICE_CFG]);
    }

    boolean isComplete() {
        return common != null && notification != null && device != null;
    }
}
