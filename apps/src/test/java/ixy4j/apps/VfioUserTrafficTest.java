package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.linux.UnixSocket;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our commands on cards that another process plays, and that process when it goes away. */
class VfioUserTrafficTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path left;
    private Path right;

    @BeforeEach
    void sockets() {
        left = folder.resolve("a.sock");
        right = folder.resolve("b.sock");
    }

    /** Starts a server, and waits until it listens. */
    private Cli serve(String leftWire, String rightWire) {
        List<String> words = new ArrayList<>(List.of("nic", "--socket", left.toString(), "--wire", leftWire));
        if (rightWire != null) {
            words.addAll(List.of("--socket", right.toString(), "--wire", rightWire));
        }
        Cli server = Cli.start(words.toArray(String[]::new));
        long end = System.nanoTime() + LONG.toNanos();
        while (!Files.exists(rightWire == null ? left : right)) {
            assertTrue(System.nanoTime() < end, "the server makes no socket");
            Cli.pause(20);
        }
        return server;
    }

    private static String address(Path socket) {
        return "vfio-user:" + socket;
    }

    private static double total(Cli.Result result, int port, String name) {
        return Json.number(
                Json.objects(Json.lines(result.out()).getLast(), "totals").get(port), name);
    }

    /** A capture with these frames, to be played. */
    private Path capture(List<byte[]> frames) {
        return Capture.write(
                folder.resolve("in.pcap"), Capture.file(frames, ByteOrder.LITTLE_ENDIAN, Capture.MICROSECONDS, 1, 100));
    }

    private static void assertFrames(List<byte[]> frames, Path capture) {
        List<byte[]> came = Capture.read(capture);
        assertEquals(frames.size(), came.size());
        for (int i = 0; i < frames.size(); i++) {
            assertArrayEquals(frames.get(i), came.get(i), "frame " + i);
        }
    }

    @Test
    void framesAreForwardedWhole() {
        List<byte[]> frames = Capture.frames(4000, 11);
        Path out = folder.resolve("out.pcap");
        try (Cli server = serve("pcap:" + capture(frames), "pcap:-," + out)) {
            Cli.runUntilQuiet("fwd", address(left), address(right), "--no-touch")
                    .succeeds();
            server.signal("TERM");
            server.await(LONG).succeeds();
        }
        assertFrames(frames, out);
    }

    @Test
    void itGoesTogetherWithCardsOfThisProcess() {
        List<byte[]> frames = Capture.frames(4000, 12);
        Path out = folder.resolve("out.pcap");
        String model = "model:0?wire=pcap:" + capture(frames);
        try (Cli server = serve("pcap:-," + out, null)) {
            Cli.runUntilQuiet("fwd", model, address(left), "--no-touch").succeeds();
            server.signal("TERM");
            server.await(LONG).succeeds();
        }
        assertFrames(frames, out);
    }

    @Test
    void pktgenAndSinkAreOppositeEnds() {
        try (Cli server = serve("cross:x", "cross:x");
                Cli sink = Cli.start("sink", address(right), "--json")) {
            sink.awaitLines(1); // it has a link once pktgen has one
            Cli.run(Cli.ixy("pktgen", address(left), "--count", "100000", "--quiet", "--json"), LONG)
                    .succeeds();
            sink.awaitLines(sink.lines() + 2); // one a second, so it has had time for what was on its way
            sink.signal("TERM");
            Cli.Result result = sink.await(LONG).succeeds();
            assertEquals(100_000, total(result, 0, "rx_packets") + total(result, 0, "dropped"), result::toString);
            assertTrue(total(result, 0, "rx_packets") > 0, result::toString);
            server.signal("TERM");
            server.await(LONG).succeeds();
        }
    }

    /** One after the other, each with a card that was reset. */
    @Test
    void clientsComeAndGo() {
        try (Cli server = serve("generator", null)) {
            for (int i = 0; i < 2; i++) {
                Cli.Result result = Cli.run(Cli.ixy("sink", address(left), "--seconds", "1", "--json", "--quiet"), LONG)
                        .succeeds();
                assertTrue(total(result, 0, "rx_packets") > 1000, result::toString);
            }
            server.signal("TERM");
            server.await(LONG).succeeds();
        }
    }

    @Test
    void aServerThatIsKilledEndsUsInOneLine() {
        try (Cli server = serve("generator", "generator");
                Cli forwarder = Cli.start("fwd", address(left), address(right))) {
            forwarder.awaitLines(2);
            server.signal("KILL");
            Cli.Result result = forwarder.await(LONG);
            assertEquals(1, result.exit(), result::toString);
            assertEquals(1, result.err().lines().count(), result::toString);
            assertTrue(result.err().startsWith("ixy: vfio-user:"), result::toString);
            assertTrue(result.err().contains("the server closed the connection"), result::toString);
        }
    }

    @Test
    void aServerThatHangsEndsUsInOneLine() {
        try (Cli server = serve("generator", null);
                Cli sink = Cli.start("sink", address(left))) {
            sink.awaitLines(1);
            server.signal("STOP");
            Cli.Result result = sink.await(LONG);
            server.signal("CONT");
            assertEquals(1, result.exit(), result::toString);
            assertEquals(1, result.err().lines().count(), result::toString);
            assertTrue(result.err().contains("does not answer REGION_READ within 5000 ms"), result::toString);
        }
    }

    @Test
    void weAreKilledAndTheNextOneFindsACard() {
        try (Cli server = serve("generator", null)) {
            try (Cli sink = Cli.start("sink", address(left))) {
                sink.awaitLines(1);
                sink.signal("KILL");
            }
            Cli.run(Cli.ixy("sink", address(left), "--seconds", "1", "--quiet"), LONG)
                    .succeeds();
            assertTrue(server.pid() > 0);
        }
    }

    @Test
    void whatIsNoServerIsNamed() throws IOException {
        Cli.run("sink", address(left)).failsInOneLine(1, address(left), "there is no such socket", "start the server");
        Files.createFile(left);
        Cli.run("sink", address(left)).failsInOneLine(1, address(left), "nobody listens there");
        Cli.run("sink", "vfio-user:").failsInOneLine(2, "should name a socket");
        Cli.run("sink", address(left) + "?x=y").failsInOneLine(1, "nobody listens there");
        String tooLong = "/" + "x".repeat(120);
        Cli.run("sink", "vfio-user:" + tooLong + "?x=y")
                .failsInOneLine(
                        2, "'vfio-user:" + tooLong + "?x=y': '" + tooLong + "' should be", "107 bytes, not 121");
        Cli.run("sink", "vhost-user:" + tooLong)
                .failsInOneLine(2, "'vhost-user:" + tooLong + "': '" + tooLong + "' should be", "107 bytes, not 121");
    }

    @Test
    void optionsThatTheDriverDoesNotHaveAreRefused() {
        try (Cli server = serve("none", null)) {
            Cli.run("sink", address(left) + "?x=y").failsInOneLine(2, address(left) + "?x=y", "there is no option x");
            assertTrue(server.pid() > 0);
        }
    }

    @Test
    void garbageIsNamed() {
        try (UnixSocket listener = new UnixSocket()) {
            assertEquals(0, listener.listen(left.toString()));
            Thread.ofPlatform().daemon().start(() -> {
                try (UnixSocket socket = listener.accept(20_000)) {
                    socket.send("220 mail.example.org ESMTP\r\n".getBytes(StandardCharsets.US_ASCII), new int[0], 1000);
                    Cli.pause(1000);
                }
            });
            Cli.Result result = Cli.run("sink", address(left))
                    .failsInOneLine(1, address(left), " command 8240, id 12850, flags 0x", "speaks no vfio-user");
            assertFalse(result.err().contains("Exception"), result::toString);
        }
    }
}
