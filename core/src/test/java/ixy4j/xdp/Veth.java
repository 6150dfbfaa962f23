package ixy4j.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two interfaces with a cable between them, on which nobody else sends anything. */
final class Veth implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final String name; // of our end
    final String peer;

    /** A pair with so many queues each way. */
    Veth(int queues) {
        Machine.needsRoot();
        Machine.needsProgram("ip");
        String unique =
                "i" + Long.toString(ProcessHandle.current().pid(), 36) + Integer.toString(COUNT.getAndIncrement(), 36);
        name = unique + "a";
        peer = unique + "b";
        String size = " numrxqueues " + queues + " numtxqueues " + queues;
        run("ip link add " + name + size + " type veth peer name " + peer + size);
        for (String end : List.of(name, peer)) {
            Path silence = Path.of("/proc/sys/net/ipv6/conf", end, "disable_ipv6");
            if (Files.exists(silence)) {
                run("sysctl -q -w net.ipv6.conf." + end + ".disable_ipv6=1");
            }
        }
        run("ip link set " + peer + " mtu 3000"); // sends what is too long for the other
        run("ip link set " + name + " up");
        run("ip link set " + peer + " up");
    }

    /** Runs a program, and says what it printed. */
    static String run(String line) {
        try {
            Process process = new ProcessBuilder(line.split(" ", -1))
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), line + ": " + out);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The index of the other end. */
    int peerIndex() {
        return (int) number(peer, "ifindex");
    }

    /** How many frames our end has sent. */
    long sent() {
        return number(name, "statistics/tx_packets");
    }

    private static long number(String name, String file) {
        try {
            return Long.parseLong(
                    Files.readString(Path.of("/sys/class/net", name).resolve(file))
                            .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run("ip link del " + name);
    }
}
