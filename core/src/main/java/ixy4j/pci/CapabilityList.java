package ixy4j.pci;

import ixy4j.spi.PciFunction;
import java.util.stream.IntStream;

/** The list of a function's capabilities (PCI Local Bus Specification 3.0, 6.7). */
public final class CapabilityList {
    private static final int STATUS_AND_COMMAND = 0x04;
    private static final int HAS_CAPABILITIES = 1 << 20;
    private static final int POINTER = 0x34;
    private static final int MOST = 48; // 4 bytes each, behind the header of 64: more is a list that goes in circles

    private CapabilityList() {}

    /** Where in configuration space each capability is, in their order; its first byte says what it is. */
    public static int[] of(PciFunction function) {
        boolean any = (function.config(STATUS_AND_COMMAND) & HAS_CAPABILITIES) != 0;
        int first = any ? function.config(POINTER) & 0xfc : 0;
        return IntStream.iterate(first, at -> at != 0, at -> function.config(at) >>> 8 & 0xfc)
                .limit(MOST)
                .toArray();
    }
}
