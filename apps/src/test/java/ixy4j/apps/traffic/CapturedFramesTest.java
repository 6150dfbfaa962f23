package ixy4j.apps.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.model.wire.CaptureWriter;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Spaces;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A capture that is sent, by a clock of the test. */
class CapturedFramesTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    private long now = 77 * SECOND;
    private final PacketPool pool = PacketPool.create(64, Spaces.VIRTUAL);
    private final PacketBatch batch = pool.batch(8);

    @AfterEach
    void close() {
        pool.close();
    }

    /** Frames of these lengths, each of random bytes, captured so many ns apart. */
    private Path capture(long apart, int... lengths) {
        Path file = folder.resolve("c.pcapng");
        MemorySegment frame = Arena.ofAuto().allocate(4096, 8);
        try (CaptureWriter writer = new CaptureWriter(file, true)) {
            writer.begin();
            for (int i = 0; i < lengths.length; i++) {
                frame.copyFrom(MemorySegment.ofArray(bytes(i, lengths[i])));
                assertTrue(writer.write(frame.address(), lengths[i], 1_700_000_000 * SECOND + i * apart));
            }
        }
        return file;
    }

    private static byte[] bytes(int number, int length) {
        byte[] bytes = new byte[length];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    /** How many frames may be sent now; they are numbered from this one on. */
    private int take(CapturedFrames frames, int number, int... lengths) {
        int count = 0;
        while (frames.add(batch)) {
            byte[] expected = bytes((number + count) % lengths.length, lengths[(number + count) % lengths.length]);
            assertArrayEquals(Arrays.copyOf(expected, Math.max(60, expected.length)), batch.toArray(0));
            batch.free();
            count++;
        }
        return count;
    }

    @Test
    void itsOwnPaceAndFactorsOfIt() {
        int[] lengths = {60, 61, 100, 1514, 14};
        Path file = capture(1000, lengths);
        for (double speed : new double[] {0.5, 1, 4}) {
            try (CapturedFrames frames = new CapturedFrames(file, speed, 1, () -> now)) {
                assertEquals(1, take(frames, 0, lengths), "the first goes at once");
                for (int i = 1; i < lengths.length; i++) {
                    assertFalse(frames.isExhausted());
                    now += (long) (1000 / speed) - 1;
                    assertEquals(0, take(frames, i, lengths), "too early");
                    now += 1;
                    assertEquals(1, take(frames, i, lengths));
                }
                assertTrue(frames.isExhausted());
                now += SECOND;
                assertEquals(0, take(frames, 0, lengths));
            }
        }
    }

    @Test
    void flatOutAndOverAndOver() {
        int[] lengths = {60, 70, 80};
        Path file = capture(SECOND, lengths);
        try (CapturedFrames frames = new CapturedFrames(file, CapturedFrames.FLAT_OUT, 3, () -> now)) {
            assertEquals(9, take(frames, 0, lengths));
            assertTrue(frames.isExhausted());
        }
        try (CapturedFrames frames = new CapturedFrames(file, 1, 2, () -> now)) {
            int sent = 0;
            for (int second = 0; second < 10; second++) {
                sent += take(frames, sent, lengths);
                now += SECOND;
            }
            assertEquals(6, sent);
        }
        try (CapturedFrames frames =
                new CapturedFrames(file, CapturedFrames.FLAT_OUT, CapturedFrames.FOR_EVER, () -> now)) {
            for (int i = 0; i < 1000; i++) {
                assertTrue(frames.add(batch));
                batch.free();
            }
            assertFalse(frames.isExhausted());
        }
    }

    /** One whose time is before its predecessor's does not hold up the others. */
    @Test
    void aClockThatGoesBackwards() {
        int[] lengths = {60, 60, 60};
        Path file = capture(-SECOND, lengths);
        try (CapturedFrames frames = new CapturedFrames(file, 1, 1, () -> now)) {
            assertEquals(3, take(frames, 0, lengths));
        }
    }

    @Test
    void whatIsLongerThanABufferIsCounted() {
        Path file = capture(0, 60, PacketPool.ROOM + 1, PacketPool.ROOM, 4000);
        try (CapturedFrames frames = new CapturedFrames(file, 1, 2, () -> now)) {
            for (int i = 0; i < 4; i++) {
                assertTrue(frames.add(batch));
                assertEquals(i % 2 == 0 ? 60 : PacketPool.ROOM, batch.length(0));
                batch.free();
            }
            assertFalse(frames.add(batch));
            assertEquals(4, frames.tooLong());
            assertTrue(frames.isExhausted());
            assertEquals(
                    List.of(
                            file
                                    + " has frames of up to 4000 bytes: those above 1856, longer than a buffer, are passed over"),
                    frames.remarks());
        }
        try (CapturedFrames frames = new CapturedFrames(capture(0, 60, PacketPool.ROOM), 1, 2, () -> now)) {
            assertEquals(List.of(), frames.remarks());
        }
    }

    @Test
    void howLongItIsToTheNextFrame() {
        int[] lengths = {60, 61};
        try (CapturedFrames frames = new CapturedFrames(capture(100 * SECOND, lengths), 4, 2, () -> now)) {
            assertEquals(1, take(frames, 0, lengths));
            assertEquals(25 * SECOND, frames.left());
            now += 20 * SECOND;
            assertEquals(5 * SECOND, frames.left());
            now += 5 * SECOND;
            assertEquals(2, take(frames, 1, lengths), "and the first of the next time, at once");
            assertEquals(25 * SECOND, frames.left());
        }
        try (CapturedFrames frames =
                new CapturedFrames(capture(100 * SECOND, lengths), CapturedFrames.FLAT_OUT, 1, () -> now)) {
            assertEquals(2, take(frames, 0, lengths));
            assertTrue(frames.left() <= 0);
        }
    }

    @Test
    void aFullBatchLeavesTheFrameForTheNext() {
        int[] lengths = {60, 70, 80, 90, 100, 110, 120, 130, 140, 150};
        try (CapturedFrames frames = new CapturedFrames(capture(0, lengths), 1, 1, () -> now)) {
            for (int i = 0; i < 8; i++) {
                assertTrue(frames.add(batch));
            }
            assertFalse(frames.add(batch));
            batch.free();
            assertEquals(2, take(frames, 8, lengths));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, CapturedFrames.FOR_EVER})
    void aCaptureWithoutFramesIsRefused(long turns) {
        Path file = capture(0);
        Exception e = assertThrows(IxyException.class, () -> new CapturedFrames(file, 1, turns, () -> now));
        assertEquals(file + " has no frame to send", e.getMessage());
    }

    /** Over and over, a capture of frames that are all too long must not be an endless loop. */
    @Test
    void aCaptureOfFramesThatAreTooLongEnds() {
        Path file = capture(0, 4000);
        Exception e =
                assertThrows(IxyException.class, () -> new CapturedFrames(file, 1, CapturedFrames.FOR_EVER, () -> now));
        assertEquals(
                file + " has no frame to send that fits a buffer of " + PacketPool.ROOM + " bytes", e.getMessage());
    }
}
