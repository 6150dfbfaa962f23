package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do to files of captures: no run destroys one that it should not, and none is left in pieces. */
class CaptureFilesTest {
    private static final int RECORD = 16 + 60; // bytes of the shortest frame in a file

    @TempDir
    private Path folder;

    private Path old; // a capture that is there
    private Path out; // none yet
    private byte[] before;

    @BeforeEach
    void captures() throws IOException {
        old = Capture.write(folder.resolve("old.pcap"), Capture.frames(3, 1));
        before = Files.readAllBytes(old);
        out = folder.resolve("out.pcap");
    }

    private void isAsBefore() {
        try {
            assertArrayEquals(before, Files.readAllBytes(old));
        } catch (IOException e) {
            fail(e);
        }
    }

    // ---- one file for two

    @Test
    void twoCardsOfOneRunDoNotReadAndWriteOneFile() throws IOException {
        Path link = Files.createLink(folder.resolve("link.pcap"), old);
        Cli.run("fwd", "model:0?wire=pcap:" + old, "model:1?wire=pcap:-," + link)
                .failsInOneLine(1, link + ": is being played, by this ixy or another: write to another file");
        Cli.run("fwd", "model:0?wire=pcap:-," + old, "model:1?wire=pcap:" + link)
                .failsInOneLine(1, link + ": is being written, by this ixy or another: read it when that has ended");
        Cli.run("fwd", "model:0?wire=pcap:-," + old, "model:1?wire=pcap:-," + link)
                .failsInOneLine(1, link + ": is being written, by this ixy or another: write to another file");
        Cli.Result served = Cli.run(
                "nic",
                "--socket",
                folder + "/a",
                "--wire",
                "pcap:" + old,
                "--socket",
                folder + "/b",
                "--wire",
                "pcap:," + old);
        assertEquals(1, served.exit(), served::toString);
        assertTrue(served.err().contains("is being played"), served::toString);
        isAsBefore();
    }

    @Test
    void norDoTwoRuns() {
        try (Cli player = Cli.start("sink", "model:0?wire=pcap:" + old)) {
            player.awaitLines(1);
            Cli.run("pktgen", "model:0?wire=pcap:-," + old, "--count", "1").failsInOneLine(1, "is being played");
            Cli.run("sink", "model:0?wire=pcap:" + old, "--seconds", "0.1").succeeds();
            isAsBefore();
        }
        try (Cli writer = Cli.start("pktgen", "model:0?wire=pcap:-," + out, "--rate", "0.0001")) {
            writer.awaitLines(1);
            Cli.run("pktgen", "model:0?wire=pcap:-," + out, "--count", "1").failsInOneLine(1, "is being written");
            Cli.run("nic", "--socket", folder + "/a", "--wire", "pcap:" + out).failsInOneLine(1, "is being written");
            writer.signal("TERM");
            Cli.Result result = writer.await(Cli.SHORT).succeeds();
            assertTrue(Capture.read(out).size() > 1, result::toString);
        }
    }

    @Test
    void aTraceIsNoCapture() {
        String socket = folder.resolve("nic.sock").toString();
        Cli.run("nic", "--trace", old.toString(), "--socket", socket, "--wire", "pcap:" + old)
                .failsInOneLine(1, "is being written");
        Cli.run("nic", "--trace", old.toString(), "--socket", socket, "--wire", "pcap:," + old)
                .failsInOneLine(1, "is being written");
        isAsBefore();
    }

    // ---- a run that fails at its start

    @Test
    void aRunThatFailsAtItsStartLeavesTheOldCapture() {
        Cli.run("fwd", "model:0?wire=pcap:-," + old, "model:1?wire=bogus").failsInOneLine(2, "bogus");
        Cli.run("fwd", "model:0?wire=pcap:-," + old, "model:0").failsInOneLine(1, "in use");
        Cli.run("fwd", "model:0?wire=pcap:-," + old + "&fault=reset-hangs", "model:1")
                .failsInOneLine(1, "CTRL");
        Cli.run("fwd", "model:0?wire=pcap:missing.pcap," + old, "model:1").failsInOneLine(1, "missing.pcap");
        isAsBefore();
    }

    // ---- a run that is killed

