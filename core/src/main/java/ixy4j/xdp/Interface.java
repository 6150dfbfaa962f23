package ixy4j.xdp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An interface of the kernel, known by its index, so that it may be renamed (netdevice(7), include/uapi/linux/ethtool.h). What
 * is asked of it lasts as long as this is open, whatever becomes of the process. Methods may be called by any thread.
 */
final class Interface implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;

    // ioctl(2)s of a struct ifreq: a name of 16 bytes, and what is asked about
    private static final int BYTES = 40;
    private static final int VALUE = 16;
    private static final int LONGEST_NAME = 15;
    private static final int SIOCGIFNAME = 0x8910;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCGIFHWADDR = 0x8927;
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int SIOCETHTOOL = 0x8946;

    private static final int IFF_UP = 1;
    private static final int IFF_LOOPBACK = 8;
    private static final int IFF_RUNNING = 0x40;
    private static final int ETHERNET = 1; // ARPHRD_ETHER

    private static final int ETHTOOL_GSET = 1;
    private static final int ETHTOOL_GDRVINFO = 3;
    private static final int ETHTOOL_GCHANNELS = 0x3c;

    private static final int SOL_PACKET = 263;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int DROP_MEMBERSHIP = 2;
    private static final int PROMISCUOUS = 1; // PACKET_MR_PROMISC
    private static final int UNICAST = 3; // PACKET_MR_UNICAST

    private static final int UNKNOWN_SPEED = 10_000; // Mbit/s, as a virtio device's

    private final int index;
    private final String first; // what it was called when it was found, which may not be what was asked for
    private final int control; // a socket for questions
    private int memberships; // one that has them
    private boolean closed;

    /**
     * Finds an interface of this network namespace.
     *
     * @throws IxyException if there is none of this name, or it has no Ethernet frames
     */
    Interface(String name) {
        control = (int) Linux.call("socket", AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        memberships = -1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            // behind a colon would be an alias of old, whose name the kernel cuts off
            int found = name.contains(":") ? -Errno.ENODEV : ask(SIOCGIFINDEX, request);
            if (found < 0) {
                throw XdpTrouble.noInterface(name);
            }
            index = request.get(JAVA_INT, VALUE);
            String current = name();
            first = current == null ? name : current;
            if ((flags() & IFF_LOOPBACK) != 0 || hardware(arena).get(JAVA_SHORT, VALUE) != ETHERNET) {
                throw XdpTrouble.noEthernet(name);
            }
        } catch (RuntimeException | Error e) {
            Linux.attempt("close", control);
            throw e;
        }
    }

    int index() {
        return index;
    }

    /** What it was called when it was found: its own name, also if it has others. */
    String ownName() {
        return first;
    }

    /** What it is called now; null if it is gone. */
    String name() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(BYTES, Long.BYTES);
            request.set(JAVA_INT, VALUE, index);
            return ask(SIOCGIFNAME, request) < 0 ? null : request.getString(0);
        }
    }

    boolean isUp() {
        return (flags() & IFF_UP) != 0;
    }

    /** Its MTU in bytes, which counts no header. */
    int mtu() {
        try (Arena arena = Arena.ofConfined()) {
            return answer(arena, SIOCGIFMTU).get(JAVA_INT, VALUE);
        }
    }

    MacAddress macAddress() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = hardware(arena);
            long bits = 0;
            for (int i = 0; i < 6; i++) {
                bits = bits << 8 | (request.get(JAVA_BYTE, VALUE + 2 + i) & 0xff);
            }
            return new MacAddress(bits);
        }
    }

    /** In Mbit/s, 0 without a link. */
    int linkSpeed() {
        if ((flags() & (IFF_UP | IFF_RUNNING)) != (IFF_UP | IFF_RUNNING)) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment command = arena.allocate(44, Integer.BYTES); // struct ethtool_cmd
            command.set(JAVA_INT, 0, ETHTOOL_GSET);
            if (ethtool(arena, command) < 0) {
                return UNKNOWN_SPEED;
            }
            int speed = Short.toUnsignedInt(command.get(JAVA_SHORT, 12)) | command.get(JAVA_SHORT, 28) << 16;
            return speed <= 0 || speed == 0xffff ? UNKNOWN_SPEED : speed;
        }
    }

    /** The kernel's driver, "unknown" if it does not say. */
    String driver() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(196, Integer.BYTES); // struct ethtool_drvinfo
            info.set(JAVA_INT, 0, ETHTOOL_GDRVINFO);
            return ethtool(arena, info) < 0 ? "unknown" : info.getString(4);
        }
    }

    /** How many receive queues it has. */
    int rxQueues() {
        return queues(20, "rx-");
    }

    /** How many transmit queues it has. */
    int txQueues() {
        return queues(24, "tx-");
    }

    /** Those of struct ethtool_channels that are of this kind alone, and those that are of both. */
    private int queues(int offset, String kind) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment channels = arena.allocate(36, Integer.BYTES);
            channels.set(JAVA_INT, 0, ETHTOOL_GCHANNELS);
            int own = ethtool(arena, channels) < 0 ? 0 : channels.get(JAVA_INT, offset) + channels.get(JAVA_INT, 32);
            return Math.max(1, own > 0 ? own : listed(kind));
        }
    }

    /** Those that sysfs lists, if it is that of this network namespace. */
    private int listed(String kind) {
        try (Stream<Path> queues = Files.list(folder().resolve("queues"))) {
            return (int) queues.filter(queue -> queue.getFileName().toString().startsWith(kind))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** What sysfs has of it, if it is that of this network namespace; else a folder that is not there. */
    Path folder() {
        Path folder = Path.of("/sys/class/net", String.valueOf(name()));
        try {
            boolean isThis = Files.readString(folder.resolve("ifindex")).strip().equals(Integer.toString(index));
            return isThis ? folder : folder.resolve("none");
        } catch (IOException e) {
            return folder.resolve("none");
        }
    }

    /** Has it receive frames for all addresses, or not any more. */
    void setPromiscuous(boolean on) {
        member(on, PROMISCUOUS, 0);
    }

    /** Has it receive frames for another address too, or not any more. */
    void setAddress(MacAddress address, boolean on) {
        member(on, UNICAST, address.bits());
    }

    private synchronized void member(boolean on, int kind, long mac) {
        if (memberships < 0) {
            int fd = (int) Linux.attempt("socket", AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (fd < 0) {
                throw XdpTrouble.noAddress(first, kind == PROMISCUOUS, -fd);
            }
            memberships = fd;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(16, Integer.BYTES); // struct packet_mreq
            request.set(JAVA_INT, 0, index);
            request.set(JAVA_SHORT, 4, (short) kind);
            request.set(JAVA_SHORT, 6, (short) 6);
            for (int i = 0; i < 6; i++) {
                request.set(JAVA_BYTE, 8 + i, (byte) (mac >> (40 - 8 * i)));
            }
            int option = on ? ADD_MEMBERSHIP : DROP_MEMBERSHIP;
            long result =
                    Linux.attempt("setsockopt", memberships, SOL_PACKET, option, request.address(), request.byteSize());
            if (result < 0 && on) {
                throw XdpTrouble.noAddress(first, kind == PROMISCUOUS, (int) -result);
            }
        }
    }

    private int flags() {
        try (Arena arena = Arena.ofConfined()) {
            return Short.toUnsignedInt(answer(arena, SIOCGIFFLAGS).get(JAVA_SHORT, VALUE));
        }
    }

    private MemorySegment hardware(Arena arena) {
        return answer(arena, SIOCGIFHWADDR);
    }

    private MemorySegment answer(Arena arena, int question) {
        String name = name();
        MemorySegment request = request(arena, name == null ? "" : name);
        int result = name == null ? -Errno.ENODEV : ask(question, request);
        if (result < 0) {
            throw XdpTrouble.gone(name == null ? "number " + index : name);
        }
        return request;
    }

    private int ethtool(Arena arena, MemorySegment command) {
        String name = name();
        if (name == null) {
            return -Errno.ENODEV;
        }
        MemorySegment request = request(arena, name);
        request.set(JAVA_LONG, VALUE, command.address());
        return ask(SIOCETHTOOL, request);
    }

    private static MemorySegment request(Arena arena, String name) {
        MemorySegment request = arena.allocate(BYTES, Long.BYTES);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_NAME) {
            throw XdpTrouble.noInterface(name);
        }
        MemorySegment.copy(bytes, 0, request, JAVA_BYTE, 0, bytes.length);
        return request;
    }

    private int ask(int question, MemorySegment request) {
        return (int) Linux.attempt("ioctl", control, question, request.address());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Retired.file(this, control);
            if (memberships >= 0) {
                Retired.file(this, memberships);
            }
        }
    }
}
