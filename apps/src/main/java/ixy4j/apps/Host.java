package ixy4j.apps;

import ixy4j.packet.Ipv4;
import java.math.BigInteger;
import java.net.InetAddress;

/**
 * An address of a host with its net, IPv4 or IPv6.
 *
 * @param isIpv6 which of them
 * @param high of IPv6, the upper 64 bits
 * @param low of IPv6 the lower 64 bits, of IPv4 all 32
 * @param bits how many the net has
 */
record Host(boolean isIpv6, long high, long low, int bits) {
    /** Reads {@code 10.0.0.2/24} or {@code fd00::2/64}. */
    static Host parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            boolean isIpv6 = parts[0].contains(":");
            int most = isIpv6 ? 128 : 32;
            if (parts.length == 2
                    && !parts[0].contains("%")
                    && parts[1].matches("\\d{1,3}")
                    && Integer.parseInt(parts[1]) <= most) {
                Host host = isIpv6
                        ? ipv6(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]))
                        : new Host(false, 0, Ipv4.parse(parts[0]), Integer.parseInt(parts[1]));
                if (host.canBeAHosts()) {
                    return host;
                }
            }
        } catch (IllegalArgumentException e) {
            // as what has no net
        }
        throw new IllegalArgumentException(
                "--ip takes the address of a host with its net, such as 10.0.0.2/24 or fd00::2/64, not " + text);
    }

    private static Host ipv6(byte[] bytes, int bits) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("an address of IPv4 in the form of one of IPv6");
        }
        BigInteger number = new BigInteger(1, bytes);
        return new Host(true, number.shiftRight(64).longValue(), number.longValue(), bits);
    }

    /** Whether it is neither nobody's nor a group's, nor the loopback's, nor that of a net or of all in it. */
    private boolean canBeAHosts() {
        return isIpv6 ? mayBeFrom(high, low) : mayBeFrom(low) && (bits >= 31 || (low & hostBits()) != 0);
    }

    /** Whether a packet to this host of IPv4 may be answered that is from an address, which is none of ours. */
    boolean mayBeFrom(long source) {
        boolean isBroadcast =
                source == 0xffff_ffffL || (bits < 31 && (source & hostBits()) == hostBits() && isNear(source));
        return source >>> 24 != 0 && source >>> 24 != 127 && source >>> 28 < 0xe && !isBroadcast;
    }

    private boolean isNear(long other) {
        return (other & ~hostBits()) == (low & ~hostBits());
    }

    private long hostBits() {
        return 0xffff_ffffL >>> bits;
    }

    /** Whether this host of IPv6 may answer such an address. */
    static boolean mayBeFrom(long high, long low) {
        return high >>> 56 != 0xff && (high != 0 || (low & ~1) != 0); // neither a group, nor nobody, nor the loopback
    }
}
