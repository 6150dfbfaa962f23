package ixy4j.model.virtio;

import ixy4j.MacAddress;
import ixy4j.virtio.Features;

/**
 * The device configuration space of a network device (5.1.4).
 *
 * <pre>
 *  0  mac[6]
 *  6  status               bit 0: the link is up
 *  8  max_virtqueue_pairs
 * 10  mtu
 * </pre>
 */
final class NetworkConfig {
    private static final int STATUS = 6;
    private static final int PAIRS = 8;
    private static final int MTU = 10;

    private final byte[] mac = new byte[6];
    private final int pairs;
    private final int mtu;
    private boolean link = true;

    NetworkConfig(VirtioCardOptions options, Mischief mischief) {
        setMac(options.mac);
        if (mischief.strikes(Misbehaviour.MAC_MULTICAST)) {
            mac[0] |= 1;
        }
        pairs = mischief.strikes(Misbehaviour.PAIRS_ZERO) ? 0 : options.pairs;
        mtu = mischief.strikes(Misbehaviour.MTU_ZERO) ? 0 : options.mtu;
    }

    /** What is wrong with reading a field; null if nothing is. */
    static String wrongRead(int offset, int bytes, long offered) {
        if (offset >= 0 && offset < STATUS) {
            return bytes == 1
                    ? null
                    : "mac is read by " + bytes + " bytes at offset " + offset + ": it is 6 of 1 (4.1.3.1)";
        }
        if (bytes != 2 || offset % 2 != 0 || offset < STATUS || offset > MTU) {
            return bytes + " bytes at offset " + offset
                    + " are read, but there are 6 of 1 byte, then status at 6, max_virtqueue_pairs at 8 and mtu at 10, of 2"
                    + " bytes (5.1.4, 4.1.3.1)";
        }
        long needed = offset == STATUS ? Features.STATUS : offset == PAIRS ? Features.MQ : Features.MTU;
        return (offered & needed) != 0
                ? null
                : "the field at offset " + offset + " is read, which is not there, as feature " + Ring.hex(needed)
                        + " was not offered (2.5.1)";
    }

    int read(int offset) {
        return switch (offset) {
            case STATUS -> link ? 1 : 0;
            case PAIRS -> pairs;
            case MTU -> mtu;
            default -> mac[offset] & 0xff;
        };
    }

    void writeMac(int offset, int value) {
        mac[offset] = (byte) value;
    }

    MacAddress mac() {
        long bits = 0;
        for (byte b : mac) {
            bits = bits << 8 | (b & 0xff);
        }
        return new MacAddress(bits);
    }

    void setMac(MacAddress address) {
        for (int i = 0; i < 6; i++) {
            mac[i] = (byte) (address.bits() >>> (40 - 8 * i));
        }
    }

    boolean link() {
        return link;
    }

    void setLink(boolean up) {
        link = up;
    }
}
