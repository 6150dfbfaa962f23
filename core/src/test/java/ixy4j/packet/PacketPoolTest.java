package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.spi.DmaMemory;
import ixy4j.spi.Spaces;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketPoolTest {
    private static final int PER_PAGE = 1056;

    /** A pool in the checking mode or not, whatever this run is in. */
    private static PacketPool pool(int buffers, boolean checks) {
        String before = System.getProperty("ixy4j.checks", "false");
        System.setProperty("ixy4j.checks", Boolean.toString(checks));
        try {
            return PacketPool.create(buffers, Spaces.VIRTUAL);
        } finally {
            System.setProperty("ixy4j.checks", before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastFreedIsTheFirstAllocated(boolean checks) {
        try (PacketPool pool = pool(8, checks)) {
            int[] buffers = new int[8];
            assertEquals(8, pool.allocate(buffers, 0, 8));
            pool.free(buffers[5]);
            pool.free(buffers[2]);
            pool.free(buffers[7]);
            assertEquals(buffers[7], pool.allocate());
            assertEquals(buffers[2], pool.allocate());
            pool.free(buffers[3]);
            assertEquals(buffers[3], pool.allocate());
            assertEquals(buffers[5], pool.allocate());
            assertEquals(-1, pool.allocate());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyPoolSaysMinusOneAndRecovers(boolean checks) {
        try (PacketPool pool = pool(1, checks)) {
            assertEquals(PacketPool.buffer(0), pool.allocate());
            assertEquals(-1, pool.allocate());
            assertEquals(-1, pool.allocate());
            assertEquals(0, pool.available());
            pool.free(PacketPool.buffer(0));
            assertEquals(1, pool.available());
            assertEquals(PacketPool.buffer(0), pool.allocate());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchTakesWhatThereIsAndWritesNothingElse(boolean checks) {
        try (PacketPool pool = pool(5, checks)) {
            int[] buffers = {-9, -9, -9, -9, -9, -9, -9, -9};
            assertEquals(2, pool.allocate(buffers, 1, 2));
            assertEquals(3, pool.available());
            assertEquals(3, pool.allocate(buffers, 3, 5), "two fewer than asked");
            assertEquals(0, pool.allocate(buffers, 6, 2));
            assertEquals(List.of(-9, -9, -9), List.of(buffers[0], buffers[6], buffers[7]));
            int[] sorted = IntStream.of(buffers).skip(1).limit(5).sorted().toArray();
            assertArrayEquals(IntStream.range(0, 5).map(PacketPool::buffer).toArray(), sorted);
            pool.free(buffers, 2, 3);
            assertEquals(3, pool.available());
            assertEquals(0, pool.allocate(buffers, 0, 0));
            assertEquals(buffers[4], pool.allocate(), "the last of the batch");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, (1 << 20) + 1, Integer.MAX_VALUE})
    void capacitiesOutOfRangeAreRefused(int buffers) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> PacketPool.create(buffers, Spaces.VIRTUAL));
        assertEquals("a pool has 1 to 1048576 buffers, not " + buffers, e.getMessage());
    }

    @Test
    void theLargestPoolIsPossible() {
        try (PacketPool pool = PacketPool.create(1 << 20, Spaces.VIRTUAL)) { // 2 GiB of addresses, not of memory
            int last = PacketPool.buffer((1 << 20) - 1);
            long end = pool.address(last) + PacketPool.ROOM - pool.memory.address();
            assertTrue(end <= pool.memory.size() && end > pool.memory.size() - DmaMemory.PAGE, "ends at " + end);
            pool.free(pool.allocate());
            assertEquals(pool.memory.iova(pool.address(last)), pool.iova(last));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PER_PAGE - 1, PER_PAGE, PER_PAGE + 1, 3 * PER_PAGE + 7})
    void buffersLieBehindOneAnotherAndNoneAcrossPagesForTheCard(int buffers) {
        try (PacketPool pool = PacketPool.create(buffers, Spaces.VIRTUAL)) {
            Set<Long> iovas = new HashSet<>();
            for (int i = 0; i < buffers; i++) {
                int buffer = PacketPool.buffer(i);
                long offset = (long) (i / PER_PAGE) * DmaMemory.PAGE + 128 + i % PER_PAGE * 1984L + 128;
                assertEquals(pool.memory.address() + offset, pool.address(buffer), "buffer " + i);
                assertEquals(pool.memory.iova(pool.address(buffer)), pool.iova(buffer), "buffer " + i);
                long last = pool.address(buffer) + PacketPool.ROOM - 1;
                assertEquals(pool.iova(buffer) + PacketPool.ROOM - 1, pool.memory.iova(last), "buffer " + i);
                assertTrue(iovas.add(pool.iova(buffer)), "buffer " + i);
            }
            assertEquals(buffers, pool.capacity());
            assertEquals(buffers, pool.available());
        }
    }

    @Test
    void roomAndHeadroomMakeABuffer() {
        assertEquals(PacketPool.BUFFER_SIZE, PacketPool.START + PacketPool.ROOM);
        assertEquals(0, PacketPool.START % 64, "frames begin on a cache line");
        assertEquals(64, PacketPool.BUFFER_SIZE % 128, "and go round all sets of a cache, each a line further");
        assertTrue(PacketPool.ROOM >= 1518);
    }

    /** However far its frame was moved, alone or among many. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBufferThatIsFreedStartsWhereFramesDo(boolean checks) {
        try (PacketPool pool = pool(40, checks)) {
            int[] moved = new int[40];
            pool.allocate(moved, 0, 40);
            int[] usual = moved.clone();
            for (int i = 0; i < 40; i++) {
                moved[i] += i * (PacketPool.ROOM - 1) / 39 - (i == 0 ? PacketPool.HEADROOM : 0);
            }
            pool.noteMove();
            pool.free(moved, 0, 39);
            pool.free(moved[39]);
            int[] again = new int[40];
            assertEquals(40, pool.allocate(again, 0, 40));
            assertArrayEquals(usual, again);
        }
    }

    @Test
    void checksFindADoubleFree() {
        try (PacketPool pool = pool(4, true)) {
            int id = pool.allocate();
            pool.free(id);
            Exception e = assertThrows(IllegalStateException.class, () -> pool.free(id));
            assertEquals("buffer " + PacketPool.index(id) + " is freed twice, or was never allocated", e.getMessage());
        }
    }

    @Test
    void checksFindADoubleFreeWithinABatch() {
        try (PacketPool pool = pool(4, true)) {
            int[] buffers = new int[2];
            pool.allocate(buffers, 0, 2);
            buffers[1] = buffers[0];
            assertThrows(IllegalStateException.class, () -> pool.free(buffers, 0, 2));
        }
    }

    @Test
    void checksFindABufferNeverAllocated() {
        try (PacketPool pool = pool(4, true)) {
            int id = pool.allocate();
            int other = PacketPool.buffer(id == PacketPool.buffer(3) ? 2 : 3);
            assertThrows(IllegalStateException.class, () -> pool.free(other));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 4 * PacketPool.BUFFER_SIZE, DmaMemory.PAGE, Integer.MAX_VALUE})
    void checksFindAForeignBuffer(int foreign) {
        try (PacketPool pool = pool(4, true)) {
            pool.allocate();
            Exception e = assertThrows(IllegalStateException.class, () -> pool.free(foreign));
            assertEquals(
                    "buffer " + PacketPool.index(foreign) + " is freed twice, or was never allocated", e.getMessage());
        }
    }

    @Test
    void checksFindTwoThreadsAtOnce() throws InterruptedException {
        try (PacketPool pool = pool(4, true)) {
            List<String> found = Collections.synchronizedList(new ArrayList<>());
            Runnable user = () -> {
                long deadline = System.nanoTime() + 20_000_000_000L;
                try {
                    while (found.isEmpty() && System.nanoTime() - deadline < 0) {
                        pool.free(pool.allocate());
                    }
                } catch (IllegalStateException e) {
                    found.add(e.getMessage());
                }
            };
            Thread first = new Thread(user);
            Thread second = new Thread(user);
            first.start();
            second.start();
            first.join();
            second.join();
            assertTrue(!found.isEmpty(), "nothing found in 20 s");
            assertTrue(found.getFirst().startsWith("a pool is used by Thread["), found.getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noBufferEverHasTwoOwners(boolean checks) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int capacity = 1 + random.nextInt(200);
        try (PacketPool pool = pool(capacity, checks)) {
            List<Integer> owned = new ArrayList<>();
            Set<Integer> owners = new HashSet<>();
            Deque<Integer> free = new ArrayDeque<>(); // as far as known: those freed once
            for (int step = 0; step < 20_000; step++) {
                String where = "seed " + seed + ", step " + step;
                int count = random.nextInt(40);
                int[] buffers = new int[count + 3];
                if (random.nextBoolean()) {
                    int got = pool.allocate(buffers, 3, count);
                    assertEquals(Math.min(count, capacity - owned.size()), got, where);
                    Set<Integer> expected = new HashSet<>();
                    for (int i = 0; i < got && !free.isEmpty(); i++) {
                        expected.add(free.pop());
                    }
                    for (int i = 3; i < 3 + got; i++) {
                        assertTrue(buffers[i] >= 0 && buffers[i] <= PacketPool.buffer(capacity - 1), where);
                        assertTrue(owners.add(buffers[i]), where + ": buffer " + buffers[i] + " has two owners");
                        owned.add(buffers[i]);
                        expected.remove(buffers[i]);
                    }
                    assertEquals(Set.of(), expected, where + ": freed last, but not allocated first");
                } else if (random.nextBoolean()) {
                    int n = Math.min(count, owned.size());
                    for (int i = 0; i < n; i++) {
                        buffers[2 + i] = take(owned, owners, random);
                        free.push(buffers[2 + i]);
                    }
                    pool.free(buffers, 2, n);
                } else if (!owned.isEmpty()) {
                    int id = take(owned, owners, random);
                    pool.free(id);
                    assertEquals(id, pool.allocate(), where);
                    pool.free(id);
                    free.push(id);
                }
                assertEquals(capacity - owned.size(), pool.available(), where);
            }
        }
    }

    private static int take(List<Integer> owned, Set<Integer> owners, Random random) {
        int place = random.nextInt(owned.size());
        Collections.swap(owned, place, owned.size() - 1);
        int id = owned.removeLast();
        owners.remove(id);
        return id;
    }

    @Test
    void aClosedPoolHandsNothingOut() {
        PacketPool pool = PacketPool.create(4, Spaces.VIRTUAL);
        PacketBatch batch = pool.batch(1);
        pool.close();
        assertEquals(-1, batch.add(60));
        assertEquals(0, batch.size());
    }

    /** A batch, a part, and queues of a pool, one of them closed, known by nobody else. */
    private static List<WeakReference<?>> partsOf(PacketPool pool) {
        List<Object> parts = List.of(pool.batch(8), pool.split(2), new Closed(pool, false), new Closed(pool, false));
        ((Closed) parts.getLast()).close(); // whose buffer nobody fetches before the pool is closed
        return parts.stream().<WeakReference<?>>map(WeakReference::new).toList();
    }

    @Test
    void aClosedPoolKeepsNothing() {
        PacketPool pool = PacketPool.create(8, Spaces.VIRTUAL);
        List<WeakReference<?>> parts = partsOf(pool);
        pool.close();
        for (int i = 0; i < 100 && parts.stream().anyMatch(part -> part.get() != null); i++) {
            System.gc();
        }
        assertEquals(
                List.of(), parts.stream().filter(part -> part.get() != null).toList());
        assertEquals(0, pool.available());
    }

    @Test
    void aBatchAllocationThatDoesNotFitTakesNothing() {
        try (DmaMemory memory = DmaMemory.allocate(1, Spaces.VIRTUAL)) {
            PacketPool pool = new PacketPool(memory, new int[] {7, 6, 5, 4, 3, 2, 1, 0}, true);
            assertThrows(IndexOutOfBoundsException.class, () -> pool.allocate(new int[2], 0, 4));
            assertEquals(8, pool.available());
            assertThrows(RuntimeException.class, () -> pool.allocate(new int[2], 0, -1));
            assertEquals(8, pool.available());
        }
    }

    /** One with a buffer. */
    private static final class Closed extends PacketQueue {
        private final boolean fails;
        private final int[] buffer = new int[1];

        Closed(PacketPool pool, boolean fails) {
            super("a queue");
            this.fails = fails;
            fill(pool, buffer, 1);
            use(pool);
        }

        @Override
        public void close() {
            release();
        }

        @Override
        protected void giveBack(PacketPool pool) {
            if (fails) {
                throw new IllegalStateException("no");
            }
            free(pool, buffer, 0, 1);
        }
    }

    @Test
    void whatOneQueueDoesNotGiveBackIsNoLossOfOthers() {
        try (PacketPool pool = PacketPool.create(8, Spaces.VIRTUAL)) {
            List<Closed> queues = List.of(new Closed(pool, false), new Closed(pool, true), new Closed(pool, false));
            queues.forEach(Closed::close);
            assertThrows(IllegalStateException.class, pool::available);
            assertEquals(7, pool.available());
        }
    }
}