    /** Waits until a file has so many bytes. */
    private static void awaitSize(Path file, long size) {
        long end = System.nanoTime() + Cli.SHORT.toNanos();
        try {
            while (!Files.exists(file) || Files.size(file) < size) {
                assertTrue(System.nanoTime() < end, () -> file + " does not reach " + size + " bytes");
                Cli.pause(10);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Without more traffic, so that nothing but time brings them into the file. */
    @Test
    void aKilledRunLeavesTheFramesOfASecondAgo() {
        try (Cli cli = Cli.start("fwd", "model:0?wire=generator,count=100", "model:1?wire=pcap:-," + out)) {
            awaitSize(out, 24 + 100 * RECORD);
            cli.signal("KILL");
            cli.await(Cli.SHORT);
        }
        assertEquals(100, Capture.read(out).size());
    }

    @Test
    void aKilledRunLeavesWholeRecords() {
        try (Cli cli = Cli.start("pktgen", "model:0?wire=pcap:-," + out, "--rate", "0.001")) {
            awaitSize(out, 24 + 3 * RECORD);
            cli.signal("KILL");
            cli.await(Cli.SHORT);
        }
        assertTrue(Capture.read(out).size() >= 3);
    }

    // ---- a disk that is full

    @Test
    void aFileThatCanGrowNoMoreEndsWithAWholeRecord() throws IOException {
        List<String> limited = Cli.words(
                List.of("bash", "-c", "ulimit -f 200; exec \"$@\"", "bash"), // of 1024 bytes
                Cli.ixy("pktgen", "model:0?wire=pcap:-," + out, "--count", "5000"));
        Cli.Result result = Cli.run(limited, Cli.SHORT);
        assertEquals(1, result.exit(), result::toString);
        int whole = (200 * 1024 - 24) / RECORD;
        assertTrue(
                result.err()
                        .contains(out + ": could not be written, the capture is incomplete, " + (5000 - whole)
                                + " frames are missing: File too large"),
                result::toString);
        assertEquals(whole, Capture.read(out).size());
    }

    // ---- what is played

    @Test
    void whatIsNotPlayedIsSaidWhenTheCardIsOpened() {
        List<byte[]> frames = Capture.frames(3, 1);
        ByteBuffer file = Capture.file(frames);
        int second = 24 + 16 + frames.getFirst().length;
        file.putInt(second + 12, 5000); // the frame had more than was captured
        Path in = Capture.write(folder.resolve("in.pcap"), file.limit(file.limit() - 1));
        Cli.Result result = Cli.runUntilQuiet("sink", "model:0?wire=pcap:" + in).succeeds();
        assertEquals(
                "ixy: " + in + ": plays 1 frames; passed over: 1 cut short, 1 truncated by the end of the file\n",
                result.err());
        Map<String, Object> totals =
                Json.objects(Json.lines(result.out()).getLast(), "totals").getFirst();
        assertEquals(1, Json.number(totals, "rx_packets"), result::toString);

        try (Cli nic = Cli.start("nic", "--socket", folder + "/a", "--wire", "pcap:" + in)) {
            nic.awaitError("passed over: 1 cut short");
            nic.signal("TERM");
            assertTrue(nic.await(Cli.SHORT).succeeds().err().contains("passed over: 1 cut short"));
        }
    }

    @Test
    void aPackedCaptureIsPlayed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(before);
        }
        Path in = Files.write(folder.resolve("in.pcap.gz"), packed.toByteArray());
        Cli.Result result = Cli.runUntilQuiet(
                        "fwd", "model:0?wire=pcap:" + in, "model:1?wire=pcap:-," + out, "--no-touch")
                .succeeds();
        Capture.assertSame(Capture.frames(3, 1), Capture.read(out), result);
    }

    /** A capture that is played by the clock does not wait: its beginning passes while the cards are being set up. */
    @Test
    void aPacedCaptureComesOutAsItWentInFromSomeFrameOn() {
        List<byte[]> frames = Capture.frames(1000, 3);
        Path in = Capture.write(
                folder.resolve("in.pcap"), Capture.file(frames, ByteOrder.BIG_ENDIAN, Capture.NANOSECONDS, 1, 2000));
        Cli.Result result = Cli.runUntilQuiet(
                        "fwd",
                        "model:0?wire=pcap:" + in + ",paced",
                        "model:1?wire=pcap:," + out,
                        "--no-touch",
                        "--ring",
                        "4096")
                .succeeds();
        List<byte[]> forwarded = Capture.read(out);
        assertTrue(forwarded.size() > 100, result::toString);
        Capture.assertSame(frames.subList(1000 - forwarded.size(), 1000), forwarded, result);

        List<Map<String, Object>> ports = Json.objects(Json.lines(result.out()).getLast(), "totals");
        double received = Json.number(ports.getFirst(), "rx_packets");
        double dropped = Json.number(ports.getFirst(), "dropped") + Json.number(ports.getLast(), "dropped");
        assertEquals(received, forwarded.size() + dropped, () -> "nothing is lost without a counter: " + result);
    }

    /** A mapped file would end the process by a signal. */
    @Test
    void aCaptureThatShrinksWhileItIsPlayedIsSaidAtTheEnd() throws IOException {
        Path in = Capture.write(folder.resolve("in.pcap"), Capture.frames(20_000, 2));
        try (Cli cli = Cli.start("sink", "model:0?wire=pcap:" + in + "&fault=flap=100ms/101ms")) {
            cli.awaitLines(1);
            try (FileChannel channel = FileChannel.open(in, StandardOpenOption.WRITE)) {
                channel.truncate(1000);
            }
            cli.awaitLines(3);
            cli.signal("TERM");
            Cli.Result result = cli.await(Cli.SHORT);
            assertEquals(1, result.exit(), result::toString);
            assertTrue(result.err().contains(" of 20000 frames could not be played: "), result::toString);
            assertEquals(1, result.err().lines().count(), result::toString);
        }
    }
}
