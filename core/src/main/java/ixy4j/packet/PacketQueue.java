package ixy4j.packet;

import ixy4j.memory.Refusal;

/**
 * What a driver's queues extend: the way to the buffers behind a batch and its pool, which nobody else has. A buffer is known
 * by where its frame starts, in bytes from the beginning of the pool's memory, so that this one number also says how far the
 * start was moved. It is at any time in the pool's hands, in a batch, or with a queue.
 *
 * <p>A queue may be closed by any thread, also while its own thread is in it. So that the pool, which belongs to that thread,
 * is left alone, {@link #release()} only notes that the queue has buffers to give back; the pool fetches them by
 * {@link #giveBack} on its own thread, when that is in no queue.
 */
public abstract class PacketQueue implements AutoCloseable {
    /** What messages call it, such as {@code receive queue 0 of model:0}. */
    protected final String name;

    /** Where its buffers come from and go back to; null while no call is let in. */
    protected PacketPool pool;

    private volatile PacketPool owner; // of its buffers, from its opening to its release
    PacketQueue next; // among those that have buffers to give back

    /** A queue that is not open. */
    protected PacketQueue(String name) {
        this.name = name;
    }

    /**
     * Opens it with a pool, whose close closes it.
     *
     * @throws IllegalStateException if the pool is closed
     */
    protected final synchronized void use(PacketPool pool) {
        if (!pool.add(this)) {
            throw Refusal.closedPool(name);
        }
        this.pool = pool;
        owner = pool;
    }

    /** Whether it has buffers of a pool, or may have: from its opening to {@link #release()}. */
    public final boolean isOpen() {
        return owner != null;
    }

    /** Calls {@link #shut()}, stops what the device does with its buffers, then calls {@link #release()}; by any thread. */
    @Override
    public abstract void close();

    /** Lets no call in any more, so that what the device still has to do comes to an end. One may be under way. */
    public final void shut() {
        pool = null;
    }

    /** Ends its use, once the device has let go of its buffers. May be called twice. */
    protected final synchronized void release() {
        PacketPool left = owner;
        if (left != null) {
            shut();
            owner = null;
            left.remove(this);
        }
    }

    /** Frees each buffer that it has left, after {@link #release()}, on the thread of the pool, which is in no call then. */
    protected abstract void giveBack(PacketPool pool);

    /** The pool, if a batch is of it: a queue and its batches have one. */
    protected final PacketPool poolOf(PacketBatch batch) {
        final PacketPool pool = this.pool;
        if (batch.pool != pool) {
            if (pool == null) {
                batch.pool.settle();
            }
            throw Refusal.wrongPool(name, pool == null);
        }
        return pool;
    }

    // ---- the buffers of a batch

    /** The buffers of the packets, valid up to {@code size()}; a driver may write more behind them. */
    protected static int[] buffers(PacketBatch batch) {
        return batch.buffers;
    }

    /** The lengths of the packets, 0 for a hole; as {@link #buffers}. */
    protected static int[] lengths(PacketBatch batch) {
        return batch.lengths;
    }

    /** Packets were put behind the last: so many are there now. */
    protected static void setSize(PacketBatch batch, int size) {
        batch.size = size;
    }

    /** The first packets were taken; the others move to the front. */
    protected static void removeFirst(PacketBatch batch, int count) {
        batch.removeFirst(count);
    }

    /** A packet of this length was put in; needless if all are 60 to 1514 bytes, or 1518 and tagged. */
    protected static void noteLength(PacketBatch batch, int length) {
        batch.noteLength(length);
    }

    /** Whether there may be a hole, or a packet that not every card sends as it is. */
    protected static boolean isOdd(PacketBatch batch) {
        return batch.odd;
    }

    /**
     * Closes the holes of a batch, and gives packets back to the pool that a card cannot send: longer than
     * {@code longest} bytes and their VLAN tag.
     *
     * @return how many they were
     */
    protected static int dropLong(PacketBatch batch, int longest) {
        return OddFrames.drop(batch, longest);
    }

    /** Lengthens packets of fewer than {@code shortest} bytes to that, with zeros. */
    protected static void fillShort(PacketBatch batch, int shortest) {
        OddFrames.fill(batch, shortest);
    }

    // ---- the buffers of a pool

    /** How many buffers are free, those of closed queues not among them. */
    protected static int available(PacketPool pool) {
        return pool.available;
    }

    /** Has the pool fetch what closed queues have left, but for this one; whether a buffer is free then. */
    protected final boolean findBuffers(PacketPool pool) {
        return pool.takeBack(this) > 0;
    }

    /** Takes a buffer, whose frame starts where frames usually do; -1 if none is left. */
    protected static int allocate(PacketPool pool) {
        return pool.allocate();
    }

    /** Takes up to {@code count} buffers into {@code buffers} from {@code start} on; returns how many there were. */
    protected static int allocate(PacketPool pool, int[] buffers, int start, int count) {
        return pool.allocate(buffers, start, count);
    }

    /**
     * Takes a buffer for each of {@code count} descriptors.
     *
     * @throws IllegalArgumentException if the pool has too few
     */
    protected final void fill(PacketPool pool, int[] buffers, int count) {
        if (pool.isClosed()) {
            throw Refusal.closedPool(name);
        }
        if (pool.available() < count) {
            throw Refusal.poolTooSmall(name, count, pool.available());
        }
        pool.allocate(buffers, 0, count);
    }

    /** Gives a buffer back. */
    protected static void free(PacketPool pool, int buffer) {
        pool.free(buffer);
    }

    /** Gives {@code count} buffers back. */
    protected static void free(PacketPool pool, int[] buffers, int start, int count) {
        pool.free(buffers, start, count);
    }

    /** The number of a buffer in its memory, wherever its frame starts; from 0 on, without gaps. */
    protected static int index(int buffer) {
        return PacketPool.index(buffer);
    }

    /** The buffer with a number, as a frame that was not moved starts in it. */
    protected static int buffer(int index) {
        return PacketPool.buffer(index);
    }

    /** Our address of the frame in a buffer, which is not checked. */
    protected static long address(PacketPool pool, int buffer) {
        return pool.address(buffer);
    }

    /** The card's address of the same byte. */
    protected static long iova(PacketPool pool, int buffer) {
        return pool.iova(buffer);
    }

    @Override
    public final String toString() {
        return name + (isOpen() ? "" : ", not open");
    }
}
