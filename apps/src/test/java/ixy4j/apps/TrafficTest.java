package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that go in come out: through generator, sink and forwarder, from file to file. */
class TrafficTest {
    @TempDir
    private Path folder;

    // ---- pktgen

    private List<byte[]> generated(String... options) {
        Path file = folder.resolve("generated.pcap");
        List<String> arguments = new ArrayList<>(List.of("pktgen", "model:0?wire=pcap:," + file, "--quiet"));
        arguments.addAll(List.of(options));
        Cli.Result result = Cli.run(arguments.toArray(new String[0])).succeeds();
        assertEquals("", result.err());
        return Capture.read(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 61, 1514})
    void pktgenSendsValidUdpFrames(int size) {
        List<byte[]> frames = generated("--count", "1000", "--size", Integer.toString(size));
        assertEquals(1000, frames.size());
        for (int i = 0; i < 1000; i++) {
            checkUdp(frames.get(i), size, i);
        }
    }

    @Test
    void pktgenSendsItsCountThroughASmallRing() {
        List<byte[]> frames = generated("--count", "20011", "--ring", "64", "--batch", "256");
        assertEquals(20_011, frames.size());
        for (int i = 0; i < frames.size(); i++) {
            checkUdp(frames.get(i), 60, i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 1514})
    void pktgenThatIsNotCheckedSendsTheSameFrameAgain(int size) {
        List<byte[]> frames = generated(
                "--no-check", "--count", "5011", "--size", Integer.toString(size), "--ring", "64", "--batch", "256");
        assertEquals(5011, frames.size());
        for (byte[] frame : frames) {
            checkUdp(frame, size, 0);
        }
    }

    /** By RFC 791 and 768, with no help of ours; our own part is the sequence number at the start of the data. */
    private static void checkUdp(byte[] bytes, int size, long sequence) {
        assertEquals(size, bytes.length);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        assertEquals(0, bytes[0] & 1, "an individual destination");
        assertEquals(0, bytes[6] & 1, "an individual source");
        assertEquals(0x0800, frame.getShort(12), "EtherType");
        assertEquals(0x45, frame.get(14), "version and header length");
        assertEquals(size - 14, frame.getShort(16) & 0xffff, "total length");
        assertTrue(frame.get(22) > 0, "TTL");
        assertEquals(17, frame.get(23), "protocol");
        assertEquals(0xffff, sum(frame, 14, 34, 0), "IP checksum");
        int udpLength = frame.getShort(38) & 0xffff;
        assertEquals(size - 34, udpLength, "UDP length");
        assertTrue(frame.getShort(40) != 0, "a UDP checksum is there");
        assertEquals(0xffff, sum(frame, 26, size, 17 + udpLength), "UDP checksum with its pseudo header");
        assertEquals(sequence, frame.getLong(42), "sequence number");
    }

    /** The one's complement sum of 16-bit numbers. */
    private static int sum(ByteBuffer frame, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i++) {
            sum += (frame.get(i) & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    /** Never more than it allows, and a fair share of it in the first second in which the machine lets it. */
    @Test
    void pktgenKeepsItsRate() {
        Cli.Result result;
        try (Cli pktgen = Cli.start("pktgen", "model:0?wire=sink", "--rate", "0.01", "--json")) {
            pktgen.await(
                    "second with a quarter of the rate",
                    Cli.LONG,
                    () -> Json.lines(String.join("\n", pktgen.whole())).stream()
                            .anyMatch(line -> Json.number(line, "tx_mpps") > 0.0025));
            pktgen.signal("TERM");
            result = pktgen.await(Cli.SHORT).succeeds();
        }
        Map<String, Object> last = Json.lines(result.out()).getLast();
        double frames = Json.number(last, "frames");
        assertTrue(frames <= 1 + 10_000 * Json.number(last, "seconds"), result::toString); // the first goes at once
        assertEquals(frames, Json.number(Json.objects(last, "totals").getFirst(), "tx_packets"), result::toString);
    }

    /** A capture goes out as it is, as often as it is wanted; what is too short is filled up. */
    @Test
    void pktgenSendsACapture() {
        List<byte[]> frames = new ArrayList<>(Capture.frames(50, 3));
        frames.add(new byte[14]);
        Path file = Capture.write(folder.resolve("in.pcap"), frames);
        frames.set(50, new byte[60]);
        List<byte[]> sent = generated("--from", file.toString(), "--speed", "max", "--loop", "3");
        assertEquals(153, sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(frames.get(i % 51), sent.get(i), "frame " + i);
        }
        assertEquals(
                70,
                generated("--from", file.toString(), "--rate", "1", "--loop", "0", "--count", "70")
                        .size());
    }

    /** Before the first is sent, and not only in the totals; also when there are others behind the first that do not fit. */
    @Test
    void pktgenSaysAtOnceWhatOfACaptureDoesNotGo() {
        Path file = Capture.write(folder.resolve("in.pcap"), List.of(new byte[60], new byte[1600], new byte[9000]));
        try (Cli cli = Cli.start(
                "pktgen", "model:0?wire=sink", "--from", file.toString(), "--rate", "0.001", "--loop", "0", "--json")) {
            cli.awaitError(
                    "in.pcap has frames of up to 9000 bytes: those above 1856, longer than a buffer, are passed over");
            cli.awaitError("ixy: model:0?wire=sink drops those frames of the capture that are longer than it sends");
            cli.signal("TERM");
            Cli.Result result = cli.await(Cli.SHORT).succeeds();
            assertEquals(2, result.err().lines().count(), result::toString);
            Map<String, Object> last = Json.lines(result.out()).getLast();
            assertTrue(Json.number(last, "longer_than_a_buffer") > 0, result::toString);
            assertTrue(Json.number(Json.objects(last, "totals").getFirst(), "tx_wrong_length") > 0, result::toString);
        }
        Cli.Result once = Cli.run("pktgen", "model:0?wire=sink", "--from", file.toString(), "--speed", "max");
        assertEquals(2, once.succeeds().err().lines().count(), once::toString);
    }

    @Test
    void pktgenSaysThatItWaitsForACapturesNextFrame() {
        Path file = Capture.write(
                folder.resolve("in.pcap"),
                Capture.file(Capture.frames(2, 1), ByteOrder.LITTLE_ENDIAN, Capture.MICROSECONDS, 1, 600_000_000));
        try (Cli cli = Cli.start("pktgen", "model:0?wire=sink", "--from", file.toString())) {
            cli.awaitLines(2);
            cli.signal("TERM");
            String first =
                    cli.await(Cli.SHORT).succeeds().out().lines().findFirst().orElse("");
            assertTrue(first.matches(".*  dropped 0, next frame of the capture in 5\\d\\d s"), first);
        }
    }

    @Test
    void pktgenNamesWhatIsNoCapture() throws IOException {
        Path file = Files.writeString(folder.resolve("in.txt"), "no capture");
        Cli.run("pktgen", "model:0", "--from", file.toString()).failsInOneLine(1, "is 10 bytes long");
        Cli.run("pktgen", "model:0", "--from", folder.resolve("none").toString())
                .failsInOneLine(1, "none");
    }

    @Test
    void pktgenMeasuresWhatComesBack() {
        Cli.Result result = Cli.run(
                        "pktgen",
                        "model:0?wire=cross:latency",
                        "model:1?wire=cross:latency",
                        "--latency",
                        "--count",
                        "2000",
                        "--rate",
                        "0.002",
                        "--imix",
                        "--flows",
                        "70",
                        "--json",
                        "--quiet")
                .succeeds();
        Map<String, Object> last = Json.lines(result.out()).getLast();
        assertEquals(2000, Json.number(last, "frames"), result::toString);
        for (String none : List.of("lost", "out_of_order", "duplicates", "late", "of_others")) {
            assertEquals(0, Json.number(last, none), result::toString);
        }
        Map<String, Object> latency = Json.object(last, "latency_ns");
        assertEquals(2000, Json.number(latency, "frames"), result::toString);
        double before = 1;
        for (String percentile : List.of("least", "p50", "p90", "p99", "p99_9", "most")) {
            assertTrue(Json.number(latency, percentile) >= before, result::toString);
            before = Json.number(latency, percentile);
        }
    }

    /** What another generator sends is not taken for ours, whatever its numbers are. */
    @Test
    void pktgenKnowsFramesOfOthers() {
        Cli.Result result = Cli.run(
                        "pktgen",
                        "model:0?wire=generator,count=500",
                        "--latency",
                        "--count",
                        "500",
                        "--json",
                        "--quiet")
                .succeeds();
        Map<String, Object> last = Json.lines(result.out()).getLast();
        assertEquals(500, Json.number(last, "lost"), result::toString);
        assertEquals(500, Json.number(last, "of_others"), result::toString);
    }

    /** Nothing comes back from a sink, and the command ends all the same. */
    @Test
    void pktgenCountsWhatDoesNotComeBack() {
        Cli.Result result = Cli.run("pktgen", "model:0?wire=sink", "--latency", "--count", "100")
                .succeeds();
        assertTrue(result.out().contains(", frames 100, lost 100, out of order 0, duplicates 0"), result::toString);
        assertTrue(result.out().contains("no latency: no frame came back"), result::toString);
    }

    // ---- sink

    /** What the sink says about these frames: checked, missing, out of order, not of pktgen. */
    private void sink(List<byte[]> frames, int checked, int missing, int disordered, int invalid) {
        Path file = Capture.write(folder.resolve("sink.pcap"), frames);
        Cli.Result result =
                Cli.runUntilQuiet("sink", "model:0?wire=pcap:" + file).succeeds();
        Map<String, Object> last = Json.lines(result.out()).getLast();
        assertEquals(checked, Json.number(last, "checked"), result::toString);
        assertEquals(missing, Json.number(last, "missing"), result::toString);
        assertEquals(disordered, Json.number(last, "out_of_order"), result::toString);
        assertEquals(invalid, Json.number(last, "not_of_pktgen"), result::toString);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void sinkChecksWhatPktgenSent() {
        List<byte[]> frames = generated("--count", "1000", "--size", "99");
        sink(frames, 1000, 0, 0, 0);

        List<byte[]> removed = new ArrayList<>(frames);
        removed.subList(500, 503).clear();
        sink(removed, 997, 3, 0, 0);

        // the one that comes late was counted as missing when the one behind it came
        List<byte[]> swapped = new ArrayList<>(frames);
        swapped.add(11, swapped.remove(10));
        sink(swapped, 1000, 1, 1, 0);

        List<byte[]> damaged = new ArrayList<>(frames);
        byte[] copy = frames.get(700).clone();
        copy[70] ^= 4;
        damaged.set(700, copy);
        damaged.add(Capture.frames(1, 1).getFirst());
        sink(damaged, 999, 1, 0, 2);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void sinkThatDoesNotCheckTakesAnything() {
        Path file = Capture.write(folder.resolve("sink.pcap"), Capture.frames(500, 1));
        Cli.Result result = Cli.runUntilQuiet("sink", "model:0?wire=pcap:" + file, "--no-check")
                .succeeds();
        Map<String, Object> last = Json.lines(result.out()).getLast();
        assertEquals(500, Json.number(Json.objects(last, "totals").getFirst(), "rx_packets"), result::toString);
        assertFalse(last.containsKey("checked") || last.containsKey("not_of_pktgen"), result::toString);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void sinkTakesForwardedFrames() {
        List<byte[]> frames = generated("--count", "100");
        sink(Capture.touched(Capture.touched(frames)), 100, 0, 0, 0);
    }

    // ---- fwd

    /** Forwards both ways at once, and checks both. */
    private void forwardBothWays(ByteOrder order, int magic, String how, String... options) {
        List<byte[]> right = Capture.frames(3000, 1);
        List<byte[]> left = Capture.frames(2000, 2);
        Path in0 = Capture.write(folder.resolve("in0.pcap"), Capture.file(right, order, magic, 1, 200));
        Path in1 = Capture.write(folder.resolve("in1.pcap"), Capture.file(left, order, magic, 1, 200));
        Path out0 = folder.resolve("out0.pcap");
        Path out1 = folder.resolve("out1.pcap");
        List<String> arguments = new ArrayList<>(List.of(
                "fwd", "model:0?wire=pcap:" + in0 + "," + out0 + how, "model:1?wire=pcap:" + in1 + "," + out1 + how));
        arguments.addAll(List.of(options));
        Cli.Result result = Cli.runUntilQuiet(arguments.toArray(new String[0])).succeeds();
        assertEquals("", result.err());
        boolean touch = !arguments.contains("--no-touch");
        Capture.assertSame(touch ? Capture.touched(right) : right, Capture.read(out1), result);
        Capture.assertSame(touch ? Capture.touched(left) : left, Capture.read(out0), result);
    }

    /** With rings that hold all of it, so that nothing is dropped whatever the machine does meanwhile. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aCaptureComesOutAsItWentIn(boolean bigEndian, boolean nanoseconds) {
        forwardBothWays(
                bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                nanoseconds ? Capture.NANOSECONDS : Capture.MICROSECONDS,
                "",
                "--no-touch",
                "--ring",
                "4096");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCaptureComesOutTouched() {
        forwardBothWays(ByteOrder.LITTLE_ENDIAN, Capture.MICROSECONDS, "", "--ring", "4096");
    }

    /** A capture waits to be taken: no frame of it is dropped, however much longer it is than the rings. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"64", "512"})
    void aCaptureLongerThanTheRingsComesOutWhole(String ring) {
        forwardBothWays(ByteOrder.LITTLE_ENDIAN, Capture.MICROSECONDS, "", "--no-touch", "--ring", ring);
    }
}
