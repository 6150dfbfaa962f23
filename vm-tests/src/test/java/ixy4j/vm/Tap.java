package ixy4j.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A TAP of this machine, with an address, for the wire of a guest's card. The kernel's side of it is this machine. */
final class Tap implements AutoCloseable {
    final String name;

    private Tap(String name) {
        this.name = name;
    }

    /** Makes one. {@code letter} tells it from others of this run; the address has a network of 28 bits around it. */
    static Tap make(char letter, String address, int mtu) {
        return make(letter, address, mtu, 1);
    }

    /** Makes one for a card with several queues. */
    static Tap make(char letter, String address, int mtu, int queues) {
        // no other run on this machine has this name
        Tap tap = new Tap("x" + Long.toString(ProcessHandle.current().pid(), 36) + letter);
        removeLeftOver(address);
        ip("tuntap add " + tap.name + " mode tap" + (queues > 1 ? " multi_queue" : ""));
        silence(tap.name);
        ip("link set " + tap.name + " mtu " + mtu);
        ip("addr add " + address + "/28 dev " + tap.name);
        ip("link set " + tap.name + " up");
        return tap;
    }

    void setMtu(int mtu) {
        ip("link set " + name + " mtu " + mtu);
    }

    /** Nobody is asked for the MAC address of this neighbour: so it can have any. */
    void neighbour(String address, String mac) {
        ip("neigh replace " + address + " lladdr " + mac + " nud permanent dev " + name);
    }

    /** Without IPv6, which says something by itself now and then. */
    private static void silence(String name) {
        Path setting = Path.of("/proc/sys/net/ipv6/conf", name, "disable_ipv6");
        try {
            if (Files.exists(setting)) {
                Files.writeString(setting, "1");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that was killed leaves its own, which would take what is meant for ours. */
    private static void removeLeftOver(String address) {
        Program.run("ip -o addr show to " + address)
                .succeeds()
                .out()
                .lines()
                .map(line -> line.split(" +", 3)[1])
                .filter(name -> name.startsWith("x"))
                .forEach(name -> ip("link del " + name));
    }

    private static void ip(String arguments) {
        Program.run("ip " + arguments).succeeds();
    }

    @Override
    public void close() {
        Program.run("ip link del " + name);
    }
}
