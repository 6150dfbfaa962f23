package ixy4j.model.wire;

import ixy4j.memory.RawMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An end of a cable that joins two ports of this process. Its two ends may belong to two threads. The link is up while
 * both are in use. In each direction frames go through a ring in native memory that holds 256 KiB: more than 3,000
 * short ones; when it is full, the sender waits.
 *
 * <pre>
 *   0  head: bytes taken in all, written by the reader
 *   8  the tail as the reader last saw it
 *  16  frames taken, for those who look
 * 128  tail: bytes put in all, written by the writer
 * 136  the head as the writer last saw it
 * 144  frames put in, for those who look
 * 256  frames: length (4 bytes), 4 bytes unused, the frame, up to 7 bytes unused; a length of 0: go on at the start
 * </pre>
 *
 * Each side looks at the other's cache line only when what it last saw there does not suffice.
 */
public final class Crossover implements Wire {
    /** The longest frame in bytes that it carries; more than any card's. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final int HEAD = 0;
    private static final int SEEN_TAIL = 8;
    private static final int TAKEN = 16;
    private static final int TAIL = 128; // two cache lines further: processors fetch them in pairs
    private static final int SEEN_HEAD = 136;
    private static final int PUT = 144;
    private static final int DATA = 256;
    private static final int CAPACITY = 1 << 18;
    private static final int PREFIX = 8;

    private static final Map<String, Cable> NAMED = new HashMap<>();

    private final Cable cable;
    private final long in; // address of the ring that we read
    private final long out; // address of the ring that we write
    private boolean closed; // changed under the lock of NAMED

    private Crossover(Cable cable, long in, long out) {
        this.cable = cable;
        this.in = in;
        this.out = out;
    }

    /** Both ends of a new cable. */
    public static Wire[] pair() {
        synchronized (NAMED) {
            Cable cable = new Cable(null);
            return new Wire[] {cable.plug(), cable.plug()};
        }
    }

