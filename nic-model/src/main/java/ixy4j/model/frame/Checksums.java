package ixy4j.model.frame;

import ixy4j.memory.RawMemory;

/**
 * Sums of the Internet checksum (RFC 1071), which IPv4, TCP and UDP share. A sum here is of 16-bit words as they are in
 * little-endian memory, and not folded yet, so sums of ranges that begin at an even distance can simply be added. Byte
 * order makes no difference to what is right, but a number that is added must be brought into it: see {@link #of}.
 */
public final class Checksums {
    /** What a range folds to that has its own right checksum in it. */
    public static final int RIGHT = 0xffff;

    private Checksums() {}

    /** The sum of bytes; an odd one at the end counts as if a zero followed. */
    public static long sum(long address, int length) {
        long sum = 0;
        long at = address;
        final long words = address + (length & -8);
        for (; at < words; at += 8) {
            long word = RawMemory.getLong(at);
            sum += (word & 0xffff_ffffL) + (word >>> 32);
        }
        if ((length & 4) != 0) {
            sum += RawMemory.getInt(at) & 0xffff_ffffL;
            at += 4;
        }
        if ((length & 2) != 0) {
            sum += RawMemory.getShort(at) & 0xffff;
            at += 2;
        }
        return (length & 1) != 0 ? sum + (RawMemory.getByte(at) & 0xff) : sum;
    }

    /** What a 16-bit number of a protocol adds to a sum. */
    public static int of(int number) {
        return (number & 0xff) << 8 | (number >>> 8 & 0xff);
    }

    /** A sum in 16 bits. */
    public static int fold(long sum) {
        long half = (sum & 0xffff_ffffL) + (sum >>> 32);
        long quarter = (half & 0xffff) + (half >>> 16 & 0xffff) + (half >>> 32);
        int last = (int) ((quarter & 0xffff) + (quarter >>> 16));
        return (last & 0xffff) + (last >>> 16);
    }

    /** Puts the checksum that belongs to a sum into its place. */
    public static void put(long place, long sum) {
        RawMemory.setShort(place, (short) ~fold(sum));
    }

    /** The same for UDP, where a checksum of 0 means that there is none, so that 0xffff is sent instead (RFC 768). */
    public static void putUdp(long place, long sum) {
        int checksum = ~fold(sum) & 0xffff;
        RawMemory.setShort(place, (short) (checksum == 0 ? 0xffff : checksum));
    }

    /** A 16-bit number in network byte order. */
    public static int getShort(long address) {
        return Short.toUnsignedInt(Short.reverseBytes(RawMemory.getShort(address)));
    }

    /** Writes a 16-bit number in network byte order. */
    public static void setShort(long address, int number) {
        RawMemory.setShort(address, Short.reverseBytes((short) number));
    }
}
