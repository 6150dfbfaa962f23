package ixy4j.sysfs;

import ixy4j.packet.Ipv6;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What the kernel's network stack does with a card that its own driver has. */
public final class KernelInterface {
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final List<Path> ROUTES = List.of(Path.of("/proc/net/route"), Path.of("/proc/net/ipv6_route"));
    private static final int IFF_UP = 1;

    /** Drivers of the kernel that use no card themselves. */
    private static final Set<String> FOR_PROGRAMS =
            Set.of("vfio-pci", "uio_pci_generic", "igb_uio", "pci-stub", "pciback", "xen-pciback");

    private KernelInterface() {}

    /** The names of the card's interfaces, none if no driver of the kernel made one. */
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

    /**
     * What the kernel uses a card for, in words that follow a colon; null if for nothing. What cannot be seen counts as
     * used: an interface that a driver made for another network namespace is not shown in this one.
     */
    public static String useOf(Path function) {
        List<String> parts = parts(function);
        long virtual = parts.stream().filter(part -> part.matches("virtfn\\d+")).count();
        if (virtual > 0) {
            return "it has " + virtual + " virtual functions, which go with it";
        }
        String driver = driver(function, parts);
        if (driver == null) {
            return null;
        }
        if (parts.contains("infiniband") || parts.stream().anyMatch(part -> part.matches("host\\d+"))) {
            return "the kernel's driver " + driver + " has storage or RDMA on it";
        }
        List<String> names = names(function);
        if (names.isEmpty()) {
            return "the kernel's driver " + driver
                    + " has it, without an interface that can be seen here: that may be in"
                    + " another network namespace";
        }
        for (String name : names) {
            String use = use(name);
            if (use != null) {
                return "its interface " + name + " " + use;
            }
        }
        return null;
    }

    /** The kernel's driver that may use the card, null if none has it or only keeps it for programs. */
    private static String driver(Path function, List<String> parts) {
        String driver = KernelDriver.of(function);
        if (driver == null || FOR_PROGRAMS.contains(driver)) {
            return null;
        }
        if (driver.equals("virtio-pci")) { // which is only the way to a device that has a driver of its own, or none
            return parts.stream()
                    .filter(part -> part.matches("virtio\\d+"))
                    .map(part -> KernelDriver.of(function.resolve(part)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return driver;
    }

    private static List<String> parts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // it went away
        }
    }

    /** The usual form of an interface's address, without the interface that Java puts behind some. */
    public static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer words = ByteBuffer.wrap(bytes);
        return bytes.length == 16 ? Ipv6.format(words.getLong(), words.getLong()) : address.getHostAddress();
    }

    /** What an interface is used for, in words that follow its name; null if for nothing. */
    public static String use(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            List<InetAddress> addresses = found == null ? List.of() : Collections.list(found.getInetAddresses());
            if (!addresses.isEmpty()) {
                return "has the address " + text(addresses.getFirst());
            }
            for (Path routes : ROUTES) {
                if (Files.exists(routes) && carries(Files.readAllLines(routes), name)) {
                    return "carries a route";
                }
            }
            if ((Integer.decode(read(name, "flags")) & IFF_UP) != 0) {
                return "is up";
            }
            return partOf(INTERFACES.resolve(name));
        } catch (IOException | NumberFormatException e) {
            return "cannot be asked whether it is used (" + e.getMessage() + ")";
        }
    }

    /**
     * The bond or bridge that an interface is a part of, or the VLAN, macvlan or the like on top of it, in words that follow its
     * name; null if there is none.
     */
    public static String partOf(Path interfaceFolder) {
        return parts(interfaceFolder).stream()
                .filter(part -> part.startsWith("upper_"))
                .findFirst()
                .map(part -> "is a part of " + part.substring("upper_".length()))
                .orElse(null);
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
    public static boolean carries(List<String> routes, String name) {
        return routes.stream()
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .anyMatch(name::equals);
    }

    private static String read(String name, String file) throws IOException {
        return Files.readString(INTERFACES.resolve(name).resolve(file)).strip();
    }
}
