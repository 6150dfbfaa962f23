package ixy4j.model.wire;

import static ixy4j.model.wire.PcapFile.MICROSECONDS;
import static ixy4j.model.wire.PcapFile.NANOSECONDS;
import static ixy4j.model.wire.PcapFile.frame;
import static ixy4j.model.wire.PcapFile.little;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PcapTest {
    @TempDir
    private Path folder;

    private final long memory = Memory.allocate(70_000);
    private long now;

    @ParameterizedTest
    @CsvSource({"BIG,true", "BIG,false", "LITTLE,true", "LITTLE,false"})
    void readsBothByteOrdersAndPrecisions(String order, boolean nanos) throws IOException {
        PcapFile capture = new PcapFile(
                order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                nanos ? NANOSECONDS : MICROSECONDS);
        capture.frame(0xf000_0000, 999_999, frame(60, 1)).frame(5, 7, frame(65_535, 2));
        CaptureReader reader = new CaptureReader(capture.write(folder.resolve("in")));
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

    /** In either format, which the name decides, and with lengths that are not multiples of 4. */
    @ParameterizedTest
    @CsvSource({"out.pcap", "out.pcapng"})
    void whatIsWrittenIsRead(String name) {
        int count = 2000; // more than a buffer has room for
        Path file = folder.resolve(name);
        try (CaptureWriter writer = new CaptureWriter(file, true)) {
            for (int i = 0; i < count; i++) {
                Memory.set(memory, frame(60 + i, i));
                assertTrue(writer.write(memory, 60 + i, 1_700_000_000_123_456_789L + i));
            }
        }
        try (CaptureReader reader = new CaptureReader(file)) {
            assertTrue(reader.nanoseconds());
            assertEquals(count, reader.frames());
            for (int i = 0; i < count; i++) {
                assertEquals(1_700_000_000_123_456_789L + i, reader.time());
                assertEquals(60 + i, reader.read(memory, 70_000));
                assertArrayEquals(frame(60 + i, i), Memory.bytes(memory, 60 + i));
            }
            assertFalse(reader.hasNext());
        }
    }

    private static String error(Executable opening) {
        return assertThrows(IxyException.class, opening).getMessage();
    }

    @Test
    void filesThatAreNone() {
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": no such file", error(() -> new CaptureReader(missing)));
        assertEquals(folder + ": is not a regular file", error(() -> new CaptureReader(folder)));
        assertEquals("/dev/zero: is not a regular file", error(() -> new CaptureReader(Path.of("/dev/zero"))));
        assertEquals(
                missing.resolve("out") + ": cannot be written: No such file or folder",
                error(() -> new CaptureWriter(missing.resolve("out"), true)));
        assertEquals(folder + ": cannot be written: Is a directory", error(() -> new CaptureWriter(folder, true)));
    }

    @Test
    void whatAFileCannotDoIsSaidInWords() {
        assertEquals("Permission denied", FileTrouble.reason(Errno.EACCES));
        assertEquals("No such file or folder", FileTrouble.reason(Errno.ENOENT));
        assertEquals("ETXTBSY, text file busy", FileTrouble.reason(26));
        assertEquals("No space left on device", FileTrouble.reason(Errno.ENOSPC));
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
        PcapFile capture = little().record(0, 0, 10, 60, new byte[10])
                .frame(1, 0, frame(60, 1))
                .record(0, 0, 0, 1_000_000)
                .record(2, 0, 96, 1514, new byte[96])
                .frame(3, 0, frame(61, 2))
                .record(4, 0, 20, 60, new byte[20]);
        try (PcapWire wire = new PcapWire(capture.write(folder.resolve("in")), null, false)) {
            assertEquals(4, wire.passedOver());
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
        PcapFile capture =
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
        PcapFile capture = little().frame(100, 0, frame(60, 0))
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
            PcapFile capture = new PcapFile(
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

    /** Reads what was written independently of {@link CaptureReader}. */
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
        long before = System.currentTimeMillis();
        try (PcapWire wire = new PcapWire(null, out, false)) {
            assertTrue(wire.exhausted());
            assertEquals(0, wire.receive(memory, 2048));
            Frames.writeUdp(memory, 60, 1);
            wire.transmit(memory, 60);
        }
        long after = System.currentTimeMillis();
        try (CaptureReader reader = new CaptureReader(out)) {
            assertTrue(reader.nanoseconds());
            assertEquals(1, reader.frames());
            long millis = reader.time() / 1_000_000;
            assertTrue(before - 100 <= millis && millis <= after + 100, before + " to " + after + ": " + millis);
        }
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
                "/dev/full: could not be written, the capture is incomplete, 1000 frames are missing: No space left on"
                        + " device",
                error(wire::close));
        wire.close();
    }

    @Test
    void aClosedOrImpossibleWriteIsRefused() {
        CaptureWriter writer = new CaptureWriter(folder.resolve("out"), true);
        assertThrows(IllegalArgumentException.class, () -> writer.write(memory, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> writer.write(memory, 65_536, 0));
        writer.write(memory, 65_535, 0);
        writer.close();
        assertThrows(IllegalArgumentException.class, () -> writer.write(memory, 60, 0));
        assertEquals(folder.resolve("out") + ", 1 frames, closed", writer.toString());
    }

    // ---- what is there already, and what others have

    private byte[] old(Path file) throws IOException {
        byte[] old =
                little().frame(0, 0, frame(60, 0)).frame(0, 0, frame(60, 1)).toBytes();
        Files.write(file, old);
        return old;
    }

    @Test
    void anOldCaptureStaysUntilThePortIsUsed() throws IOException {
        Path out = folder.resolve("out");
        byte[] old = old(out);
        try (PcapWire wire = new PcapWire(null, out, false)) {
            wire.round();
            assertArrayEquals(old, Files.readAllBytes(out));
        }
        assertArrayEquals(old, Files.readAllBytes(out), "nothing was to be captured");
        Path missing = folder.resolve("missing");
        assertThrows(IxyException.class, () -> new PcapWire(missing, out, false));
        assertArrayEquals(old, Files.readAllBytes(out));
        try (PcapWire wire = new PcapWire(null, out, false)) {
            wire.start();
            assertEquals(24, Files.size(out), "the header is there at once");
        }
        assertEquals(24, Files.size(out));
    }

    @Test
    void aNewCaptureHasAHeaderEvenIfNothingCame() throws IOException {
        Path out = folder.resolve("out");
        new PcapWire(null, out, false).close();
        try (CaptureReader reader = new CaptureReader(out)) {
            assertEquals(0, reader.frames());
        }
    }

    /** By whatever path: itself, a symbolic link, a hard link, a path with a detour. */
    static List<String> paths() {
        return List.of("file", "symbolic", "hard", "./folder/../file");
    }

    private Path path(String name) throws IOException {
        Path file = folder.resolve("file");
        switch (name) {
            case "symbolic" -> Files.createSymbolicLink(folder.resolve(name), file);
            case "hard" -> Files.createLink(folder.resolve(name), file);
            default -> Files.createDirectories(folder.resolve("folder"));
        }
        return folder.resolve(name);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aCaptureThatIsPlayedIsNotWrittenByAnotherCard(String name) throws IOException {
        Path in = folder.resolve("file");
        byte[] old = old(in);
        Path out = path(name);
        try (PcapWire player = new PcapWire(in, null, false);
                PcapWire second = new PcapWire(in, null, false)) {
            assertEquals(
                    out + ": is being played, by this ixy or another: write to another file",
                    error(() -> new PcapWire(null, out, false)));
            assertArrayEquals(old, Files.readAllBytes(in));
            assertFalse(player.exhausted() || second.exhausted());
        }
        new PcapWire(null, out, false).close();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aCaptureThatIsWrittenIsNeitherPlayedNorWrittenByAnotherCard(String name) throws IOException {
        Path out = folder.resolve("file");
        byte[] old = old(out);
        Path other = path(name);
        try (PcapWire writer = new PcapWire(null, out, false)) {
            assertEquals(
                    other + ": is being written, by this ixy or another: read it when that has ended",
                    error(() -> new PcapWire(other, null, false)));
            assertEquals(
                    other + ": is being written, by this ixy or another: write to another file",
                    error(() -> new PcapWire(null, other, false)));
            assertArrayEquals(old, Files.readAllBytes(out));
            assertTrue(writer.transmit(memory, 60));
        }
        try (PcapWire player = new PcapWire(other, null, false)) {
            assertEquals(60, player.receive(memory, 2048));
        }
    }

    /** A wire that could not be opened holds nothing. */
    @Test
    void aRefusalLeavesNothingLocked() throws IOException {
        Path in = folder.resolve("file");
        old(in);
        assertThrows(IxyException.class, () -> new PcapWire(in, folder, false));
        new PcapWire(null, in, false).close();
        Files.write(in, new byte[30]);
        assertThrows(IxyException.class, () -> new PcapWire(in, null, false));
        new PcapWire(null, in, false).close();
    }

    @Test
    void devicesAreEverybodys() {
        Path nowhere = Path.of("/dev/null");
        try (PcapWire one = new PcapWire(null, nowhere, false);
                PcapWire two = new PcapWire(null, nowhere, false)) {
            assertTrue(one.transmit(memory, 60) && two.transmit(memory, 60));
        }
    }

    // ---- in time, and pipes

    @Test
    void framesAreInTheFileSoonAlsoWhereNoMoreCome() throws IOException {
        Path out = folder.resolve("out");
        try (PcapWire wire = new PcapWire(null, out, false)) {
            wire.transmit(memory, 60);
            wire.transmit(memory, 100);
            long end = System.nanoTime() + 30_000_000_000L;
            while (Files.size(out) < 24 + 76 + 116 && System.nanoTime() < end) {
                wire.round();
            }
            assertEquals(24 + 76 + 116, Files.size(out));
        }
        assertEquals(24 + 76 + 116, Files.size(out));
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    @Test
    void aPipeThatNobodyReadsIsRefused() throws IOException, InterruptedException {
        Path pipe = pipe();
        assertEquals(
                pipe + ": cannot be written: nobody reads from it: start its reader first",
                error(() -> new PcapWire(null, pipe, false)));
    }

    /** A reader that is slow holds up the wire, not the thread that plays it. */
    @Test
    void aPipeThatIsFullTakesNothingUntilItIsRead() throws IOException, InterruptedException {
        Path pipe = pipe();
        Path copy = folder.resolve("copy");
        Process cat;
        PcapWire wire;
        // opened to read and write, a pipe waits for nobody
        try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
            wire = new PcapWire(null, pipe, false);
            while (wire.transmit(memory, 1514)) {
                assertTrue(wire.sent() < 100_000);
            }
            assertFalse(wire.transmit(memory, 1514));
            cat = new ProcessBuilder("cat", pipe.toString())
                    .redirectOutput(copy.toFile())
                    .start();
            long end = System.nanoTime() + 30_000_000_000L;
            while (!wire.transmit(memory, 1514) && System.nanoTime() < end) {
                wire.round();
            }
            assertTrue(both.getFD().valid());
        }
        wire.close();
        assertEquals(0, cat.waitFor());
        try (CaptureReader played = new CaptureReader(copy)) {
            assertEquals(wire.sent(), played.frames());
            assertEquals("", played.remark());
        }
    }

    /** What its reader has is not missing. */
    @Test
    void framesThatAPipeHasTakenAreNotDiscarded() throws IOException, InterruptedException {
        try (RandomAccessFile reader = new RandomAccessFile(pipe().toFile(), "rw");
                FileInputStream end = new FileInputStream(reader.getFD())) {
            PcapWire wire = new PcapWire(null, folder.resolve("pipe"), false);
            long taken = 0;
            for (int i = 0; i < 5; i++) {
                while (wire.transmit(memory, 1514)) {
                    assertTrue(wire.sent() < 100_000);
                }
                taken += end.readNBytes(10_000 + 777 * i).length; // up to the middle of a record
            }
            assertThrows(IxyException.class, wire::close);
            taken += end.available();
            long whole = (taken - 24) / (16 + 1514);
            assertTrue(whole > 5, () -> whole + " frames");
            assertEquals(wire.sent() - whole, wire.discarded());
        }
    }

    @Test
    void aPipeWhoseReaderStopsDoesNotHoldUpTheEnd() throws IOException, InterruptedException {
        Path pipe = pipe();
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            PcapWire wire = new PcapWire(null, pipe, false);
            while (wire.transmit(memory, 1514)) {
                assertTrue(wire.sent() < 100_000);
            }
            String message = error(wire::close);
            assertTrue(message.startsWith(pipe + ": could not be written, the capture is incomplete, "), message);
            assertTrue(message.endsWith(" frames are missing: its reader has stopped"), message);
            assertTrue(reader.getFD().valid());
        }
    }
}
