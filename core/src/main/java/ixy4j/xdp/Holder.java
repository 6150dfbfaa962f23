package ixy4j.xdp;

import ixy4j.linux.Netlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the kernel tells of interfaces, and who has what is wanted, as far as this process may know: root sees all. */
final class Holder {
    private static final int AF_XDP = 44;
    private static final Path PROCESSES = Path.of("/proc");

    // rtnetlink(7): a struct ifinfomsg, and attributes
    private static final int GET_LINK = 18;
    private static final int INTERFACE_INFO = 16;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_XDP = 43;
    private static final int IFLA_XDP_PROG_ID = 4;

    // sock_diag(7), include/uapi/linux/xdp_diag.h
    private static final int BY_FAMILY = 20;
    private static final int SHOW_INFO = 1;
    private static final int XDP_MESSAGE = 16;
    private static final int XDP_INFO = 1;

    private Holder() {}

    /** The program at an interface, in words: its number, and the process that keeps it there. */
    static String ofProgram(int interfaceIndex) {
        int program = program(interfaceIndex);
        if (program == 0) {
            return "one";
        }
        String line = "prog_id:\t" + program;
        String process = process("fdinfo", file -> contains(file, line));
        return "number " + program + (process == null ? "" : ", of " + process);
    }

    /** The number of the XDP program at an interface; 0 if there is none. */
    static int program(int interfaceIndex) {
        ByteBuffer xdp = link(interfaceIndex).get(IFLA_XDP);
        ByteBuffer id = xdp == null ? null : Netlink.attributes(xdp, 0).get(IFLA_XDP_PROG_ID);
        return id == null ? 0 : id.getInt(0);
    }

    /** Whether it is a port of a bridge, a bond, or another that takes its frames. */
    static boolean hasMaster(int interfaceIndex) {
        return link(interfaceIndex).containsKey(IFLA_MASTER);
    }

    private static Map<Integer, ByteBuffer> link(int interfaceIndex) {
        ByteBuffer body = Netlink.body(INTERFACE_INFO).putInt(0).putInt(interfaceIndex);
        try (Netlink route = new Netlink(Netlink.ROUTE)) {
            List<ByteBuffer> answers = route.ask(GET_LINK, false, body);
            return answers.isEmpty() ? Map.of() : Netlink.attributes(answers.getFirst(), INTERFACE_INFO);
        }
    }

    /** The names of all interfaces of this network namespace. */
    static List<String> interfaces() {
        try (Netlink route = new Netlink(Netlink.ROUTE)) {
            return route.ask(GET_LINK, true, Netlink.body(INTERFACE_INFO)).stream()
                    .map(answer -> Netlink.attributes(answer, INTERFACE_INFO).get(IFLA_IFNAME))
                    .filter(Objects::nonNull)
                    .map(name -> StandardCharsets.UTF_8.decode(name).toString().replaceAll("\0.*", ""))
                    .sorted()
                    .toList();
        }
    }

    /** The process that has the AF_XDP socket of a queue, in words; "a program" if that cannot be seen. */
    static String ofQueue(int interfaceIndex, int queue) {
        long inode = inode(interfaceIndex, queue);
        String name = "socket:[" + inode + "]";
        String process = inode == 0 ? null : process("fd", file -> leadsTo(file, name));
        return process == null ? "a program" : process;
    }

    private static long inode(int interfaceIndex, int queue) {
        ByteBuffer body = Netlink.body(20).putInt(AF_XDP).putInt(0).putInt(SHOW_INFO);
        try (Netlink diagnosis = new Netlink(Netlink.SOCK_DIAG)) {
            for (ByteBuffer answer : diagnosis.ask(BY_FAMILY, true, body)) {
                ByteBuffer info = Netlink.attributes(answer, XDP_MESSAGE).get(XDP_INFO);
                if (info != null && info.getInt(0) == interfaceIndex && info.getInt(4) == queue) {
                    return Integer.toUnsignedLong(answer.getInt(4));
                }
            }
            return 0;
        }
    }

    /** The first process one of whose files is such; null if none can be seen. */
    private static String process(String folder, Predicate<Path> isSuch) {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            for (Path process : (Iterable<Path>) processes.filter(path -> isNumber(path))::iterator) {
                if (files(process.resolve(folder)).stream().anyMatch(isSuch)) {
                    return "process " + process.getFileName() + " ("
                            + Files.readString(process.resolve("comm")).strip() + ")";
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // a process that has just ended, or no /proc: nobody is seen
        }
        return null;
    }

    private static boolean isNumber(Path path) {
        return path.getFileName().toString().matches("\\d+");
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // another user's, or it has ended
        }
    }

    private static boolean contains(Path file, String line) {
        try {
            return Files.readAllLines(file).contains(line);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static boolean leadsTo(Path link, String name) {
        try {
            return Files.readSymbolicLink(link).toString().equals(name);
        } catch (IOException e) {
            return false;
        }
    }
}
