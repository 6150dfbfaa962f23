package ixy4j.pci;

import ixy4j.linux.IxyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel's network stack does with a card that its own driver has. */
final class KernelInterface {
    private KernelInterface() {}

    /** The names of the card's interfaces, none where no driver of the kernel made one. */
    static List<String> names(Path function) {
        List<String> names = new ArrayList<>();
        // a virtio card has its interface one folder deeper, under virtioN
        try (Stream<Path> files = Files.walk(function, 2)) {
            files.filter(f -> f.getFileName().toString().equals("net") && Files.isDirectory(f))
                    .forEach(net -> list(net, names));
        } catch (IOException e) {
            // the function went away: nothing uses it
        }
        Collections.sort(names);
        return names;
    }

    private static void list(Path net, List<String> names) {
        try (DirectoryStream<Path> interfaces = Files.newDirectoryStream(net)) {
            interfaces.forEach(i -> names.add(i.getFileName().toString()));
        } catch (IOException e) {
            // as above
        }
    }

    /** Refuses a card whose interface is up, has an address or carries a route. */
    static void refuseIfUsed(Path function) {
        for (String name : names(function)) {
            String use = use(function, name);
            if (use != null) {
                throw new IxyException(function.getFileName() + " is in use: its interface " + name + " " + use
                        + "; take another card," + " or add --force if this machine may lose that connection");
            }
        }
    }

    /** What an interface is used for, null where for nothing. */
    static String use(Path function, String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found != null) {
                for (InetAddress address : Collections.list(found.getInetAddresses())) {
                    return "has the address " + address.getHostAddress();
                }
            }
            for (String routes : List.of("/proc/net/route", "/proc/net/ipv6_route")) {
                if (Files.exists(Path.of(routes)) && carries(Files.readAllLines(Path.of(routes)), name)) {
                    return "carries a route";
                }
            }
            int flags = Integer.decode(Files.readString(flags(function, name)).strip());
            return (flags & 1) == 0 ? null : "is up"; // IFF_UP
        } catch (IOException | NumberFormatException e) {
            return "cannot be asked whether it is used (" + e.getMessage() + ")";
        }
    }

    /** Whether a line of the kernel's routing table names the interface. */
    static boolean carries(List<String> routes, String name) {
        return routes.stream()
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .anyMatch(name::equals);
    }

    private static Path flags(Path function, String name) throws IOException {
        try (Stream<Path> files = Files.walk(function, 4)) {
            return files.filter(f -> f.endsWith(Path.of("net", name, "flags")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no flags of " + name));
        }
    }
}
