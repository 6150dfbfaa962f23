package ixy4j.vhostuser;

import ixy4j.spi.Address;

/** Addresses as users type them, read as far as the way to the card goes. */
final class SocketAddresses {
    private SocketAddresses() {}

    static VhostUserAddress of(String text) {
        Address address = Address.parse(text);
        return VhostUserAddress.read(address, address.options());
    }
}
