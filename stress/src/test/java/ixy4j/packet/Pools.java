package ixy4j.packet;

import ixy4j.spi.DmaMemory;
import ixy4j.spi.Spaces;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Pools of a few buffers, as jcstress makes thousands of each test: all in the same memory, whose parts are used in turn. */
public final class Pools {
    private static final int BUFFERS = 8; // for one test
    private static final int TESTS = 4096; // at once, at most
    private static final DmaMemory MEMORY = DmaMemory.allocate(PacketPool.bytes(TESTS * BUFFERS), Spaces.VIRTUAL);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int first = (NEXT.getAndIncrement() & (TESTS - 1)) * BUFFERS;
    private int used;

    /** A pool of so many buffers; all pools of one test have 8 together. */
    public PacketPool pool(int buffers) {
        int from = first + used;
        used += buffers;
        int[] all =
                IntStream.range(from, from + buffers).map(PacketPool::buffer).toArray();
        return new PacketPool(MEMORY, all, true);
    }

    /** How far the card's address of a frame is from ours. */
    public static long delta(PacketPool pool) {
        int buffer = pool.allocate();
        pool.free(buffer);
        return pool.iova(buffer) - pool.address(buffer);
    }
}
