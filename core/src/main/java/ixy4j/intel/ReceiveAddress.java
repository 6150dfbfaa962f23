package ixy4j.intel;

import ixy4j.MacAddress;
import ixy4j.spi.Bar;

/** A card's own receive address: two registers, RAL and RAH, with the first byte on the wire lowest (8.2.3.7.8, 8.2.3.7.9). */
public final class ReceiveAddress {
    private static final int HIGH = 4; // from RAL to RAH
    private static final int VALID = 1 << 31; // RAH.AV

    private ReceiveAddress() {}

    /** Reads it, from RAL on. */
    public static MacAddress get(Bar bar, int low) {
        return of(bar.get32(low), bar.get32(low + HIGH));
    }

    /** What these two have. */
    public static MacAddress of(int low, int high) {
        long first4 = Integer.toUnsignedLong(Integer.reverseBytes(low));
        long last2 = Short.toUnsignedLong(Short.reverseBytes((short) high));
        return new MacAddress(first4 << 16 | last2);
    }

    /** Writes it, from RAL on. */
    public static void set(Bar bar, int low, MacAddress address) {
        address.checkOwn();
        bar.set32(low, low(address));
        bar.set32(low + HIGH, high(address) | VALID);
    }

    /** What the first has. */
    public static int low(MacAddress address) {
        return Integer.reverseBytes((int) (address.bits() >>> 16));
    }

    /** What the second has, in bits 15:0. */
    public static int high(MacAddress address) {
        return Short.toUnsignedInt(Short.reverseBytes((short) address.bits()));
    }
}
