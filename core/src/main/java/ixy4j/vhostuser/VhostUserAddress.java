package ixy4j.vhostuser;

import ixy4j.spi.Address;

/**
 * What an address of a card behind a vhost-user socket, {@code vhost-user:PATH}, says about the way there.
 *
 * @param text all of it
 * @param path of the socket
 * @param server whether this end listens there ({@code server}), so that the back end connects; otherwise it is the
 *     other way round
 * @param reconnect whether a back end that went away may come back ({@code reconnect})
 */
public record VhostUserAddress(String text, String path, boolean server, boolean reconnect) {
    static final String SCHEME = "vhost-user";

    /** Reads an address, and takes its own of the options. */
    static VhostUserAddress read(Address address, Address.Options options) {
        return new VhostUserAddress(
                address.toString(),
                address.targetSocket("/run/vhost.sock"),
                options.flag("server"),
                options.flag("reconnect"));
    }
}
