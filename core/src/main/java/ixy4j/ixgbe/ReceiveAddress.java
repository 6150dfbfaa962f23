package ixy4j.ixgbe;

import static ixy4j.ixgbe.Registers.RAH;
import static ixy4j.ixgbe.Registers.RAH_AV;
import static ixy4j.ixgbe.Registers.RAL;

import ixy4j.MacAddress;
import ixy4j.spi.Bar;

/** The first of the card's receive addresses (8.2.3.7.8, 8.2.3.7.9), which has the first byte on the wire lowest. */
final class ReceiveAddress {
    private ReceiveAddress() {}

    static MacAddress get(Bar bar) {
        long first4 = Integer.toUnsignedLong(Integer.reverseBytes(bar.get32(RAL)));
        long last2 = Short.toUnsignedLong(Short.reverseBytes((short) bar.get32(RAH)));
        return new MacAddress(first4 << 16 | last2);
    }

    static void set(Bar bar, MacAddress address) {
        address.checkOwn();
        bar.set32(RAL, Integer.reverseBytes((int) (address.bits() >>> 16)));
        bar.set32(RAH, Short.toUnsignedInt(Short.reverseBytes((short) address.bits())) | RAH_AV);
    }
}
