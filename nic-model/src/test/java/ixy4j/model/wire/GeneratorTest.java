package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ixy4j.memory.RawMemory;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final int MICROSECOND = 1000;

    private final long memory = Memory.allocate(2048);
    private long now;

    @Test
    void flatOutItSendsItsCountInOrderAndTheSinkAgrees() {
        try (Generator generator = new Generator(100, 0, 1000, true)) {
            assertTrue(generator.waits());
            for (int i = 0; i < 1000; i++) {
                assertFalse(generator.exhausted());
                assertEquals(100, generator.receive(memory, 2048));
                assertEquals(i, Frames.sequence(memory));
                assertTrue(generator.transmit(memory, 100));
            }
            assertEquals(0, generator.receive(memory, 2048));
            assertTrue(generator.exhausted());
            assertEquals(1000, generator.sent());
            assertSink(generator.sink(), 1000, 0, 0, 0);
            assertEquals(100_000, generator.sink().bytes());
        }
    }

    @Test
    void atARateItSendsByTheClock() {
        now = Long.MAX_VALUE - 50; // nanoTime may wrap
        try (Generator generator = new Generator(60, 2, 10, false, () -> now)) {
            assertFalse(generator.waits());
            assertEquals(0, take(generator), "not before the port is up");
            now += 100 * MICROSECOND;
            generator.start();
            assertEquals(1, take(generator), "the first at once");
            now += MICROSECOND / 2 - 1;
            assertEquals(0, take(generator), "too early");
            now += 1;
            assertEquals(1, take(generator), "2 in a microsecond");
            now += 2 * MICROSECOND;
            assertEquals(4, take(generator));
            now += 100 * MICROSECOND;
            assertEquals(4, take(generator), "the rest of the count");
            assertTrue(generator.exhausted());
            assertEquals(0, generator.lost());
        }
    }

    @Test
    void whatNobodyTookIsLostOldestFirst() {
        try (Generator generator = new Generator(60, 1, 5000, false, () -> now)) {
            generator.start();
            assertEquals(1, take(generator));
            now += 3000 * MICROSECOND;
            assertEquals(60, generator.receive(memory, 2048));
            assertEquals(3001 - Generator.BACKLOG, Frames.sequence(memory));
            assertEquals(Generator.BACKLOG - 1, take(generator));
            assertEquals(3000 - Generator.BACKLOG, generator.lost());
            assertEquals(generator.lost(), generator.undelivered());
            now += 10_000 * MICROSECOND;
            assertEquals(Generator.BACKLOG, take(generator));
            assertEquals(4999, Frames.sequence(memory));
            assertTrue(generator.exhausted());
            assertEquals(5000, generator.sent() + generator.lost());
        }
    }

    private int take(Generator generator) {
        int taken = 0;
        while (generator.receive(memory, 2048) > 0) {
            taken++;
        }
        return taken;
    }

    @Test
    void realTimeKeepsTheRate() {
        try (Generator generator = new Generator(60, 0.1, 0, false)) {
            long before = System.nanoTime();
            generator.start();
            take(generator);
            long start = System.nanoTime();
            while (System.nanoTime() - start < 50_000_000) {
                take(generator);
            }
            long least = (System.nanoTime() - start) / 10_000;
            take(generator);
            long most = (System.nanoTime() - before) / 10_000 + 1;
            long made = generator.sent() + generator.lost();
            assertTrue(made >= least && made <= most, made + " frames, not " + least + " to " + most);
        }
    }

    @Test
    void aFrameIsCutToTheRoom() {
        RawMemory.fill(memory, 2048, (byte) 0x55);
        try (Generator generator = new Generator(1514, 0, 0, false)) {
            assertEquals(20, generator.receive(memory, 20));
            byte[] cut = Memory.bytes(memory, 2048);
            assertEquals(1514, generator.receive(memory, 1514));
            assertArrayEquals(Memory.bytes(memory, 20), Arrays.copyOf(cut, 20));
            for (int i = 20; i < 2048; i++) {
                assertEquals(0x55, cut[i], "offset " + i);
            }
            assertEquals(1, Frames.sequence(memory));
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Generator(59, 0, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Generator(60, Double.NaN, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Generator(60, -1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Generator(60, 0, -1, false));
    }

    @Test
    void theSinkCountsLostAndLateFrames() {
        CheckingSink sink = new CheckingSink(0, false);
        for (long sequence : new long[] {2, 3, 7, 4, 5, 8, 8, 9}) {
            send(sink, sequence);
        }
        assertSink(sink, 8, 5, 3, 0); // lost: 0 1, 4 5 6; late: 4 5, and 8 again
        assertEquals("sink: 8 frames, 480 bytes, 5 lost, 3 late, 0 invalid", sink.toString());
    }

    @Test
    void theSinkOfNoGeneratorBeginsWithAnyNumber() {
        CheckingSink sink = new CheckingSink(-1, false);
        send(sink, 1_000_000);
        send(sink, 1_000_001);
        send(sink, 1_000_003);
        assertSink(sink, 3, 1, 0, 0);
        assertEquals(0, sink.receive(memory, 2048));
        assertTrue(sink.exhausted());
    }

    @Test
    void aDamagedNumberDoesNotCountAsAHugeLoss() {
        CheckingSink sink = new CheckingSink(0, false);
        send(sink, 0);
        Frames.writeUdp(memory, 60, 1);
        RawMemory.setByte(memory + Frames.SEQUENCE_OFFSET, (byte) 0x40);
        sink.transmit(memory, 60);
        send(sink, 2);
        assertSink(sink, 3, 1, 0, 1);
    }

    @Test
    void damageInThePatternIsFoundInEachFrameOrEach64th() {
        assertEquals("all 10, some 0", invalidIfDamaged(32));
        assertEquals("all 10, some 10", invalidIfDamaged(0));
    }

    /** What two sinks find of the one frame in 64 that is damaged. */
    private String invalidIfDamaged(int damaged) {
        CheckingSink all = new CheckingSink(-1, true);
        CheckingSink some = new CheckingSink(-1, false);
        for (int i = 0; i < 640; i++) {
            Frames.writeUdp(memory, 200, i);
            if (i % 64 == damaged) {
                RawMemory.setByte(memory + 150, (byte) (RawMemory.getByte(memory + 150) ^ 1));
            }
            all.transmit(memory, 200);
            some.transmit(memory, 200);
        }
        return "all " + all.invalid() + ", some " + some.invalid();
    }

    @Test
    void framesOfOthersAreInvalid() {
        CheckingSink sink = new CheckingSink(0, false);
        RawMemory.fill(memory, 2048, (byte) 0);
        for (int length : new int[] {14, 42, 60, 1514, 2000}) {
            sink.transmit(memory, length);
        }
        assertSink(sink, 5, 0, 0, 5);
    }

    private void send(CheckingSink sink, long sequence) {
        Frames.writeUdp(memory, 60, sequence);
        assertTrue(sink.transmit(memory, 60));
    }

    private static void assertSink(CheckingSink sink, long frames, long lost, long late, long invalid) {
        assertEquals(
                "frames " + frames + " lost " + lost + " late " + late + " invalid " + invalid,
                "frames " + sink.frames() + " lost " + sink.lost() + " late " + sink.late() + " invalid "
                        + sink.invalid());
    }

    @Test
    void aMillionFramesAllocateNothing() {
        for (double rate : new double[] {0, 1000}) {
            for (boolean checkAll : new boolean[] {false, true}) {
                try (Generator generator = new Generator(60, rate, 0, checkAll)) {
                    generator.start();
                    long least = Long.MAX_VALUE;
                    for (int round = 0; round < 4; round++) { // in the first ones the JIT is at work
                        least = Math.min(least, allocatedBy(generator, 1_000_000));
                    }
                    assertEquals(0, least, "bytes allocated at rate " + rate + ", checking all: " + checkAll);
                    assertEquals(0, generator.sink().invalid());
                }
            }
        }
    }

    private long allocatedBy(Generator generator, int frames) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < frames; ) {
            int length = generator.receive(memory, 2048);
            if (length > 0) {
                generator.transmit(memory, length);
                i++;
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
