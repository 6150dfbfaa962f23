package ixy4j.model.virtio;

import ixy4j.MacAddress;
import java.util.Set;

/** Which frames a device receives (5.1.6.5.1, 5.1.6.5.2). */
final class Filter {
    private static final long BROADCAST = 0xffff_ffff_ffffL;

    private boolean promiscuous;
    private boolean allMulticast;
    private Set<Long> table = Set.of();

    Filter(boolean promiscuous) {
        this.promiscuous = promiscuous;
    }

    void setPromiscuous(boolean on) {
        promiscuous = on;
    }

    boolean isPromiscuous() {
        return promiscuous;
    }

    void setAllMulticast(boolean on) {
        allMulticast = on;
    }

    void setTable(Set<Long> addresses) {
        table = addresses;
    }

    /** Whether a frame is for the device. */
    boolean takes(byte[] frame, MacAddress own) {
        long to = address(frame, 0);
        boolean group = (to >> 40 & 1) != 0;
        return promiscuous || to == BROADCAST || to == own.bits() || (group && allMulticast) || table.contains(to);
    }

    /** The address in 6 bytes. */
    static long address(byte[] bytes, int from) {
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = bits << 8 | (bytes[from + i] & 0xff);
        }
        return bits;
    }
}
