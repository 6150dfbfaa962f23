package ixy4j.packet;

import ixy4j.memory.RawMemory;

/**
 * The Internet checksum (RFC 1071): the complement of a sum of 16-bit numbers modulo 65535. Sums and checksums are 16-bit
 * numbers as the wire has them, in network order.
 */
public final class Checksum {
    private Checksum() {}

    /** The checksum over some bytes of a packet, 0 if they have their own right checksum among them. */
    public static int of(PacketBatch batch, int packet, int offset, int length) {
        return ~sum(batch, packet, offset, length) & 0xffff;
    }

    /**
     * The checksum of a transport header and its data, with the pseudo header of the IPv4 or IPv6 header before it (RFC
     * 9293, 3.1; RFC 8200, 8.1), 0 if they have their own right checksum among them.
     *
     * @param ip the offset of the IP header, which is whole
     * @param protocol the number of the transport protocol
     * @param offset of the transport header; the data ends where the IP packet does
     */
    public static int ofTransport(PacketBatch batch, int packet, int ip, int protocol, int offset) {
        boolean isIpv4 = batch.get8(packet, ip) >>> 4 == 4;
        int end = isIpv4 ? Ipv4.end(batch, packet, ip) : Ipv6.end(batch, packet, ip);
        int addresses = isIpv4
                ? sum(batch, packet, ip + Ipv4.SOURCE, 2 * Integer.BYTES)
                : sum(batch, packet, ip + Ipv6.SOURCE, 4 * Long.BYTES);
        int length = end - offset;
        return ~fold((long) addresses + protocol + length + sum(batch, packet, offset, length)) & 0xffff;
    }

    /** The checksum once a 16-bit number under it has changed (RFC 1624, equation 3). */
    public static int update16(int checksum, int before, int after) {
        return ~fold((~checksum & 0xffffL) + (~before & 0xffff) + (after & 0xffff)) & 0xffff;
    }

    /** The checksum once a 32-bit number under it, at an even offset, has changed. */
    public static int update32(int checksum, long before, long after) {
        return update16(update16(checksum, (int) (before >>> 16), (int) (after >>> 16)), (int) before, (int) after);
    }

    /** The checksum once address and port, which {@code before} has side by side, have changed. */
    static int update48(int checksum, long before, long address, int port) {
        return update16(update32(checksum, before >>> 16, address), (int) before, port);
    }

    /** The sum of some bytes of a packet, as of 16-bit numbers modulo 65535; an odd last byte is the upper half of one. */
    static int sum(PacketBatch batch, int packet, int offset, int length) {
        long address = batch.address(packet, offset, length);
        // 65536 is 1 modulo 65535, so a wider number is worth as much as the sum of its 16-bit parts: 8 bytes at a
        // time, as two halves, which do not overflow in any packet. The order of bytes only swaps those of the sum
        // (RFC 1071, 2).
        long sum = 0;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            long word = RawMemory.getLong(address + at);
            sum += (word & 0xffff_ffffL) + (word >>> 32);
        }
        for (int shift = 0; at < length; at++, shift += 8) {
            sum += (RawMemory.getByte(address + at) & 0xffL) << shift;
        }
        return Short.toUnsignedInt(Short.reverseBytes((short) fold(sum)));
    }

    /** 16 bits that are worth as much modulo 65535. */
    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}
