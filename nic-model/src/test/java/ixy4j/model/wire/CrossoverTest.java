package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CrossoverTest {
    private final long memory = Memory.allocate(Crossover.MAX_LENGTH + 64);

    @Test
    void framesComeOutAsTheyWentInWhateverTheirLengths() {
        long seed = Memory.seed();
        SplittableRandom random = new SplittableRandom(seed);
        Wire[] ends = Crossover.pair();
        Deque<byte[]> onTheWay = new ArrayDeque<>();
        for (int step = 0; step < 50_000; step++) {
            if (random.nextInt(100) < 52) {
                byte[] frame = new byte[random.nextInt(10) == 0 ? 1 + random.nextInt(Crossover.MAX_LENGTH) : 60];
                random.nextBytes(frame);
                Memory.set(memory, frame);
                if (ends[0].transmit(memory, frame.length)) {
                    onTheWay.addLast(frame);
                } else {
                    int bytes = onTheWay.stream().mapToInt(f -> f.length + 16).sum();
                    assertTrue(bytes > (1 << 18) - 2 * Crossover.MAX_LENGTH, bytes + " bytes fill it, seed " + seed);
                }
            } else {
                byte[] expected = onTheWay.pollFirst();
                int length = ends[1].receive(memory, Crossover.MAX_LENGTH);
                assertEquals(expected == null ? 0 : expected.length, length, "step " + step + ", seed " + seed);
                if (expected != null) {
                    assertArrayEquals(expected, Memory.bytes(memory, length), "step " + step + ", seed " + seed);
                }
            }
            assertEquals(0, ends[0].receive(memory, Crossover.MAX_LENGTH), "the other direction is empty");
        }
        close(ends);
    }

    @Test
    void whenFullItTakesNoMoreUntilOneIsTaken() {
        Wire[] ends = Crossover.pair();
        int count = 0;
        while (ends[0].transmit(memory, 60)) {
            count++;
        }
        assertTrue(count > 3000, count + " frames");
        assertFalse(ends[0].transmit(memory, 60));
        assertEquals(60, ends[1].receive(memory, 2048));
        assertTrue(ends[0].transmit(memory, 60));
        assertFalse(ends[0].transmit(memory, 60));
        close(ends);
    }

    @Test
    void aFrameIsCutToTheRoom() {
        Wire[] ends = Crossover.pair();
        Frames.writeUdp(memory, 1514, 5);
        ends[0].transmit(memory, 1514);
        ends[0].transmit(memory, 60);
        long to = Memory.allocate(2048);
        assertEquals(100, ends[1].receive(to, 100));
        assertArrayEquals(Memory.bytes(memory, 100), Memory.bytes(to, 100));
        assertEquals(0, RawMemory.getLong(to + 100));
        assertEquals(60, ends[1].receive(to, 2048));
        close(ends);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twoThreadsInBothDirections() throws InterruptedException {
        long frames = 1_000_000;
        Wire[] ends = Crossover.pair();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[2];
        CheckingSink[] sinks = new CheckingSink[2];
        for (int i = 0; i < 2; i++) {
            CheckingSink sink = new CheckingSink(0, true);
            sinks[i] = sink;
            Wire end = ends[i];
            threads[i] = new Thread(() -> play(end, sink, frames));
            threads[i].setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(failure.get());
        for (CheckingSink sink : sinks) {
            assertEquals(frames, sink.frames());
            assertEquals(0, sink.lost() + sink.late() + sink.invalid(), sink.toString());
        }
        close(ends);
    }

    /** Sends and receives this number of frames of all lengths, in turn, as a card does. */
    private static void play(Wire end, CheckingSink sink, long frames) {
        long out = Memory.allocate(2048);
        long in = Memory.allocate(2048);
        long sent = 0;
        boolean pending = false;
        while (sent < frames || sink.frames() < frames) {
            int length = (int) (60 + sent % 1400);
            if (sent < frames) {
                if (!pending) {
                    Frames.writeUdp(out, length, sent);
                }
                pending = !end.transmit(out, length);
                sent += pending ? 0 : 1;
            }
            int received = end.receive(in, 2048);
            if (received > 0) {
                sink.transmit(in, received);
            } else if (pending) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void theLinkIsUpWhileBothEndsAreInUse() {
        Wire first = Crossover.end("link test");
        assertEquals(0, first.linkSpeed());
        assertFalse(first.transmit(memory, 60), "nobody is there");
        assertFalse(first.exhausted());
        Wire second = Crossover.end("link test");
        assertEquals(10_000, first.linkSpeed());
        assertEquals(10_000, second.linkSpeed());
        assertTrue(second.transmit(memory, 60));
        second.close();
        assertEquals(0, first.linkSpeed());
        assertFalse(first.transmit(memory, 60));
        assertFalse(first.exhausted(), "a frame is left");
        assertEquals(60, first.receive(memory, 2048));
        assertTrue(first.exhausted());
        first.close();
    }

    @Test
    void aThirdUserOfANameIsRefusedUntilBothHaveClosed() {
        Wire first = Crossover.end("third");
        Wire second = Crossover.end("third");
        assertThird();
        first.close();
        first.close();
        assertThird();
        second.close();
        Wire again = Crossover.end("third");
        assertEquals(0, again.linkSpeed());
        again.close();
        Wire alone = Crossover.end("third");
        assertEquals(0, alone.linkSpeed(), "the first end of a new cable again");
        alone.close();
    }

    private static void assertThird() {
        String message = assertThrows(IllegalArgumentException.class, () -> Crossover.end("third"))
                .getMessage();
        assertEquals("both ends of the crossover cable \"third\" are in use: choose another name", message);
    }

    @Test
    void namesDoNotMeetOthers() {
        Wire[] ends = {Crossover.end("a"), Crossover.end("b")};
        assertEquals(0, ends[0].linkSpeed());
        assertEquals(0, ends[1].linkSpeed());
        close(ends);
    }

    @Test
    void whatNobodyTookIsUndeliveredOnceItsReaderHasClosed() {
        Wire[] ends = Crossover.pair();
        for (int i = 0; i < 10; i++) {
            assertTrue(ends[0].transmit(memory, 60));
        }
        assertTrue(ends[1].transmit(memory, 60));
        for (int i = 0; i < 4; i++) {
            assertEquals(60, ends[1].receive(memory, 2048));
        }
        assertEquals(0, ends[0].undelivered(), "they wait");
        ends[1].close();
        assertEquals(6, ends[0].undelivered());
        assertEquals(0, ends[1].undelivered(), "the other may still take it");
        assertEquals(60, ends[0].receive(memory, 2048));
        ends[0].close();
        assertEquals(6, ends[0].undelivered());
        assertEquals(0, ends[1].undelivered());
    }

    @Test
    void aClosedEndIsRefusedRatherThanUsed() {
        Wire[] ends = Crossover.pair();
        close(ends);
        for (Wire end : ends) {
            assertThrows(IllegalStateException.class, () -> end.transmit(memory, 60));
            assertThrows(IllegalStateException.class, () -> end.receive(memory, 2048));
            assertEquals(0, end.linkSpeed());
            assertTrue(end.exhausted());
            assertEquals("crossover cable, closed", end.toString());
        }
    }

    @Test
    void lengthsAreChecked() {
        Wire[] ends = Crossover.pair();
        for (int length : new int[] {-1, 0, Crossover.MAX_LENGTH + 1}) {
            assertThrows(IllegalArgumentException.class, () -> ends[0].transmit(memory, length), "length " + length);
        }
        close(ends);
    }

    private static void close(Wire... ends) {
        Arrays.stream(ends).forEach(Wire::close);
    }
}
