package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.linux.UnixSocket;
import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;
import ixy4j.vfiouser.VfioUserProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ixy nic}: its lines, its socket files, its trace. */
class NicTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private String socket;

    @BeforeEach
    void path() {
        socket = folder.resolve("nic.sock").toString();
    }

    @Test
    void itSaysWhatHappensAndRemovesItsFiles() {
        String other = folder.resolve("other.sock").toString();
        try (Cli nic = Cli.start(
                "nic",
                "--socket",
                socket,
                "--wire",
                "cross:x",
                "--wire",
                "cross:x",
                "--socket",
                other,
                "--mac",
                "02:00:00:00:00:09")) {
            nic.awaitLines(2);
            VfioUserProvider.function(Address.parse("vfio-user:" + other)).close();
            nic.awaitLines(4);
            nic.signal("TERM");
            Cli.Result result = nic.await(SOON).succeeds();
            List<String> lines = result.out().lines().toList();
            assertTrue(
                    lines.get(0).startsWith(socket + ": an 82599 with address 02:82:59:90:00:00 listens"),
                    result::toString);
            assertTrue(
                    lines.get(1).startsWith(other + ": an 82599 with address 02:00:00:00:00:09 listens"),
                    result::toString);
            assertEquals(other + ": a client connected", lines.get(2));
            assertEquals(other + ": the client closed the connection; the card is reset", lines.get(3));
            assertEquals(socket + ": received 0, sent 0, dropped 0 frames; no mistake of the driver", lines.get(4));
            assertEquals("", result.err());
        }
        assertFalse(Files.exists(Path.of(socket)) || Files.exists(Path.of(other)));
    }

    @Test
    void aSocketThatNobodyListensAtIsReplaced() {
        try (UnixSocket left = new UnixSocket()) {
            assertEquals(0, left.listen(socket));
        }
        assertTrue(Files.exists(Path.of(socket)));
        try (Cli nic = Cli.start("nic", "--socket", socket, "--wire", "none")) {
            nic.awaitLines(1);
            Cli.run("nic", "--socket", socket).failsInOneLine(1, socket, "is taken"); // this one is alive
            nic.signal("TERM");
            nic.await(SOON).succeeds();
        }
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Cli.run("nic", "--socket", file.toString()).failsInOneLine(1, file.toString(), "is taken");
        Cli.run("nic", "--socket", folder.resolve("no/such").toString()).failsInOneLine(1, "does not exist");
        String tooLong = "/" + "x".repeat(200);
        Cli.run("nic", "--socket", tooLong)
                .failsInOneLine(
                        2, "--socket '" + tooLong + "' should be the path of a socket, 1 to 107 bytes, not 201");
        Cli.run("nic", "--socket", socket, "--wire", "string").failsInOneLine(2, "string", "generator");
        Cli.run("nic", "--socket", socket, "--mac", "ff:ff:ff:ff:ff:ff").failsInOneLine(2, "ff:ff:ff:ff:ff:ff");
        Cli.run("nic", "--socket", socket, "--wire", "generator,rat=1")
                .failsInOneLine(2, "--wire 'generator,rat=1': there is no option rat: this wire takes size, rate, ");
        Cli.run("nic", "--socket", socket, "--fault", "none-such")
                .failsInOneLine(2, "--fault 'none-such': there is no fault none-such: there are reset-hangs, ");
        Cli.run("nic", "--socket", socket, "--mistakes", "forgive")
                .failsInOneLine(2, "--mistakes 'forgive'", "stop or count");
        Cli.run("nic", "--socket", socket, "--spread", "65")
                .failsInOneLine(2, "--spread '65' should be a whole number from 1 to 64", "1 to 64");
        Cli.run("nic", "--socket", socket, "--trace", folder.toString()).failsInOneLine(1, "trace");
        assertFalse(Files.exists(Path.of(socket)));
    }

    /** Its client reads a register that is reserved. */
    @Test
    void aMistakeIsCountedOrEndsIt() {
        for (boolean stop : new boolean[] {false, true}) {
            try (Cli nic = Cli.start(
                    "nic",
                    "--socket",
                    socket,
                    "--wire",
                    "none",
                    "--strict",
                    "--spread",
                    "2",
                    "--mistakes",
                    stop ? "stop" : "count")) {
                nic.awaitLines(1);
                try (PciFunction card = VfioUserProvider.function(Address.parse("vfio-user:" + socket))) {
                    card.bar(0).get32(0x7fff0);
                } catch (IxyException e) {
                    assertTrue(stop && e.getMessage().contains("EIO"), e::getMessage);
                }
                if (!stop) {
                    nic.awaitLines(4);
                    nic.signal("TERM");
                }
                Cli.Result result = nic.await(SOON);
                assertTrue((result.out() + result.err()).contains("0x7FFF0"), result::toString);
                assertEquals(stop ? 1 : 0, result.exit(), result::toString);
            }
        }
    }

    @Test
    void theTraceIsTheStoryOfADriver() throws IOException {
        Path trace = folder.resolve("trace");
        try (Cli nic = Cli.start("nic", "--socket", socket, "--wire", "generator", "--trace", trace.toString())) {
            nic.awaitLines(1);
            Cli.run(Cli.ixy("sink", "vfio-user:" + socket, "--seconds", "1"), SOON.multipliedBy(4))
                    .succeeds();
            nic.signal("TERM");
            nic.await(SOON).succeeds();
        }
        String story = Files.readString(trace);
        int reset = story.indexOf("write CTRL ");
        int receive = story.indexOf("write RXCTRL       0x03000 = 0x00000001  RXEN ");
        assertTrue(reset > 0 && receive > reset, story);
        assertTrue(story.contains("write MTA[0..127]"), story);
        assertTrue(story.contains("8.2.3.8.10 Receive Control"), story);
    }
}
