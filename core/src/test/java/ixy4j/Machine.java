package ixy4j;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import ixy4j.linux.Linux;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What tests ask of the machine that they run on: without it they are skipped, but in CI they fail. */
public final class Machine {
    /** Where the kernel has its huge pages of 2 MiB. */
    public static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");

    /** Programs that tests call, and the package of Debian that has each. */
    private static final Map<String, String> PACKAGES = Map.of(
            "cc", "gcc",
            "chromedriver", "chromium-driver",
            "chromium", "chromium",
            "dpdk-testpmd", "dpdk-dev",
            "ethtool", "ethtool",
            "ip", "iproute2",
            "iperf3", "iperf3",
            "ping", "iputils-ping",
            "pkill", "procps",
            "tcpdump", "tcpdump");

    private Machine() {}

    /** Skips a test where something is missing; in CI, where nothing may be, fails it. */
    public static void needs(boolean there, String what) {
        if (!there) {
            if ("true".equals(System.getenv("CI"))) {
                fail("CI must have: " + what);
            }
            abort("needs " + what);
        }
    }

    /** Whether this is root. */
    public static boolean isRoot() {
        return Linux.call("geteuid") == 0;
    }

    public static void needsRoot() {
        needs(isRoot(), "root");
    }

    /** A program whose package is known here. */
    public static void needsProgram(String name) {
        String debian = PACKAGES.get(name);
        if (debian == null) {
            throw new IllegalArgumentException("which package has " + name + '?');
        }
        needs(hasProgram(name), name + ", of the package " + debian);
    }

    /** Whether a program is on the path, or where root has its own. */
    public static boolean hasProgram(String name) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** The packages of all programs that tests call. */
    public static Collection<String> packages() {
        return PACKAGES.values();
    }

    public static void needsTaps() {
        needsRoot();
        needs(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun: modprobe tun");
        needsProgram("ip");
    }

    public static void needsHugePages(int pages) {
        needsRoot();
        needs(hugePages("free_hugepages") - hugePages("resv_hugepages") >= pages, pages + " free huge pages of 2 MiB");
    }

    /** A number of the kernel's about huge pages of 2 MiB. */
    public static long hugePages(String file) {
        return Files.exists(HUGE_PAGES)
                ? Long.parseLong(lines(HUGE_PAGES.resolve(file)).getFirst())
                : 0;
    }

    /** Whether something is mapped at an address, and be it a page that nobody has touched yet. */
    public static boolean isMapped(long address) {
        return mapping(address) != null;
    }

    /**
     * Whether there is memory or a file at an address. What is closed leaves pages that belong to nobody for a while, which
     * nobody touches (linux.Retired).
     */
    public static boolean isInUse(long address) {
        String mapping = mapping(address);
        boolean isFile = mapping != null && mapping.contains("/");
        return isFile || (mapping != null && isPresent(address));
    }

    /** The line of /proc/self/maps that an address is in; null where it is in none. */
    private static String mapping(long address) {
        for (String line : lines(Path.of("/proc/self/maps"))) {
            int dash = line.indexOf('-');
            if (Long.compareUnsigned(Long.parseUnsignedLong(line, 0, dash, 16), address) <= 0
                    && Long.compareUnsigned(address, Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16))
                            < 0) {
                return line;
            }
        }
        return null;
    }

    /** Bit 63 or 62 of a page's entry: in memory, or swapped out (Documentation/admin-guide/mm/pagemap.rst). */
    private static boolean isPresent(long address) {
        try (RandomAccessFile pagemap = new RandomAccessFile("/proc/self/pagemap", "r")) {
            pagemap.seek(address / 4096 * 8);
            return Long.reverseBytes(pagemap.readLong()) >>> 62 != 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file is mapped. */
    public static boolean isMapped(Path file) {
        return lines(Path.of("/proc/self/maps")).stream().anyMatch(line -> line.endsWith(file.toString()));
    }

    /** Which of the open files are in a folder. */
    public static List<Path> openFilesIn(Path folder) {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(Machine::target)
                    .filter(file -> file.startsWith(folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many sockets, eventfds and memfds this process has open: what no other thread of a test opens by the way. */
    public static long openSpecialFiles() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(link -> target(link).toString())
                    .filter(name ->
                            name.startsWith("socket:") || name.contains("eventfd") || name.startsWith("/memfd:"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return Path.of(""); // closed meanwhile
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
