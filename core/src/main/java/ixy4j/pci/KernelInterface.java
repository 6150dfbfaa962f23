package ixy4j.pci;

import ixy4j.linux.IxyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel's network stack does with a card that its own driver has. */
public final class KernelInterface {
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final List<Path> ROUTES = List.of(Path.of("/proc/net/route"), Path.of("/proc/net/ipv6_route"));
    private static final int IFF_UP = 1;

    private KernelInterface() {}

    /** The names of the card's interfaces, none where no driver of the kernel made one. */
    public static List<String> names(Path function) {
        List<String> names = new ArrayList<>();
        // the interface of a virtio card is one folder deeper, under virtioN
        try (Stream<Path> files = Files.walk(function.toRealPath(), 3)) {
            files.filter(file -> file.getParent().endsWith("net"))
                    .forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException | UncheckedIOException e) {
            names.clear(); // the function went away: nothing uses it
        }
        Collections.sort(names);
        return names;
    }

    /** Refuses a card whose interface is up, has an address or carries a route. */
    static void refuseIfUsed(Path function) {
        for (String name : names(function)) {
            String use = use(name);
            if (use != null) {
                throw new IxyException(function.getFileName() + " is in use: its interface " + name + " " + use
                        + "; take another card, or add --force if this machine may lose that connection");
            }
        }
    }

    /** What an interface is used for, in words that follow its name; null where for nothing. */
    public static String use(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            List<InetAddress> addresses = found == null ? List.of() : Collections.list(found.getInetAddresses());
            if (!addresses.isEmpty()) {
                return "has the address " + addresses.getFirst().getHostAddress();
            }
            for (Path routes : ROUTES) {
                if (Files.exists(routes) && carries(Files.readAllLines(routes), name)) {
                    return "carries a route";
                }
            }
            return (Integer.decode(read(name, "flags")) & IFF_UP) == 0 ? null : "is up";
        } catch (IOException | NumberFormatException e) {
            return "cannot be asked whether it is used (" + e.getMessage() + ")";
        }
    }

    /** up, down, or unknown. */
    public static String link(String name) {
        try {
            return read(name, "operstate");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Whether a line of the kernel's routing tables names the interface. */
    static boolean carries(List<String> routes, String name) {
        return routes.stream()
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .anyMatch(name::equals);
    }

    private static String read(String name, String file) throws IOException {
        return Files.readString(INTERFACES.resolve(name).resolve(file)).strip();
    }
}
