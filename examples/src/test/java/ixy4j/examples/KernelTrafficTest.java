package ixy4j.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example as a program of its own, on emulated cards by which Linux talks to it, or through it to Linux. */
class KernelTrafficTest {
    // no other run on this machine has these names
    private final String unique = "x" + Long.toString(ProcessHandle.current().pid(), 36);
    private final List<String> namespaces = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void needs() {
        Machine.needsTaps();
    }

    @AfterEach
    void deleteNamespaces() {
        namespaces.forEach(name -> Program.run("ip netns del " + name));
    }

    private String tap(int index) {
        return unique + index;
    }

    private String card(int index) {
        return "model:" + index + "?wire=tap:" + tap(index);
    }

    /** Moves the TAP of a card to a namespace of its number, with an address there. */
    private void join(Program example, int index, String address) {
        String name = tap(index);
        Program.run("ip netns add " + name);
        namespaces.add(name);
        example.await("TAP " + name, () -> Files.exists(Path.of("/sys/class/net", name)));
        Program.run("ip link set " + name + " netns " + name);
        Program.run("ip -n " + name + " addr add " + address + " dev " + name);
        Program.run("ip -n " + name + " link set " + name + " address 02:00:00:00:00:a" + index);
        Program.run("ip -n " + name + " link set " + name + " up");
    }

    private List<String> in(int index) {
        return List.of("ip", "netns", "exec", tap(index));
    }

    private void peer(int index, String... arguments) {
        try (Program peer = Program.java(in(index), Peer.class, arguments)) {
            peer.succeeds();
        }
    }

    @Test
    void echo() {
        try (Program echo = Program.java(List.of(), Echo.class, card(0), "192.0.2.1")) {
            join(echo, 0, "192.0.2.2/24");
            peer(0, "ping", "192.0.2.1");
            peer(0, "udp", "192.0.2.1");
            echo.stop();
        }
    }

    @Test
    void bridge() {
        try (Program bridge = Program.java(List.of(), Bridge.class, card(0), card(1), card(2))) {
            for (int i = 0; i < 3; i++) {
                join(bridge, i, "192.0.2.1" + i + "/24");
            }
            peer(0, "ping", "192.0.2.11");
            peer(1, "ping", "192.0.2.12");
            peer(2, "ping", "192.0.2.10");
            bridge.stop();
        }
    }

    @Test
    void nat() {
        try (Program nat =
                Program.java(List.of(), Nat.class, card(0), "192.0.2.1", card(1), "198.51.100.1", "198.51.100.2")) {
            join(nat, 0, "192.0.2.2/24");
            join(nat, 1, "198.51.100.2/24");
            Program.run("ip -n " + tap(0) + " route add default via 192.0.2.1");
            peer(0, "ping", "198.51.100.2");
            try (Program server = Program.java(in(1), Peer.class, "serve", "8080")) {
                server.awaitOutput("listening");
                peer(0, "tcp", "198.51.100.2", "8080");
                server.succeeds();
                assertTrue(server.output().contains("from 198.51.100.1\n"), server::toString);
            }
            nat.stop();
        }
    }

    @Test
    void capture() {
        Path file = folder.resolve("capture.pcap");
        try (Program capture = Program.java(List.of(), Capture.class, card(0), file.toString())) {
            capture.await("file", () -> Files.exists(file));
            join(capture, 0, "192.0.2.2/24");
            try (Program asking = Program.java(in(0), Peer.class, "ping", "192.0.2.1")) {
                asking.await("question", () -> asks(file, 2, 1));
            }
            capture.stop();
        }
        assertTrue(asks(file, 2, 1));
    }

    /** Whether a capture has an ARP request from 192.0.2.x for 192.0.2.y. */
    private static boolean asks(Path file, int x, int y) {
        byte[] question = Packets.arp(Packets.BROADCAST, 1, 0x0200_0000_00a0L, "192.0.2." + x, 0, "192.0.2." + y);
        try {
            return Files.readString(file, ISO_8859_1).contains(new String(question, ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void twoThreads() {
        try (Program program = Program.java(List.of(), TwoThreads.class, card(0), card(1))) {
            join(program, 0, "192.0.2.1/24");
            join(program, 1, "192.0.2.2/24");
            Program.run("ip -n " + tap(0) + " neigh add 192.0.2.2 lladdr 02:00:00:00:00:a1 dev " + tap(0));
            try (Program receiving = Program.java(in(1), Peer.class, "hear")) {
                receiving.awaitOutput("listening");
                try (Program sending = Program.java(in(0), Peer.class, "udp", "192.0.2.2")) {
                    sending.await("packet that arrives", receiving::hasEnded); // no answer can
                }
                receiving.succeeds();
            }
            program.stop();
        }
    }
}
