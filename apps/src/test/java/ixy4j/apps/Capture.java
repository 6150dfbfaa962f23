package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Capture files in the classic pcap format, by hand: not the code that they test. */
final class Capture {
    static final int MICROSECONDS = 0xa1b2_c3d4;
    static final int NANOSECONDS = 0xa1b2_3c4d;

    private static final int HEADER = 24;
    private static final int RECORD = 16;

    private Capture() {}

    /** Frames of all lengths that an Ethernet has, with arbitrary bytes. */
    static List<byte[]> frames(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] frame = new byte[60 + random.nextInt(1514 - 60 + 1)];
            random.nextBytes(frame);
            frames.add(frame);
        }
        return frames;
    }

    /** A file of frames that are {@code micros} microseconds apart. */
    static ByteBuffer file(List<byte[]> frames, ByteOrder order, int magic, int linkType, long micros) {
        int bytes = HEADER + frames.stream().mapToInt(f -> RECORD + f.length).sum();
        ByteBuffer file = ByteBuffer.allocate(bytes).order(order);
        file.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        file.putInt(65_535).putInt(linkType);
        int fraction = magic == NANOSECONDS ? 1000 : 1;
        for (int i = 0; i < frames.size(); i++) {
            long time = i * micros;
            file.putInt((int) (1_700_000_000 + time / 1_000_000)).putInt((int) (time % 1_000_000) * fraction);
            file.putInt(frames.get(i).length).putInt(frames.get(i).length).put(frames.get(i));
        }
        return file.flip();
    }

    /** A usual file, little-endian with microseconds. */
    static ByteBuffer file(List<byte[]> frames) {
        return file(frames, ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 1, 1);
    }

    static Path write(Path path, ByteBuffer file) {
        byte[] bytes = new byte[file.remaining()];
        file.get(bytes);
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path path, List<byte[]> frames) {
        return write(path, file(frames));
    }

    /** The frames of a file that our side wrote: little-endian, nothing cut, times that do not go back. */
    static List<byte[]> read(Path path) {
        ByteBuffer file;
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int magic = file.getInt();
        assertTrue(magic == MICROSECONDS || magic == NANOSECONDS, path + " starts with " + Integer.toHexString(magic));
        assertEquals(2, file.getShort());
        assertEquals(4, file.getShort());
        file.position(20);
        assertEquals(1, file.getInt(), "link type");
        List<byte[]> frames = new ArrayList<>();
        long last = 0;
        while (file.hasRemaining()) {
            long seconds = Integer.toUnsignedLong(file.getInt());
            long time = seconds * 1_000_000_000 + file.getInt() * (magic == NANOSECONDS ? 1L : 1000L);
            assertTrue(time >= last, () -> "time goes back in " + path);
            last = time;
            byte[] frame = new byte[file.getInt()];
            assertEquals(frame.length, file.getInt(), "cut short");
            file.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    static void assertSame(List<byte[]> expected, List<byte[]> actual, Object context) {
        assertEquals(expected.size(), actual.size(), () -> "number of frames after " + context);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "frame " + i);
        }
    }

    /** Each frame with 1 added to its second byte. */
    static List<byte[]> touched(List<byte[]> frames) {
        List<byte[]> touched = new ArrayList<>();
        for (byte[] frame : frames) {
            byte[] copy = frame.clone();
            copy[1]++;
            touched.add(copy);
        }
        return touched;
    }
}
