package ixy4j.model;

import ixy4j.model.wire.NativeMemory;

/** The frame check sequence (IEEE 802.3, 3.2.9), byte by byte: needed only where the driver wants to see it. */
final class Fcs {
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = value >>> 1 ^ ((value & 1) != 0 ? 0xedb88320 : 0);
            }
            TABLE[i] = value;
        }
    }

    private Fcs() {}

    /** The FCS of bytes, its first byte on the wire in the lowest bits. */
    static int of(long address, int length) {
        int value = -1;
        for (int i = 0; i < length; i++) {
            value = value >>> 8 ^ TABLE[(value ^ NativeMemory.getByte(address + i)) & 0xff];
        }
        return ~value;
    }
}
