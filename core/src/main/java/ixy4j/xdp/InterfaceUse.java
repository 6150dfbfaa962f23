package ixy4j.xdp;

import ixy4j.sysfs.KernelInterface;
import java.io.IOException;
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
                    return "has the address " + KernelInterface.text(address);
                }
            }
            boolean carriesRoute = KernelInterface.carries(lines(IPV4_ROUTES).toList(), name)
                    || KernelInterface.carries(
                            lines(IPV6_ROUTES)
                                    .filter(line -> !line.matches("(fe80|ff).*"))
                                    .toList(),
                            name);
            return carriesRoute ? "carries a route" : partOf(at);
        } catch (IOException e) {
            return "cannot be asked whether it is used (" + e.getMessage() + ")";
        }
    }

    /** sysfs may be another namespace's, and so may know nothing of it. */
    private static String partOf(Interface at) {
        return Holder.hasMaster(at.index()) ? "is a part of a bridge or a bond" : KernelInterface.partOf(at.folder());
    }

    private static Stream<String> lines(Path routes) throws IOException {
        return Files.exists(routes) ? Files.readAllLines(routes).stream() : Stream.of();
    }
}
