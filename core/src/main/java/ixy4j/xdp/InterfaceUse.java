package ixy4j.xdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Whether the kernel would miss the frames of an interface. That it is up, and talks to its link, does not count. */
final class InterfaceUse {
    private static final Path IPV4_ROUTES = Path.of("/proc/net/route");
    private static final Path IPV6_ROUTES = Path.of("/proc/net/ipv6_route");

    private InterfaceUse() {}

    /** What it is used for, in words that follow its name; null if for nothing. */
    static String of(Interface at) {
        String name = at.ownName();
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            List<InetAddress> addresses = found == null ? List.of() : Collections.list(found.getInetAddresses());
            for (InetAddress address : addresses) {
                if (!address.isLinkLocalAddress()) {
                    return "has the address " + address.getHostAddress().replaceAll("%.*", "");
                }
            }
            return lines(IPV4_ROUTES).anyMatch(line -> isOf(line, name))
                            || lines(IPV6_ROUTES).anyMatch(line -> isOf(line, name) && !line.matches("(fe80|ff).*"))
                    ? "carries a route"
                    : partOf(at);
        } catch (IOException e) {
            return "cannot be asked whether it is used (" + e.getMessage() + ")";
        }
    }

    /** A bridge or bond that it is a port of, or a VLAN and the like that is on top of it. */
    private static String partOf(Interface at) {
        if (Holder.hasMaster(at.index())) {
            return "is a part of a bridge or a bond";
        }
        try (Stream<Path> files = Files.list(at.folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("upper_"))
                    .findFirst()
                    .map(file -> "is a part of " + file.substring("upper_".length()))
                    .orElse(null);
        } catch (IOException | UncheckedIOException e) {
            return null; // sysfs is another namespace's
        }
    }

    private static Stream<String> lines(Path routes) throws IOException {
        return Files.exists(routes) ? Files.readAllLines(routes).stream() : Stream.of();
    }

    private static boolean isOf(String route, String name) {
        return List.of(route.strip().split("\\s+")).contains(name);
    }
}
