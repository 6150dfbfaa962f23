package ixy4j.packet;

import ixy4j.linux.Cleanup;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Packet buffers of one size in memory that a set of cards can reach. A pool, with all queues that use it and all its
 * batches, belongs to one thread; several threads have a pool each. Only {@link #close()} may be called by others: it leaves
 * alone what belongs to that thread, which finds out when it needs a buffer or a queue.
 *
 * <p>The buffer that was freed last is used first, since it is the likeliest to be in the cache. With
 * {@code -Dixy4j.checks=true} each pool finds double frees, frees of buffers never handed out, and use by two threads at once.
 */
public sealed class PacketPool implements AutoCloseable permits CheckedPool {
    /**
     * Bytes from one buffer to the next: 31 lines of the cache. With 32, a power of two, the first lines of all frames would
     * share two of a first-level cache's 64 sets, and soon be thrown out of it; an odd number has them go round all sets.
     */
    public static final int BUFFER_SIZE = 31 * 64;

    /** Bytes before a frame, as it was received or added, that {@link PacketBatch#prepend} can use. */
    public static final int HEADROOM = 112;

    /** Bytes that a frame can have there, without its FCS. */
    public static final int ROOM = 1856;

    static final int START = BUFFER_SIZE - ROOM; // of a frame; drivers have 16 bytes before the headroom for headers
    private static final int PAGE_SHIFT = 21;
    private static final int IN_PAGE = (1 << PAGE_SHIFT) - 1;

    // Of each page, left free: to AF_XDP, 256 bytes before a frame are its own, and those of the first are here.
    static final int FRONT = 128;

    static final int PER_PAGE = (IN_PAGE + 1 - FRONT) / BUFFER_SIZE; // buffers: none goes from one page to the next

    final DmaMemory memory;
    private final long base;
    private final long[] pageIovas;
    private final List<PacketQueue> queues = new ArrayList<>(); // that are open; guarded by itself, as the next two
    private final List<PacketBatch> batches = new ArrayList<>();
    private final List<PacketPool> parts = new ArrayList<>(); // split from this
    private final boolean isWhole; // and not such a part
    private final AtomicReference<PacketQueue> left = new AtomicReference<>(); // closed queues that have buffers
    private volatile boolean closed; // written where queues is held
    private final int[] free;
    private boolean moved; // whether frames may start elsewhere than they usually do
    int available;

    /** A pool of these buffers, the first of which is used last. */
    PacketPool(DmaMemory memory, int[] buffers, boolean isWhole) {
        this.isWhole = isWhole;
        this.memory = memory;
        this.base = memory.address();
        this.pageIovas = memory.pageIovas();
        this.free = buffers;
        this.available = buffers.length;
    }

    /**
     * A pool that these cards can reach.
     *
     * @param buffers 1 to 1,048,576, 1056 in each 2 MiB; {@link ixy4j.Devices#pool} reckons how many are needed
     * @throws ixy4j.IxyException if the machine does not give so much memory
     */
    public static PacketPool create(int buffers, DmaTarget... cards) {
        if (buffers < 1 || buffers > 1 << 20) {
            throw new IllegalArgumentException("a pool has 1 to 1048576 buffers, not " + buffers);
        }
        DmaMemory memory = DmaMemory.allocate(bytes(buffers), cards);
        try {
            int[] all = new int[buffers];
            Arrays.setAll(all, i -> buffer(buffers - 1 - i));
            return of(memory, all, true);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, memory::close);
            throw e;
        }
    }

    /** How much memory so many buffers take, which begins with a page. */
    public static long bytes(int buffers) {
        return (long) buffer(buffers - 1) - START + BUFFER_SIZE;
    }

    /** The buffer with a number from 0 on, as a frame that was not moved starts in it. */
    static int buffer(int index) {
        return ((index / PER_PAGE) << PAGE_SHIFT) + FRONT + index % PER_PAGE * BUFFER_SIZE + START;
    }

    /** The number of a buffer, wherever its frame starts. */
    static int index(int buffer) {
        return (buffer >>> PAGE_SHIFT) * PER_PAGE + ((buffer & IN_PAGE) - FRONT) / BUFFER_SIZE;
    }

    private static PacketPool of(DmaMemory memory, int[] buffers, boolean isWhole) {
        return Boolean.getBoolean("ixy4j.checks")
                ? CheckedPool.of(memory, buffers, isWhole)
                : new PacketPool(memory, buffers, isWhole);
    }

    /**
     * Another pool in the same memory, for another thread, which gets some of the buffers that are free here. Packets go from
     * one to the other by a {@link PacketChannel}. It is closed with this one, and its buffers do not come back before.
     *
     * @param buffers 1 to {@link #available()}
     * @throws IllegalStateException if this is closed
     */
    public final PacketPool split(int buffers) {
        checkOpen();
        if (buffers < 1 || buffers > available()) {
            throw new IllegalArgumentException(
                    "a pool of " + available + " free buffers can give away 1 to all of them, not " + buffers);
        }
        int[] theirs = new int[buffers];
        allocate(theirs, 0, buffers);
        for (int buffer : theirs) {
            leave(buffer);
        }
        PacketPool part = of(memory, theirs, false);
        synchronized (queues) {
            checkOpen(); // or nobody would close it
            parts.add(part);
        }
        return part;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("a pool that is closed cannot be split");
        }
    }

    final boolean isClosed() {
        return closed;
    }

    /** How many buffers it was made with; those that were split off are counted too. */
    public final int capacity() {
        return free.length;
    }

    /** How many buffers are free; none if the pool is closed. */
    public final int available() {
        return takeBack(null);
    }

    /** Whether a card can reach the buffers. */
    public final boolean isMappedFor(DmaTarget card) {
        return memory.isMappedFor(card);
    }

    /**
     * A batch of at most {@code capacity} packets of this pool, 1 to 4096. The pool keeps each until it is closed, so one is to
     * be made once, and used again and again.
     */
    public final PacketBatch batch(int capacity) {
        PacketBatch batch = new PacketBatch(this, capacity);
        synchronized (queues) {
            batches.add(batch);
        }
        return batch;
    }

    /**
     * Closes the queues that use this pool, then releases its memory; by any thread, at any time, and more than once. Its
     * batches are empty then, those that another thread made as soon as one of its queues is used again; until that, what
     * they have is no packets any more, but does no harm.
     */
    @Override
    public final void close() {
        List<Runnable> steps = new ArrayList<>();
        synchronized (queues) {
            closed = true;
            queues.forEach(queue -> steps.add(queue::close));
            parts.forEach(part -> steps.add(part::close));
        }
        if (isWhole) {
            steps.add(memory::close);
        }
        steps.add(() -> empty(Thread.currentThread()));
        steps.add(this::forget);
        Cleanup.run(steps);
    }

    /** So that nothing that is left in batches is taken for packets. They are known no longer: nothing gets into them now. */
    private void empty(Thread maker) {
        synchronized (queues) {
            batches.removeIf(batch -> {
                boolean chosen = maker == null || batch.maker.equals(maker);
                batch.size = chosen ? 0 : batch.size;
                return chosen;
            });
        }
    }

    /** Lets go of what is closed; not before all of it is, since two threads may close a pool. */
    private void forget() {
        synchronized (queues) {
            parts.clear();
            left.set(null);
        }
    }

    /** Called by a closed queue before it throws. If the pool is closed too, nothing that is left is taken for packets. */
    final void settle() {
        if (closed) {
            empty(null);
        }
        takeBack(null); // the thread is in no other queue
    }

    // ---- for batches and queues

    /** Whether what is free is to be asked for, before a buffer is taken. */
    final boolean mustLook() {
        return available == 0 || closed;
    }

    /** Takes a buffer; -1 if none is left. */
    int allocate() {
        int rest = available - 1;
        if (rest >= 0) {
            available = rest;
            return free[rest];
        }
        return -1;
    }

    /** Takes up to {@code count} buffers into {@code buffers} from {@code start} on; returns how many there were. */
    int allocate(int[] buffers, int start, int count) {
        int taken = Math.min(count, available);
        System.arraycopy(free, available - taken, buffers, start, taken);
        available -= taken;
        return taken;
    }

    /** Gives a buffer back. */
    void free(int buffer) {
        free[available++] = moved ? usual(buffer) : buffer;
    }

    /** Gives {@code count} buffers back. */
    void free(int[] buffers, int start, int count) {
        System.arraycopy(buffers, start, free, available, count);
        for (int i = available; moved && i < available + count; i++) {
            free[i] = usual(free[i]);
        }
        available += count;
    }

    /** The start of a frame of this pool was moved: from now on, all buffers that come back are looked at. */
    final void noteMove() {
        moved = true;
    }

    /** A packet came from another pool. */
    final void noteMoves(PacketPool other) {
        moved |= other.moved;
    }

    /** The same buffer, with a frame that starts where frames do. */
    static int usual(int buffer) {
        return buffer - offset(buffer) + START;
    }

    /** How many bytes can be put in front of a packet. */
    static int headroom(int buffer) {
        return offset(buffer) - (START - HEADROOM);
    }

    /** The longest packet that there is room for from its start on. */
    static int room(int buffer) {
        return BUFFER_SIZE - offset(buffer);
    }

    /** Where in its buffer the frame starts. */
    private static int offset(int buffer) {
        return ((buffer & IN_PAGE) - FRONT) % BUFFER_SIZE;
    }

    /** Our address of the first byte of the frame in a buffer, which is not checked. */
    final long address(int buffer) {
        return base + buffer;
    }

    /** The card's address of the same byte. */
    final long iova(int buffer) {
        return pageIovas[buffer >>> PAGE_SHIFT] + (buffer & IN_PAGE);
    }

    /** A buffer that was taken goes to the thread of another pool. */
    void leave(int buffer) {
        // only checks need to know
    }

    /** A buffer comes from there, as if it was taken here. */
    void adopt(int buffer) {
        // only checks need to know
    }

    /** A queue is opened; false if the pool was closed before, and so would not close it. */
    boolean add(PacketQueue queue) {
        synchronized (queues) {
            return !closed && queues.add(queue);
        }
    }

    /** A queue was closed, by any thread, and has buffers to give back. */
    void remove(PacketQueue queue) {
        synchronized (queues) {
            queues.remove(queue);
            if (closed) {
                return; // its buffers go with the pool
            }
            do {
                queue.next = left.get();
            } while (!left.compareAndSet(queue.next, queue));
        }
    }

    /** Fetches what closed queues have, but for one that a call is under way in; how many buffers are free then. */
    final int takeBack(PacketQueue except) {
        if (closed) {
            available = 0;
        } else if (left.get() != null) {
            List<Runnable> steps = new ArrayList<>(); // all, even if one fails
            for (PacketQueue queue = left.getAndSet(null); queue != null; ) {
                PacketQueue one = queue;
                queue = one.next; // before it is put on the list again
                steps.add(one.equals(except) ? () -> remove(one) : () -> one.giveBack(this));
            }
            Cleanup.run(steps);
        }
        return available;
    }
}