    /**
     * An end of the cable of this name: the first caller gets one, the second the other. The name is free again when
     * both have closed.
     *
     * @throws IllegalArgumentException if both are taken
     */
    public static Wire end(String name) {
        return freeEnd(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "both ends of the crossover cable \"" + name + "\" are in use: choose another name"));
    }

    /** The same; none if both are taken. */
    static Optional<Wire> freeEnd(String name) {
        synchronized (NAMED) {
            Cable cable = NAMED.computeIfAbsent(name, Cable::new);
            return cable.plugged == 2 ? Optional.empty() : Optional.of(cable.plug());
        }
    }

    @Override
    public int receive(long address, int room) {
        checkOpen();
        final long ring = in;
        long head = RawMemory.getLong(ring + HEAD);
        if (head == RawMemory.getLong(ring + SEEN_TAIL)) {
            // Acquire: the frames are read after the tail that says that they are written.
            long tail = RawMemory.getLongAcquire(ring + TAIL);
            RawMemory.setLong(ring + SEEN_TAIL, tail);
            if (head == tail) {
                return 0;
            }
        }
        long at = ring + DATA + (head & CAPACITY - 1);
        int length = RawMemory.getInt(at);
        if (length == 0) { // the frame at the start came with the same tail
            head = (head | CAPACITY - 1) + 1;
            at = ring + DATA;
            length = RawMemory.getInt(at);
        }
        final int copied = Math.min(length, room);
        RawMemory.copy(at + PREFIX, address, copied);
        // Release: we have read the frame before the writer may write over it.
        RawMemory.setLongRelease(ring + HEAD, head + bytes(length));
        RawMemory.setLong(ring + TAKEN, RawMemory.getLong(ring + TAKEN) + 1);
        return copied;
    }

    @Override
    public boolean transmit(long address, int length) {
        checkOpen();
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a frame has 1 to " + MAX_LENGTH + " bytes here, not " + length);
        }
        final long ring = out;
        final long tail = RawMemory.getLong(ring + TAIL);
        final int toEnd = CAPACITY - ((int) tail & CAPACITY - 1);
        final int bytes = bytes(length);
        final int skipped = bytes <= toEnd ? 0 : toEnd; // a frame is in one piece
        if (!cable.up || !fits(ring, tail + skipped + bytes)) {
            return false;
        }
        long at = ring + DATA + CAPACITY - toEnd;
        if (skipped > 0) {
            RawMemory.setInt(at, 0);
            at = ring + DATA;
        }
        RawMemory.setInt(at, length);
        RawMemory.copy(address, at + PREFIX, length);
        // Release: the reader sees the frame before the tail that says that it is there.
        RawMemory.setLongRelease(ring + TAIL, tail + skipped + bytes);
        RawMemory.setLong(ring + PUT, RawMemory.getLong(ring + PUT) + 1);
        return true;
    }

    /** Whether the tail may become this without reaching what has not been read. */
    private static boolean fits(long ring, long tail) {
        if (tail - RawMemory.getLong(ring + SEEN_HEAD) <= CAPACITY) {
            return true;
        }
        // Acquire: we write after the reader has read.
        long head = RawMemory.getLongAcquire(ring + HEAD);
        RawMemory.setLong(ring + SEEN_HEAD, head);
        return tail - head <= CAPACITY;
    }

    private static int bytes(int length) {
        return PREFIX + (length + 7 & -8);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is used"); // the memory may be gone
        }
    }

    /** 10,000 Mbit/s while both ends are in use; for any thread. */
    @Override
    public int linkSpeed() {
        return cable.up ? 10_000 : 0;
    }

    @Override
    public int descriptor() {
        return NEVER;
    }

    /** Whether the other end has closed and all that it sent was received. */
    @Override
    public boolean exhausted() {
        return closed || (cable.left && RawMemory.getLong(in + HEAD) == RawMemory.getLongAcquire(in + TAIL));
    }

    /** What was put in here and the other end had not taken when it closed. */
    @Override
    public long undelivered() {
        synchronized (NAMED) {
            return cable.undelivered(this);
        }
    }

    @Override
    public void close() {
        synchronized (NAMED) {
            if (!closed) {
                closed = true;
                cable.unplug();
            }
        }
    }

    @Override
    public String toString() {
        return "crossover cable" + (cable.name == null ? "" : " \"" + cable.name + '"') + (closed ? ", closed" : "");
    }

    /** What both ends share. Changed under the lock of NAMED. */
    private static final class Cable {
        private static final int RING = DATA + CAPACITY;

        private final String name; // null: none
        private final long memory = OwnMemory.map(2 * RING);
        private final Crossover[] ends = new Crossover[2];
        private final long[] notTaken = new long[2]; // frames that each end had put in, once both have closed
        private boolean unmapped;
        private int plugged; // ends ever in use
        private volatile boolean up; // both ends are in use
        private volatile boolean left; // one of two is no more

        Cable(String name) {
            this.name = name;
        }

        Crossover plug() {
            long other = memory + RING;
            Crossover end = plugged == 0 ? new Crossover(this, memory, other) : new Crossover(this, other, memory);
            ends[plugged++] = end;
            up = plugged == 2;
            return end;
        }

        long undelivered(Crossover end) {
            int other = end == ends[0] ? 1 : 0;
            if (unmapped) {
                return notTaken[1 - other];
            }
            return ends[other] != null && ends[other].closed ? notTaken(end) : 0;
        }

        private static long notTaken(Crossover end) {
            return RawMemory.getLong(end.out + PUT) - RawMemory.getLong(end.out + TAKEN);
        }

        void unplug() {
            if (up) {
                up = false;
                left = true;
                return; // the other end still reads and writes
            }
            for (int i = 0; i < plugged; i++) {
                notTaken[i] = notTaken(ends[i]);
            }
            unmapped = true;
            OwnMemory.unmap(memory, 2 * RING);
            if (name != null) {
                NAMED.remove(name);
            }
        }
    }
}
