package ixy4j.vhostuser;

import java.util.ArrayList;
import java.util.List;

/**
 * An address of a card behind a vhost-user socket, read: {@code vhost-user:PATH}, and behind a {@code ?} any options, with
 * {@code &} between them.
 *
 * @param text as typed
 * @param path of the socket
 * @param server whether this end listens there ({@code server}), so that the back end connects; otherwise it is the other
 *     way round
 * @param reconnect whether a back end that went away may come back ({@code reconnect})
 * @param driverOptions all other options, in order and with {@code &} between them; empty for none
 */
public record VhostUserAddress(String text, String path, boolean server, boolean reconnect, String driverOptions) {
    static final String SCHEME = "vhost-user";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it has no path or an option is malformed, naming it
     */
    public static VhostUserAddress parse(String text) {
        String rest = text.substring(SCHEME.length() + 1);
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' should name a socket, as " + SCHEME + ":/run/vhost.sock does");
        }
        boolean server = false;
        boolean reconnect = false;
        List<String> others = new ArrayList<>();
        for (String part :
                question < 0 ? new String[0] : rest.substring(question + 1).split("&", -1)) {
            switch (part) {
                case "server" -> server = once(text, part, server);
                case "reconnect" -> reconnect = once(text, part, reconnect);
                default -> others.add(checked(text, part));
            }
        }
        return new VhostUserAddress(text, path, server, reconnect, String.join("&", others));
    }

    private static boolean once(String text, String option, boolean seen) {
        if (seen) {
            throw new IllegalArgumentException("'" + text + "': " + option + " should be there once");
        }
        return true;
    }

    private static String checked(String text, String part) {
        if (part.isEmpty() || part.startsWith("server=") || part.startsWith("reconnect=")) {
            throw new IllegalArgumentException("'" + text + "': '" + part
                    + "' should be server or reconnect, without a value, or an option=value");
        }
        if (part.startsWith("virtio=")) {
            throw new IllegalArgumentException("'" + text + "': '" + part
                    + "' chooses among interfaces of PCI, which a vhost-user socket has not");
        }
        return part;
    }
}
