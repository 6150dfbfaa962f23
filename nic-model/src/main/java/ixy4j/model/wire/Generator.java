package ixy4j.model.wire;

import ixy4j.memory.RawMemory;
import java.util.function.LongSupplier;

/**
 * A tester at the far end of the wire: sends {@link Frames} numbered from 0, and checks those that come back, or that
 * another generator's card sent here, with a {@link CheckingSink}. Counts may be read by any thread.
 *
 * <p>Flat out it makes a frame whenever it is asked for one. At a rate it makes frames by the clock, from
 * {@link #start()} on; what has not been taken waits for a while, {@link #BACKLOG} frames, then it is lost, oldest first.
 */
public final class Generator implements Wire {
    /** How many frames that are due wait to be taken: about what the 512 KiB packet buffer of an 82599 bridges. */
    public static final int BACKLOG = 1024;

    private static final int SCRATCH = 4096;

    private final int size;
    private final double mpps;
    private final double perNano; // frames in a nanosecond, 0 when flat out
    private final long limit;
    private final LongSupplier clock;
    private final CheckingSink sink;
    private final Counter sent = new Counter();
    private final Counter lost = new Counter();
    private long next; // sequence number
    private long due; // the sequence number whose time has not come
    private boolean started;
    private long start; // by the clock
    private long scratch; // address of memory for a frame that is longer than the room for it, 0 when not needed so far

    /**
     * A generator.
     *
     * @param size {@link Frames#MIN_LENGTH} to {@link Frames#MAX_LENGTH} bytes, without FCS
     * @param mpps frames in a microsecond, up to 1000; 0: flat out
     * @param count how many frames, 0: endless
     * @param checkAll whether to check every byte that comes back
     */
    public Generator(int size, double mpps, long count, boolean checkAll) {
        this(size, mpps, count, checkAll, System::nanoTime);
    }

    Generator(int size, double mpps, long count, boolean checkAll, LongSupplier clock) {
        Frames.checkLength(size);
        if (!(mpps >= 0 && mpps <= 1000)) {
            throw new IllegalArgumentException("a rate is 0 to 1000 Mpps, not " + mpps);
        }
        if (count < 0) {
            throw new IllegalArgumentException("a count is not negative: " + count);
        }
        this.size = size;
        this.mpps = mpps;
        this.perNano = mpps / 1000;
        this.limit = count == 0 ? Long.MAX_VALUE : count;
        this.due = mpps == 0 ? limit : 0;
        this.clock = clock;
        this.sink = new CheckingSink(0, checkAll);
    }

    @Override
    public void start() {
        if (!started) {
            started = true;
            start = clock.getAsLong();
        }
    }

    @Override
    public int receive(long address, int room) {
        if (next >= due && !askClock()) {
            return 0;
        }
        final long sequence = next++;
        sent.add(1);
        if (room < size) {
            return cut(address, room, sequence);
        }
        Frames.writeUdp(address, size, sequence);
        return size;
    }

    /** Sets {@link #due} by the clock; whether a frame is. */
    private boolean askClock() {
        if (perNano == 0 || next >= limit || !started) {
            return false;
        }
        final long now = clock.getAsLong();
        due = Math.min(limit, 1 + (long) ((now - start) * perNano));
        final long missed = due - next - BACKLOG;
        if (missed > 0) {
            next += missed;
            lost.add(missed);
        }
        return next < due;
    }

    private int cut(long address, int room, long sequence) {
        if (scratch == 0) {
            scratch = OwnMemory.map(SCRATCH);
        }
        Frames.writeUdp(scratch, size, sequence);
        RawMemory.copy(scratch, address, room);
        return room;
    }

    @Override
    public boolean transmit(long address, int length) {
        return sink.transmit(address, length);
    }

    @Override
    public boolean waits() {
        return perNano == 0;
    }

    /** Whether it has sent its count; for any thread. */
    @Override
    public boolean exhausted() {
        return sent.get() + lost.get() >= limit;
    }

    /** How many frames were taken. */
    public long sent() {
        return sent.get();
    }

    /** How many frames nobody took in time. */
    public long lost() {
        return lost.get();
    }

    @Override
    public long undelivered() {
        return lost.get();
    }

    /** What came here. */
    public CheckingSink sink() {
        return sink;
    }

    @Override
    public void close() {
        if (scratch != 0) {
            OwnMemory.unmap(scratch, SCRATCH);
            scratch = 0;
        }
    }

    @Override
    public String toString() {
        return "generator of " + size + " bytes" + (perNano == 0 ? " flat out" : " at " + mpps + " Mpps") + ": " + sent
                + " sent, " + lost + " lost; " + sink;
    }
}
