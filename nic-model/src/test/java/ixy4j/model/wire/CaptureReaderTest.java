package ixy4j.model.wire;

import static ixy4j.model.wire.PcapFile.MICROSECONDS;
import static ixy4j.model.wire.PcapFile.NANOSECONDS;
import static ixy4j.model.wire.PcapFile.big;
import static ixy4j.model.wire.PcapFile.frame;
import static ixy4j.model.wire.PcapFile.little;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is played of captures that are whole, odd, damaged, packed, or change while they are played. */
class CaptureReaderTest {
    private static final byte[] GOOD = frame(60, 7);

    @TempDir
    private Path folder;

    private final long memory = Memory.allocate(70_000);

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("in"), bytes);
    }

    /** Plays all that is left. */
    private List<byte[]> play(CaptureReader reader) {
        List<byte[]> frames = new ArrayList<>();
        while (reader.hasNext()) {
            frames.add(Memory.bytes(memory, reader.read(memory, 70_000)));
        }
        return frames;
    }

    /** What is played of it are these frames, and this is said about it, behind the file's name. */
    private void plays(byte[] bytes, String remark, byte[]... expected) throws IOException {
        Path file = write(bytes);
        try (CaptureReader reader = new CaptureReader(file)) {
            assertEquals(remark.isEmpty() ? "" : file + ": " + remark, reader.remark());
            assertEquals(expected.length, reader.frames());
            List<byte[]> frames = play(reader);
            assertEquals(expected.length, frames.size());
            for (int i = 0; i < expected.length; i++) {
                assertArrayEquals(expected[i], frames.get(i), "frame " + i);
            }
            assertEquals(0, reader.missing());
        }
    }

    private void refuses(byte[] bytes, String message) throws IOException {
        Path file = write(bytes);
        assertEquals(
                file + ": " + message,
                assertThrows(IxyException.class, () -> new CaptureReader(file)).getMessage());
    }

    /** Reading a long file takes time, which Ctrl-C has to end; playing one is ended by closing the card. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsTheOpeningAndNotThePlaying(boolean packed) throws IOException {
        byte[] bytes = little().frame(1, 0, GOOD).frame(2, 0, GOOD).toBytes();
        Path file = write(packed ? gzip(bytes) : bytes);
        try (CaptureReader reader = new CaptureReader(file)) {
            Thread.currentThread().interrupt();
            assertEquals(2, play(reader).size());
            assertEquals(
                    file + ": interrupted while it was read",
                    assertThrows(IxyException.class, () -> new CaptureReader(file))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted(), "it stays interrupted");
        }
        new CaptureWriter(file, true).close(); // nothing holds it
    }

    // ---- odd records of pcap

    /** A record that cannot be played, between two that can. */
    static List<Arguments> odd() {
        byte[] jumbo = frame(65_536, 1);
        return List.of(
                Arguments.of(0, 10, 60, new byte[10], "1 cut short"),
                Arguments.of(0, 0, 60, new byte[0], "1 cut short"),
                Arguments.of(0, 0, 0, new byte[0], "1 of 0 bytes"),
                Arguments.of(0, 13, 13, new byte[13], "1 below 14 bytes"),
                Arguments.of(0, 13, 1, new byte[13], "1 below 14 bytes"),
                Arguments.of(0, 65_536, 65_536, jumbo, "1 above 65535 bytes"),
                Arguments.of(0, 262_144, 262_144, frame(262_144, 1), "1 above 65535 bytes"));
    }

    @ParameterizedTest
    @MethodSource
    void odd(int fraction, int captured, int length, byte[] frame, String counts) throws IOException {
        PcapFile file = little().frame(1, 0, GOOD)
                .record(1, fraction, captured, length, frame)
                .frame(2, 0, frame(61, 8));
        plays(file.toBytes(), "plays 2 frames; passed over: " + counts, GOOD, frame(61, 8));
    }

    @Test
    void whatIsOddAndCanBePlayedIs() throws IOException {
        PcapFile file = little().record(1, 0, 60, 59, GOOD) // more captured than there was
                .record(1, -1, 60, 60, GOOD) // 4294967295 µs
                .record(-1, 1_000_000, 60, 60, GOOD)
                .set(16, 20); // the longest record, as the header has it
        plays(file.toBytes(), "", GOOD, GOOD, GOOD);
        try (CaptureReader reader = new CaptureReader(file.write(folder.resolve("in")))) {
            reader.read(memory, 100);
            assertEquals(1_000_000_000L + 4_294_967_295_000L, reader.time());
            reader.read(memory, 100);
            assertEquals(4_294_967_295_000_000_000L + 1_000_000_000, reader.time());
        }
    }

    @Test
    void allKindsAreCountedInOneLine() throws IOException {
        PcapFile file = little().record(0, 0, 0, 0)
                .record(0, 0, 0, 0)
                .record(0, 0, 10, 60, new byte[10])
                .frame(0, 0, GOOD)
                .frame(0, 0, new byte[5])
                .frame(0, 0, new byte[70_000])
                .record(0, 0, 60, 60, new byte[30]);
        plays(
                file.toBytes(),
                "plays 1 frames; passed over: 1 cut short, 2 of 0 bytes, 1 below 14 bytes, 1 above 65535 bytes,"
                        + " 1 truncated by the end of the file",
                GOOD);
        try (CaptureReader reader = new CaptureReader(folder.resolve("in"))) {
            assertEquals(6, reader.passedOver());
            assertEquals(folder.resolve("in") + ", 1 frames and 6 passed over", reader.toString());
        }
    }

    /** Wherever the file ends, what is before is played. */
    @Test
    void aFileThatIsStillBeingWritten() throws IOException {
        byte[] whole = little().frame(0, 0, GOOD).frame(0, 0, GOOD).toBytes();
        for (int length = 24; length < whole.length; length++) {
            int records = (length - 24) / 76;
            boolean cut = (length - 24) % 76 != 0;
            plays(
                    Arrays.copyOf(whole, length),
                    cut ? "plays " + records + " frames; passed over: 1 truncated by the end of the file" : "",
                    records == 0 ? new byte[0][] : new byte[][] {GOOD});
        }
    }

    @Test
    void behindGarbageNothingCanBeFound() throws IOException {
        byte[] garbage = new byte[500];
        Arrays.fill(garbage, (byte) 0xee);
        plays(
                little().frame(0, 0, GOOD).add(garbage).toBytes(),
                "plays 1 frames; nothing can be found behind them: offset 100 has no record, but the length 4008636142",
                GOOD);
        refuses(
                little().add(garbage).toBytes(),
                "has nothing to play: offset 24 has no record, but the length 4008636142");
    }

    @Test
    void whatIsNoCapture() throws IOException {
        refuses(new byte[0], "is empty");
        refuses(Arrays.copyOf(little().toBytes(), 23), "is 23 bytes long, but the header of a pcap file has 24");
        refuses(new byte[1], "is 1 bytes long, but the header of a pcap file has 24");
        refuses(
                big(0xdeadbeef).toBytes(),
                "is no capture: offset 0 has efbeadde, not a1b2c3d4 or a1b23c4d (pcap), 0a0d0d0a (pcapng)"
                        + " or 1f8b (gzip)");
        refuses(
                little().set(0, 0xfd2fb528).toBytes(),
                "is compressed by zstd: unpack it first; only gzip is read as it is");
        refuses(little().set(4, 0x0001_0003).toBytes(), "offset 4 has version 3.1, not 2.4");
        refuses(big(NANOSECONDS).set(4, 0x0002_0003).toBytes(), "offset 4 has version 2.3, not 2.4");
        refuses(little().set(20, 113).toBytes(), "offset 20 has link type 113 (Linux cooked), not 1, Ethernet");
        refuses(big(MICROSECONDS).set(20, 101).toBytes(), "offset 20 has link type 101 (raw IP), not 1, Ethernet");
        refuses(little().set(20, 9999).toBytes(), "offset 20 has link type 9999, not 1, Ethernet");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anFcsIsLeftAway(boolean bigEndian) throws IOException {
        ByteOrder order = bigEndian ? BIG_ENDIAN : LITTLE_ENDIAN;
        PcapFile file = new PcapFile(order, MICROSECONDS).set(20, 2 << 28 | 1 << 26 | 1);
        file.frame(0, 0, frame(64, 7)) // whole
                .record(0, 0, 60, 64, GOOD) // all but the FCS
                .record(0, 0, 59, 64, frame(59, 7)) // cut
                .record(0, 0, 64, 3, frame(64, 7)) // more captured than there was
                .frame(0, 0, new byte[4]);
        plays(file.toBytes(), "plays 3 frames; passed over: 1 cut short, 1 below 14 bytes", GOOD, GOOD, GOOD);
        // the length is there, but not said to be
        plays(
                new PcapFile(order, MICROSECONDS)
                        .set(20, 2 << 28 | 1)
                        .frame(0, 0, GOOD)
                        .toBytes(),
                "",
                GOOD);
    }

    /** Of 1999, with index and protocol of the interface before each frame. */
    @Test
    void theFormatOfAPatchedLibpcap() throws IOException {
        PcapFile file = big(0xa1b2cd34);
        for (int i = 0; i < 2; i++) {
            file.record(1, 5, 60, 60).add(8).add(GOOD);
        }
        plays(file.toBytes(), "", GOOD, GOOD);
    }

    // ---- pcapng

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pcapng(boolean bigEndian) throws IOException {
        PcapngFile file = new PcapngFile(bigEndian ? BIG_ENDIAN : LITTLE_ENDIAN)
                .interfaceOf(1, 0, 2, "eth0", 9, (byte) 9) // nanoseconds
                .interfaceOf(113, 0)
                .interfaceOf(1, 0, 13, (byte) 32, 9, (byte) (0x80 | 10), 14, -5L) // an FCS; 1/1024 s; 5 s less
                .block(0xbad, b -> b.put(new byte[13]))
                .packet(0, 1_000_000_007, GOOD, 1, "a comment")
                .packet(1, 3, GOOD)
                .packet(2, 6 << 10 | 512, frame(64, 7))
                .packet(9, 0, GOOD) // of no interface that was described
                .packet(0, 9, GOOD, 2, 4 << 5) // its flags say that it has an FCS
                .cutPacket(0, 9, frame(10, 1), 60)
                .oldPacket(0, 5, frame(61, 3))
                .simplePacket(frame(62, 4), 62)
                .section(bigEndian ? LITTLE_ENDIAN : BIG_ENDIAN) // the other byte order, no interface yet
                .simplePacket(GOOD, 60)
                .interfaceOf(1, 20)
                .simplePacket(frame(20, 1), 60)
                .simplePacket(frame(15, 1), 15)
                .packet(0, 1_000_000, frame(99, 5));
        byte[] bytes = file.toBytes();
        plays(
                bytes,
                "plays 7 frames; passed over: 2 cut short, 3 not of Ethernet",
                GOOD,
                GOOD,
                frame(56, 7),
                frame(61, 3),
                frame(62, 4),
                frame(15, 1),
                frame(99, 5));
        try (CaptureReader reader = new CaptureReader(write(bytes))) {
            assertTrue(reader.nanoseconds());
            List<Long> times = new ArrayList<>();
            while (reader.hasNext()) {
                times.add(reader.time());
                reader.read(memory, 2048);
            }
            // a simple packet has the time of the one before
            assertEquals(List.of(1_000_000_007L, 1_500_000_000L, 9L, 5L, 5L, 5L, 1_000_000_000L), times);
        }
    }

    @Test
    void clocksOfPcapng() {
        assertEquals(1_500_000_000, new PcapngTime((byte) 0, 0).nanos(1) + 500_000_000);
        assertEquals(1_000, new PcapngTime((byte) 6, 0).nanos(1));
        assertEquals(12, new PcapngTime((byte) 12, 0).nanos(12_345));
        assertEquals(1, new PcapngTime((byte) 27, 0).nanos(Long.parseUnsignedLong("1999999999999999999")));
        assertEquals(0, new PcapngTime((byte) 127, 0).nanos(-1));
        assertEquals(2_500_000_000L, new PcapngTime((byte) 0x81, 0).nanos(5));
        assertEquals(3_000_000_000L, new PcapngTime((byte) 0x80, 0).nanos(3));
        assertEquals(750_000_000, new PcapngTime((byte) (0x80 | 64), 0).nanos(3L << 62));
        assertEquals(375_000_000, new PcapngTime((byte) (0x80 | 65), 0).nanos(3L << 62));
        assertEquals(0, new PcapngTime((byte) 0xff, 0).nanos(-1));
        assertEquals(4_000, new PcapngTime((byte) 6, -1).nanos(1_000_004));
        assertEquals(-1_000_000_000, new PcapngTime((byte) 6, -1).nanos(0), "before 1970");
        for (int resolution = -128; resolution < 128; resolution++) {
            for (long offset : new long[] {0, Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
                long time = new PcapngTime((byte) resolution, offset).nanos(-1);
                assertTrue(Math.abs(time) <= Long.MAX_VALUE / 2, () -> "no difference overflows: " + time);
            }
        }
    }

    @Test
    void pcapngThatIsDamagedOrOfSomethingElse() throws IOException {
        PcapngFile good = new PcapngFile(LITTLE_ENDIAN).interfaceOf(1, 0).packet(0, 1, GOOD);
        int end = good.toBytes().length;
        plays(good.block(7, b -> b.putInt(1)).packet(0, 1, GOOD).toBytes(), "", GOOD, GOOD);
        byte[] bytes = good.toBytes();
        bytes[end + 4] = 17; // a length
        plays(
                bytes,
                "plays 1 frames; nothing can be found behind them: offset " + end + " has no record, but a block of"
                        + " 17 bytes",
                GOOD);
        bytes[end + 4] = 20; // not what stands at its end
        plays(
                bytes,
                "plays 1 frames; nothing can be found behind them: offset " + end + " has no record, but a block of"
                        + " 20 bytes, or of 6",
                GOOD);
        plays(
                Arrays.copyOf(good.toBytes(), end - 3),
                "plays 0 frames; passed over: 1 truncated by the end of the file");
        refuses(
                new PcapngFile(BIG_ENDIAN)
                        .interfaceOf(113, 0)
                        .packet(0, 1, GOOD)
                        .toBytes(),
                "has no Ethernet, link type 1, but 113 (Linux cooked)");
        refuses(
                Arrays.copyOf(good.toBytes(), 11),
                "is a pcapng file that ends, or has nonsense, in its first 12 bytes");
        bytes = good.toBytes();
        bytes[12] = 2;
        refuses(bytes, "has nothing to play: offset 0 has no record, but a section of version 2.0, not 1");
        plays(new PcapngFile(BIG_ENDIAN).toBytes(), "");
    }

    /** A block that is longer than what is looked at of it. */
    @Test
    void longBlocks() throws IOException {
        PcapngFile file = new PcapngFile(BIG_ENDIAN)
                .interfaceOf(1, 0)
                .block(0x0bad, b -> b.put(new byte[600_000]))
                .packet(0, 1, GOOD)
                .packet(0, 1, new byte[600_000])
                .packet(0, 1, frame(65_535, 1));
        plays(file.toBytes(), "plays 2 frames; passed over: 1 above 65535 bytes", GOOD, frame(65_535, 1));
    }

    // ---- gzip

    private static byte[] gzip(byte[]... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(member);
            }
        }
        return out.toByteArray();
    }

    @Test
    void packedCaptures() throws IOException {
        byte[] bytes = little().frame(0, 0, GOOD).frame(0, 0, frame(61, 1)).toBytes();
        plays(gzip(bytes), "", GOOD, frame(61, 1));
        plays(gzip(Arrays.copyOf(bytes, 50), Arrays.copyOfRange(bytes, 50, bytes.length)), "", GOOD, frame(61, 1));
        plays(
                gzip(new PcapngFile(BIG_ENDIAN)
                        .interfaceOf(1, 0)
                        .packet(0, 1, GOOD)
                        .toBytes()),
                "",
                GOOD);
        refuses(gzip(new byte[0]), "is empty");
        refuses(Arrays.copyOf(gzip(bytes), 5), "is no capture: the compressed data is cut short");
    }

    @Test
    void aPackedCaptureThatIsCutOrDamaged() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        PcapFile file = little();
        for (int i = 0; i < 1000; i++) {
            byte[] frame = new byte[1000]; // random, so that it cannot be packed
            random.nextBytes(frame);
            file.frame(0, 0, frame);
        }
        byte[] packed = gzip(file.toBytes());
        Path in = write(Arrays.copyOf(packed, packed.length / 2));
        try (CaptureReader reader = new CaptureReader(in)) {
            assertTrue(reader.frames() > 400 && reader.frames() < 500, reader.remark());
            assertEquals(reader.frames(), play(reader).size());
            assertTrue(
                    reader.remark()
                            .endsWith("1 truncated by the end of the file; nothing can be found behind them: the"
                                    + " compressed data is cut short"),
                    reader.remark());
        }
        packed[packed.length - 5] ^= 1; // the checksum
        try (CaptureReader reader = new CaptureReader(write(packed))) {
            assertEquals(1000, play(reader).size());
            assertTrue(reader.remark().contains("the compressed data is damaged"), reader.remark());
        }
    }

    // ---- a file that changes

    private CaptureReader thousand(boolean packed) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        PcapFile file = little();
        for (int i = 0; i < 2000; i++) {
            byte[] frame = new byte[1514];
            random.nextBytes(frame);
            file.frame(0, 0, frame);
        }
        return new CaptureReader(write(packed ? gzip(file.toBytes()) : file.toBytes()));
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Test
    void bothFilesOfAWireSayWhatWentWrong() throws IOException {
        thousand(false).close();
        PcapWire wire = new PcapWire(folder.resolve("in"), Path.of("/dev/full"), false);
        assertTrue(wire.receive(memory, 2048) > 0 && wire.transmit(memory, 60));
        cut(folder.resolve("in"), 700_000);
        while (!wire.exhausted()) {
            wire.receive(memory, 2048);
        }
        String message = assertThrows(IxyException.class, wire::close).getMessage();
        assertTrue(message.contains("1 frames are missing: No space left on device; "), message);
        assertTrue(message.contains(" of 2000 frames could not be played: "), message);
        wire.close();
    }

    /** A capture that shrinks as it is played was a signal that ended the process once (it was mapped). */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatShrinksEndsThereAndWhatIsMissingIsCounted(boolean packed) throws IOException {
        CaptureReader reader = thousand(packed);
        reader.read(memory, 2048);
        cut(folder.resolve("in"), 700_000);
        int played = 1 + play(reader).size();
        assertTrue(played > 400 && played < 1999, () -> played + " played");
        assertEquals(2000 - played, reader.missing());
        String message = assertThrows(IxyException.class, reader::close).getMessage();
        assertTrue(
                message.startsWith(
                        folder.resolve("in") + ": " + (2000 - played) + " of 2000 frames could not be played: "),
                message);
        reader.close();
    }

    @Test
    void oneThatIsEmptiedOrOverwritten() throws IOException {
        for (int size : new int[] {0, 24}) {
            CaptureReader reader = thousand(false);
            cut(folder.resolve("in"), size);
            int played = play(reader).size();
            assertEquals(2000 - played, reader.missing());
            assertThrows(IxyException.class, reader::close);
        }
        CaptureReader reader = thousand(false);
        Files.write(folder.resolve("in"), new byte[3_000_000]);
        play(reader);
        assertTrue(reader.missing() > 0);
        assertThrows(IxyException.class, reader::close);
    }

    @Test
    void oneThatGrowsOrIsRemovedIsPlayedAsItWas() throws IOException {
        try (CaptureReader reader = thousand(false)) {
            Files.write(folder.resolve("in"), little().frame(0, 0, GOOD).toBytes(), StandardOpenOption.APPEND);
            Files.delete(folder.resolve("in"));
            assertEquals(2000, play(reader).size());
        }
    }

    @Test
    void aPipeIsNoCapture() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        String message =
                assertThrows(IxyException.class, () -> new CaptureReader(pipe)).getMessage();
        assertEquals(
                pipe + ": is a pipe, and a capture is read twice, to count its frames first: write it to a file",
                message);
    }

    // ---- anything

    /** Bytes at random, and good captures with some bytes changed, some cut away: nothing but our own error. */
    @Test
    void anythingIsPlayedOrRefusedInOneLine() throws IOException {
        long seed = Memory.seed();
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 1500; run++) {
            byte[] bytes = capture(random);
            for (int i = random.nextInt(8); i > 0; i--) {
                int at = random.nextBoolean()
                        ? random.nextInt(bytes.length)
                        : random.nextInt(Math.min(bytes.length, 120));
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : 0);
            }
            bytes = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
            bytes = random.nextInt(3) > 0 ? bytes : gzip(bytes);
            playAnything(bytes, "run " + run + ", seed " + seed);
        }
    }

    private static byte[] capture(SplittableRandom random) {
        ByteOrder order = random.nextBoolean() ? LITTLE_ENDIAN : BIG_ENDIAN;
        return switch (random.nextInt(3)) {
            case 0 -> noise(random);
            case 1 -> pcap(order, random);
            default -> pcapng(order, random);
        };
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(1, 2000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] pcap(ByteOrder order, SplittableRandom random) {
        PcapFile file = new PcapFile(order, random.nextBoolean() ? MICROSECONDS : NANOSECONDS);
        for (int i = random.nextInt(6); i > 0; i--) {
            file.frame(random.nextInt(), random.nextInt(), frame(random.nextInt(200), i));
        }
        return file.toBytes();
    }

    private static byte[] pcapng(ByteOrder order, SplittableRandom random) {
        PcapngFile file = new PcapngFile(order).interfaceOf(1, 0, 9, (byte) random.nextInt(), 14, random.nextLong());
        for (int i = random.nextInt(6); i > 0; i--) {
            byte[] frame = frame(random.nextInt(200), i);
            switch (random.nextInt(4)) {
                case 0 -> file.oldPacket(0, random.nextLong(), frame);
                case 1 -> file.simplePacket(frame, frame.length);
                default -> file.packet(0, random.nextLong(), frame, 2, random.nextInt());
            }
        }
        return file.toBytes();
    }

    private void playAnything(byte[] bytes, String what) throws IOException {
        Path in = write(bytes);
        try (CaptureReader reader = new CaptureReader(in)) {
            long frames = reader.frames();
            for (long i = 0; i < frames; i++) {
                assertTrue(reader.hasNext(), what);
                assertTrue(Math.abs(reader.time()) <= Long.MAX_VALUE / 2, what);
                int length = reader.read(memory, 70_000);
                assertTrue(length >= 14 && length <= 65_535, what);
            }
            assertFalse(reader.hasNext(), what);
            assertEquals(1, (reader.remark() + "x").lines().count(), what);
        } catch (IxyException e) {
            assertTrue(e.getMessage().startsWith(in + ": "), what + ": " + e);
            assertEquals(1, e.getMessage().lines().count(), what);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }
}
