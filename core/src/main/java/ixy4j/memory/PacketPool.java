package ixy4j.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packet buffers of one size, known by ids from 0 to {@code capacity() - 1}, in memory that a set of cards can reach.
 * The last one freed is the first allocated, since it is the likeliest to be in the cache. A pool, with all queues that
 * use it, belongs to one thread; several threads have a pool each.
 *
 * <p>With {@code -Dixy4j.checks=true} each pool finds double frees, frees of ids never handed out, and foreign threads.
 */
public final class PacketPool implements AutoCloseable {
    /** Bytes from one buffer to the next. */
    public static final int BUFFER_SIZE = 2048;

    /** Bytes kept free before the frame, for headers that an application puts in front. */
    public static final int HEADROOM = 128;

    /** Bytes that a frame can have, without its FCS. */
    public static final int ROOM = BUFFER_SIZE - HEADROOM;

    private static final int SHIFT = Integer.numberOfTrailingZeros(BUFFER_SIZE);
    private static final int PER_PAGE_SHIFT = Integer.numberOfTrailingZeros(DmaMemory.PAGE) - SHIFT;
    private static final boolean CHECKS = Boolean.getBoolean("ixy4j.checks");

    private final DmaMemory memory;
    private final long firstFrame;
    private final long[] pageIovas;
    private final int[] free;
    private int available;
    private final PoolChecks checks;
    private final List<PacketBatch> batches = new ArrayList<>();

    private PacketPool(int capacity, DmaMemory memory) {
        this.memory = memory;
        this.firstFrame = memory.address() + HEADROOM;
        this.pageIovas = memory.pageIovas();
        this.free = new int[capacity];
        Arrays.setAll(free, i -> capacity - 1 - i);
        this.available = capacity;
        this.checks = CHECKS ? new PoolChecks(capacity) : null;
    }

    /**
     * A pool that these cards can reach.
     *
     * @param buffers 1 to 1,048,576, at 2 KiB each
     */
    public static PacketPool create(int buffers, DmaTarget... cards) {
        if (buffers < 1 || buffers > 1 << 20) {
            throw new IllegalArgumentException("a pool has 1 to 1048576 buffers, not " + buffers);
        }
        return new PacketPool(buffers, DmaMemory.allocate((long) buffers * BUFFER_SIZE, cards));
    }

    /** How many buffers there are. */
    public int capacity() {
        return free.length;
    }

    /** How many buffers are free. */
    public int available() {
        return available;
    }

    /** Takes a buffer; -1 where none is left. */
    public int allocate() {
        if (available == 0) {
            return -1;
        }
        int id = free[--available];
        if (CHECKS) {
            checks.allocated(id);
        }
        return id;
    }

    /** Takes up to {@code count} buffers into {@code ids} from {@code start} on; returns how many there were. */
    public int allocate(int[] ids, int start, int count) {
        int taken = Math.min(count, available);
        System.arraycopy(free, available - taken, ids, start, taken);
        available -= taken;
        if (CHECKS) {
            checks.allocated(ids, start, taken);
        }
        return taken;
    }

    /** Gives a buffer back. */
    public void free(int id) {
        if (CHECKS) {
            checks.freed(id);
        }
        free[available++] = id;
    }

    /** Gives {@code count} buffers back. */
    public void free(int[] ids, int start, int count) {
        if (CHECKS) {
            checks.freed(ids, start, count);
        }
        System.arraycopy(ids, start, free, available, count);
        available += count;
    }

    /** Our address of the first byte of the frame in a buffer; the id is not checked. */
    public long address(int id) {
        return firstFrame + ((long) id << SHIFT);
    }

    /** The card's address of the same byte. */
    public long iova(int id) {
        return pageIovas[id >> PER_PAGE_SHIFT] + ((long) id << SHIFT & DmaMemory.PAGE - 1) + HEADROOM;
    }

    /** Where the buffers are. */
    public DmaMemory memory() {
        return memory;
    }

    /** A batch of at most {@code capacity} packets of this pool. */
    public PacketBatch batch(int capacity) {
        PacketBatch batch = new PacketBatch(this, capacity);
        batches.add(batch);
        return batch;
    }

    /** Stops the queues that use this pool, then releases its memory. */
    @Override
    public void close() {
        memory.close();
        available = 0;
        batches.forEach(batch -> batch.resize(0)); // so that none leads to memory that is gone
    }

    @Override
    public String toString() {
        return "pool of " + free.length + " buffers, " + available + " free, in " + memory;
    }
}
