package ixy4j.memory;

import ixy4j.linux.Cleanup;
import java.util.ArrayList;
import java.util.List;

/**
 * Packet buffers of one size, known by ids from 0 to {@code capacity() - 1}, in memory that a set of cards can reach.
 * The last one freed is the first allocated, since it is the likeliest to be in the cache. A pool, with all queues that
 * use it, belongs to one thread; several threads have a pool each.
 *
 * <p>With {@code -Dixy4j.checks=true} each pool finds double frees, frees of ids never handed out, and use by two
 * threads at once.
 */
public sealed class PacketPool implements AutoCloseable permits CheckedPool {
    /** Bytes from one buffer to the next. */
    public static final int BUFFER_SIZE = 2048;

    /** Bytes kept free before the frame, for headers that an application puts in front. */
    public static final int HEADROOM = 128;

    /** Bytes that a frame can have, without its FCS. */
    public static final int ROOM = BUFFER_SIZE - HEADROOM;

    private static final int SHIFT = 11; // by which an id becomes an offset
    private static final int PAGE_SHIFT = 21;

    private final DmaMemory memory;
    private final long firstFrame;
    private final long[] pageIovas;
    private final List<PacketBatch> batches = new ArrayList<>();
    private int[] free;
    private int available;

    PacketPool(int capacity, DmaMemory memory) {
        this.memory = memory;
        this.firstFrame = memory.address() + HEADROOM;
        this.pageIovas = memory.pageIovas();
        this.free = new int[capacity];
        while (available < capacity) {
            free[available] = capacity - 1 - available++;
        }
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
        DmaMemory memory = DmaMemory.allocate((long) buffers * BUFFER_SIZE, cards);
        try {
            boolean checks = Boolean.getBoolean("ixy4j.checks");
            return checks ? CheckedPool.of(buffers, memory) : new PacketPool(buffers, memory);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, memory::close);
            throw e;
        }
    }

    /** How many buffers there are. */
    public final int capacity() {
        return free.length;
    }

    /** How many buffers are free. */
    public final int available() {
        return available;
    }

    /** Takes a buffer; -1 where none is left. */
    public int allocate() {
        return available == 0 ? -1 : free[--available];
    }

    /** Takes up to {@code count} buffers into {@code ids} from {@code start} on; returns how many there were. */
    public int allocate(int[] ids, int start, int count) {
        int taken = Math.min(count, available);
        System.arraycopy(free, available - taken, ids, start, taken);
        available -= taken;
        return taken;
    }

    /** Gives a buffer back. */
    public void free(int id) {
        free[available++] = id;
    }

    /** Gives {@code count} buffers back. */
    public void free(int[] ids, int start, int count) {
        System.arraycopy(ids, start, free, available, count);
        available += count;
    }

    /** Our address of the first byte of the frame in a buffer; the id is not checked. */
    public final long address(int id) {
        return firstFrame + ((long) id << SHIFT);
    }

    /** The card's address of the same byte. */
    public final long iova(int id) {
        long offset = (long) id << SHIFT;
        return pageIovas[(int) (offset >>> PAGE_SHIFT)] + (offset & (DmaMemory.PAGE - 1)) + HEADROOM;
    }

    /** Where the buffers are. */
    public final DmaMemory memory() {
        return memory;
    }

    /** A batch of at most {@code capacity} packets of this pool, 1 to 4096. */
    public final PacketBatch batch(int capacity) {
        PacketBatch batch = new PacketBatch(this, capacity);
        batches.add(batch);
        return batch;
    }

    /** Stops the queues that use this pool, then releases its memory. */
    @Override
    public final void close() {
        Cleanup.run(memory::close, this::forget);
    }

    /** So that no buffer and no batch leads to memory that is gone. */
    private void forget() {
        available = 0;
        batches.forEach(batch -> batch.resize(0));
        free = new int[0];
    }
}
