package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.memory.RawMemory;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TailPageTest {
    private static final int TURNS = 20_000;

    @Test
    void tailsHaveLinesOfTheirOwn() {
        try (TailPage page = new TailPage((offset, tail) -> {})) {
            long first = page.address(0x18, 0);
            long second = page.address(0x58, 0);
            assertEquals(0, first % 128);
            assertEquals(first + 128, second);
            assertEquals(first, page.address(0x18, 9), "and is not set again");
            assertEquals(0, RawMemory.getIntAcquire(first));
        }
    }

    /** Whatever is written when, what was sent last is what was written last, once it was flushed. */
    @Test
    void theLastValueIsSent() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Map<Integer, Integer> sent = new ConcurrentHashMap<>();
            Map<Integer, Integer> written = new HashMap<>();
            try (TailPage page = new TailPage(sent::put)) {
                for (int i = 0; i < 2000; i++) {
                    int offset = 4 * random.nextInt(8);
                    int value = random.nextInt(512);
                    if (random.nextInt(10) == 0) {
                        // by message, as Bar.set32 does it: flushed first
                        page.flush();
                        sent.put(offset, value);
                        page.wasSet(offset, value);
                    } else {
                        RawMemory.setIntRelease(page.address(offset, sent.getOrDefault(offset, 0)), value);
                    }
                    written.put(offset, value);
                    if (random.nextInt(20) == 0) {
                        page.flush();
                        written.forEach((o, v) -> assertEquals(v, sent.getOrDefault(o, 0), "offset " + o));
                    }
                }
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void nothingIsSentTwice() {
        AtomicInteger count = new AtomicInteger();
        try (TailPage page = new TailPage((offset, tail) -> count.incrementAndGet())) {
            long tail = page.address(0x18, 0);
            assertFalse(page.flush());
            page.wasSet(0x20, 4); // no tail of this page
            for (int i = 1; i <= 100; i++) {
                RawMemory.setIntRelease(tail, i);
                page.flush();
                assertFalse(page.flush());
                assertEquals(i, count.get());
            }
        }
    }

    @Test
    void itsThreadEndsWithTheConnectionAndItsMemoryWithThePage() {
        TailPage page = new TailPage((offset, tail) -> {
            throw new IxyException("gone");
        });
        long tail = page.address(0x18, 0);
        RawMemory.setIntRelease(tail, 1);
        assertThrows(IxyException.class, () -> {
            for (int i = 2; ; i++) { // either we find out or the thread does
                RawMemory.setIntRelease(tail, i);
                page.flush();
            }
        });
        assertTrue(Machine.isMapped(tail), "queues still write there");
        page.close();
        page.close();
        assertFalse(Machine.isInUse(tail));
    }

    @Test
    void flushingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] last = new int[1];
        try (TailPage page = new TailPage((offset, tail) -> last[0] = tail)) {
            long tail = page.address(0x18, 0);
            long bytes = 0;
            for (int round = 0; round < 20; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 1; i <= TURNS; i++) {
                    RawMemory.setIntRelease(tail, i);
                    page.flush();
                }
                bytes = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertEquals(TURNS, last[0]);
            assertTrue(bytes < TURNS, bytes + " bytes for " + TURNS + " tails");
        }
    }
}
