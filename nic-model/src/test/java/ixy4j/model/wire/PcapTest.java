package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ixy4j.linux.IxyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PcapTest {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    @TempDir
    private Path folder;

    private final long memory = Memory.allocate(70_000);
    private long now;

    /** A capture as its format says, written independently of {@link PcapWriter}. */
    private static final class Capture {
        private final ByteBuffer bytes = ByteBuffer.allocate(4 << 20);

        Capture(ByteOrder order, int magic) {
            bytes.order(order).putInt(magic).putShort((short) 2).putShort((short) 4);
            bytes.putInt(0).putInt(0).putInt(65535).putInt(1);
        }

        Capture record(int seconds, int fraction, int captured, int length, byte... frame) {
            bytes.putInt(seconds)
                    .putInt(fraction)
                    .putInt(captured)
                    .putInt(length)
                    .put(frame);
            return this;
        }

        Capture frame(int seconds, int fraction, byte[] frame) {
            return record(seconds, fraction, frame.length, frame.length, frame);
        }

        Capture set(int offset, int value) {
            bytes.putInt(offset, value);
            return this;
        }

        Capture add(int count) {
            bytes.put(new byte[count]);
            return this;
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes.array(), bytes.position());
        }

        Path write(Path file) throws IOException {
            return Files.write(file, toBytes());
        }
    }

    private static Capture big(int magic) {
        return new Capture(ByteOrder.BIG_ENDIAN, magic);
    }

    private static Capture little() {
        return new Capture(ByteOrder.LITTLE_ENDIAN, MICROSECONDS);
    }

    private static byte[] frame(int length, int first) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (first + i);
        }
        return frame;
    }

    @ParameterizedTest
    @CsvSource({"BIG,true", "BIG,false", "LITTLE,true", "LITTLE,false"})
    void readsBothByteOrdersAndPrecisions(String order, boolean nanos) throws IOException {
        Capture capture = new Capture(
                order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                nanos ? NANOSECONDS : MICROSECONDS);
        capture.frame(0xf000_0000, 999_999, frame(60, 1)).frame(5, 7, frame(65_535, 2));
        PcapReader reader = new PcapReader(capture.write(folder.resolve("in")));
        assertEquals(nanos, reader.nanoseconds());
        assertEquals(2, reader.frames());
        assertEquals(0xf000_0000L * 1_000_000_000 + (nanos ? 999_999 : 999_999_000), reader.time());
        assertEquals(60, reader.read(memory, 70_000));
        assertArrayEquals(frame(60, 1), Memory.bytes(memory, 60));
        assertEquals(5_000_000_000L + (nanos ? 7 : 7000), reader.time());
        assertTrue(reader.hasNext());
        assertEquals(65_535, reader.read(memory, 70_000));
        assertArrayEquals(frame(65_535, 2), Memory.bytes(memory, 65_535));
        assertFalse(reader.hasNext());
    }

    static List<Arguments> malformed() {
        byte[] good = frame(60, 0);
        return List.of(
                Arguments.of(new byte[0], "is 0 bytes long, but the header of a pcap file has 24"),
                Arguments.of(
                        Arrays.copyOf(little().toBytes(), 23),
                        "is 23 bytes long, but the header of a pcap file has 24"),
                Arguments.of(
                        little().set(0, 0x0a0d0d0a).toBytes(),
                        "is a pcapng file; convert it with: editcap -F nsecpcap IN OUT"),
                Arguments.of(
                        big(0xdeadbeef).toBytes(), "is no pcap file: offset 0 has efbeadde, not a1b2c3d4 or a1b23c4d"),
                Arguments.of(little().set(4, 0x0001_0003).toBytes(), "offset 4 has version 3.1, not 2.4"),
                Arguments.of(big(NANOSECONDS).set(4, 0x0002_0003).toBytes(), "offset 4 has version 2.3, not 2.4"),
                Arguments.of(little().set(20, 113).toBytes(), "offset 20 has link type 113, not 1, Ethernet"),
                Arguments.of(big(MICROSECONDS).set(20, 101).toBytes(), "offset 20 has link type 101, not 1, Ethernet"),
                Arguments.of(
                        little().frame(0, 0, good).add(15).toBytes(),
                        "record 2 at offset 100 is truncated: 15 bytes are left, but its header has 16"),
                Arguments.of(
                        little().record(0, 0, 61, 61, good).toBytes(),
                        "record 1 at offset 24 is truncated: 60 of 61 bytes are there"),
                Arguments.of(
                        little().frame(0, 0, good).record(0, 0, 60, 60).toBytes(),
                        "record 2 at offset 100 is truncated: 0 of 60 bytes are there"),
                Arguments.of(
                        little().record(0, 0, 65_536, 65_536).add(65_536).toBytes(),
                        "record 1 at offset 24 has 65536 bytes, more than 65535"),
                Arguments.of(
                        big(MICROSECONDS).record(0, 0, -1, -1, good).toBytes(),
                        "record 1 at offset 24 has 4294967295 bytes, more than 65535"),
                Arguments.of(
                        little().record(0, 0, 60, 59, good).toBytes(),
                        "record 1 at offset 24 has 60 bytes captured of a frame of 59"),
                Arguments.of(
                        little().record(0, 0, 0, 0).toBytes(),
                        "record 1 at offset 24 has a frame of 0 bytes: an Ethernet header has 14"),
                Arguments.of(
                        little().frame(0, 0, new byte[13]).toBytes(),
                        "record 1 at offset 24 has a frame of 13 bytes: an Ethernet header has 14"),
                Arguments.of(
                        little().record(0, 1_000_000, 60, 60, good).toBytes(),
                        "record 1 at offset 24 has 1000000 microseconds, more than a second"),
                Arguments.of(
                        big(NANOSECONDS).record(0, -1, 60, 60, good).toBytes(),
                        "record 1 at offset 24 has 4294967295 nanoseconds, more than a second"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(byte[] bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad"), bytes);
        assertEquals(file + ": " + message, error(() -> new PcapReader(file)));
        assertEquals(file + ": " + message, error(() -> new PcapWire(file, null, false)));
    }

    private static String error(Executable opening) {
        return assertThrows(IxyException.class, opening).getMessage();
    }

    @Test
    void filesThatAreNone() {
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": no such file", error(() -> new PcapReader(missing)));
        assertEquals(folder + ": is not a regular file", error(() -> new PcapReader(folder)));
        assertEquals("/dev/zero: is not a regular file", error(() -> new PcapReader(Path.of("/dev/zero"))));
        assertEquals(
                missing.resolve("out") + ": cannot be written: No such file or folder",
                error(() -> new PcapWriter(missing.resolve("out"), true)));
        assertEquals(folder + ": cannot be written: Is a directory", error(() -> new PcapWriter(folder, true)));
    }

    @Test
    void whatAFileCannotDoIsSaidInWords() {
        assertEquals("Permission denied", FileTrouble.reason(new AccessDeniedException("f")));
        assertEquals("No such file or folder", FileTrouble.reason(new NoSuchFileException("f")));
        assertEquals("Text file busy", FileTrouble.reason(new FileSystemException("f", null, "Text file busy")));
        assertEquals("No space left on device", FileTrouble.reason(new IOException("No space left on device")));
    }

    @Test
    void anEmptyCaptureIsExhausted() throws IOException {
        try (PcapWire wire = new PcapWire(little().write(folder.resolve("in")), null, true)) {
            assertTrue(wire.exhausted());
            assertEquals(0, wire.receive(memory, 2048));
        }
    }

    @Test
    void framesCutShortAreCountedNotPlayed() throws IOException {
        Capture capture = little().record(0, 0, 10, 60, new byte[10])
                .frame(1, 0, frame(60, 1))
                .record(0, 0, 0, 1_000_000)
                .record(2, 0, 96, 1514, new byte[96])
                .frame(3, 0, frame(61, 2))
                .record(4, 0, 20, 60, new byte[20]);
        try (PcapWire wire = new PcapWire(capture.write(folder.resolve("in")), null, false)) {
            assertEquals(4, wire.cutFrames());
            assertEquals(60, wire.receive(memory, 2048));
            assertArrayEquals(frame(60, 1), Memory.bytes(memory, 60));
            assertFalse(wire.exhausted());
            assertEquals(61, wire.receive(memory, 2048));
            assertArrayEquals(frame(61, 2), Memory.bytes(memory, 61));
            assertTrue(wire.exhausted());
            assertEquals(2, wire.received());
        }
    }

    @Test
    void shortFramesAreFilledAndLongOnesCut() throws IOException {
        Capture capture =
                little().frame(0, 0, frame(14, 1)).frame(0, 0, frame(2000, 2)).frame(0, 0, frame(60, 3));
        try (PcapWire wire = new PcapWire(capture.write(folder.resolve("in")), null, false)) {
            Memory.set(memory, frame(100, 77));
            assertEquals(60, wire.receive(memory, 2048));
            assertArrayEquals(Arrays.copyOf(frame(14, 1), 60), Memory.bytes(memory, 60));
            assertEquals(100, wire.receive(memory, 100));
            assertArrayEquals(frame(100, 2), Memory.bytes(memory, 100));
            assertEquals(60, wire.receive(memory, 2048));
        }
    }

    @Test
    void pacedByTheTimesOfTheCapture() throws IOException {
        Capture capture = little().frame(100, 0, frame(60, 0))
                .frame(100, 5, frame(60, 1))
                .frame(99, 0, frame(60, 2)) // captures have such
                .frame(101, 0, frame(60, 3));
        now = Long.MAX_VALUE - 1000; // nanoTime may wrap
        try (PcapWire wire = new PcapWire(capture.write(folder.resolve("in")), null, true, () -> now)) {
            assertFalse(wire.waits());
            assertEquals(0, wire.receive(memory, 2048), "not before the port is up");
            now += 1_000_000_000;
            wire.start();
            assertEquals(60, wire.receive(memory, 2048));
            now += 4999;
            assertEquals(0, wire.receive(memory, 2048));
            now += 1;
            assertEquals(60, wire.receive(memory, 2048));
            assertEquals(60, wire.receive(memory, 2048), "an earlier time comes at once");
            now += 999_994_999;
            assertEquals(0, wire.receive(memory, 2048));
            now += 1;
            assertEquals(60, wire.receive(memory, 2048));
            assertTrue(wire.exhausted());
        }
    }

    @Test
    void randomCapturesComeOutAsTheyWentIn() throws IOException {
        long seed = Memory.seed();
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 20; run++) {
            String what = "run " + run + ", seed " + seed;
            boolean nanos = random.nextBoolean();
            Capture capture = new Capture(
                    random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                    nanos ? NANOSECONDS : MICROSECONDS);
            List<byte[]> frames = new ArrayList<>();
            for (int i = random.nextInt(2000); i > 0; i--) {
                byte[] frame = new byte[random.nextInt(60, 1515)];
                random.nextBytes(frame);
                frames.add(frame);
                capture.frame(random.nextInt(), random.nextInt(1_000_000), frame);
            }
            Path in = capture.write(folder.resolve("in"));
            Path out = folder.resolve("out");
            long before = System.currentTimeMillis();
            try (PcapWire wire = new PcapWire(in, out, false)) {
                assertTrue(wire.waits());
                for (int length; (length = wire.receive(memory, 2048)) > 0; ) {
                    assertTrue(wire.transmit(memory, length));
                }
                assertTrue(wire.exhausted(), what);
                assertEquals(frames.size(), wire.sent(), what);
            }
            assertWritten(out, frames, nanos, before, what);
        }
    }

    /** Reads what was written independently of {@link PcapReader}. */
    private static void assertWritten(Path out, List<byte[]> frames, boolean nanos, long before, String what)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(nanos ? NANOSECONDS : MICROSECONDS, bytes.getInt(), what);
        assertEquals(2, bytes.getShort());
        assertEquals(4, bytes.getShort());
        assertEquals(0, bytes.getLong());
        assertEquals(262_144, bytes.getInt());
        assertEquals(1, bytes.getInt());
        for (byte[] frame : frames) {
            long millis = bytes.getInt() * 1000L + bytes.getInt() / (nanos ? 1_000_000 : 1000);
            assertTrue(
                    millis >= before - 100 && millis <= System.currentTimeMillis() + 100,
                    "written at " + millis + " ms, " + what);
            assertEquals(frame.length, bytes.getInt(), what);
            assertEquals(frame.length, bytes.getInt(), what);
            byte[] written = new byte[frame.length];
            bytes.get(written);
            assertArrayEquals(frame, written, what);
        }
        assertFalse(bytes.hasRemaining(), what);
    }

    @Test
    void onlyOutput() throws IOException {
        Path out = folder.resolve("out");
        try (PcapWire wire = new PcapWire(null, out, false)) {
            assertTrue(wire.exhausted());
            assertEquals(0, wire.receive(memory, 2048));
            Frames.writeUdp(memory, 60, 1);
            wire.transmit(memory, 60);
        }
        PcapReader reader = new PcapReader(out);
        assertTrue(reader.nanoseconds());
        assertEquals(1, reader.frames());
        assertTrue(Math.abs(reader.time() / 1_000_000 - System.currentTimeMillis()) < 10_000, "time " + reader.time());
    }

    @Test
    void theCaptureThatIsPlayedIsNotOverwritten() throws IOException {
        Path in = little().frame(0, 0, frame(60, 0)).write(folder.resolve("in"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), in);
        assertThrows(IllegalArgumentException.class, () -> new PcapWire(in, in, false));
        String message = assertThrows(IllegalArgumentException.class, () -> new PcapWire(in, link, false))
                .getMessage();
        assertEquals(link + " is also the capture to play: write to another file", message);
        assertEquals(100, Files.size(in));
    }

    @Test
    void aFullDiskIsReportedOnCloseOnceAndTrafficGoesOn() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        PcapWire wire = new PcapWire(null, full, false);
        for (int i = 0; i < 1000; i++) {
            assertTrue(wire.transmit(memory, 1514));
        }
        assertEquals(1000, wire.sent());
        assertTrue(wire.toString().contains(" discarded"), wire.toString());
        assertEquals(
                "/dev/full: could not be written, the capture is incomplete: No space left on device",
                error(wire::close));
        wire.close();
    }

    @Test
    void aClosedOrImpossibleWriteIsRefused() {
        PcapWriter writer = new PcapWriter(folder.resolve("out"), true);
        assertThrows(IllegalArgumentException.class, () -> writer.write(memory, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> writer.write(memory, 65_536, 0));
        writer.write(memory, 65_535, 0);
        writer.close();
        assertThrows(IllegalArgumentException.class, () -> writer.write(memory, 60, 0));
        assertEquals(folder.resolve("out") + ", 1 frames, closed", writer.toString());
    }
}
