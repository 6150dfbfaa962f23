package ixy4j.model.frame;

import ixy4j.memory.RawMemory;

/** Cyclic redundancy checks of 32 bits, byte by byte: needed for few frames only. */
public final class Crc {
    /** The frame check sequence of Ethernet (IEEE 802.3, 3.2.9), its first byte on the wire in the lowest bits. */
    public static final Crc FCS = new Crc(0xedb88320);

    /** The checksum of SCTP (RFC 9260, appendix A), its first byte on the wire in the lowest bits. */
    public static final Crc SCTP = new Crc(0x82f63b78);

    private final int[] table = new int[256];

    private Crc(int polynomial) {
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = value >>> 1 ^ ((value & 1) != 0 ? polynomial : 0);
            }
            table[i] = value;
        }
    }

    /** The check of bytes. */
    public int of(long address, int length) {
        int value = -1;
        for (int i = 0; i < length; i++) {
            value = value >>> 8 ^ table[(value ^ RawMemory.getByte(address + i)) & 0xff];
        }
        return ~value;
    }
}
