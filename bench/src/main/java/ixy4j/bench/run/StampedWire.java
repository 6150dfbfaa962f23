package ixy4j.bench.run;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Counter;
import ixy4j.model.wire.Frames;
import ixy4j.model.wire.Wire;

/**
 * A wire on which each frame has as its sequence number the time at which it was due. Frames are due at even distances;
 * at most {@link #BACKLOG} wait. The clock is {@link #tick}ed from outside, once for each round of the card, since to read
 * it for each frame would cost more than the frame. So a time is exact to a round, some microseconds.
 */
final class StampedWire implements Wire {
    private static final int BACKLOG = 4096;

    private final int size;
    private final double nanosPerFrame; // 0: nothing comes from here, negative: flat out
    private final Residence residence;
    private final Counter frames = new Counter();
    private final Counter invalid = new Counter();
    private boolean started;
    private double due;
    private long now;

    /**
     * A wire.
     *
     * @param mpps frames a microsecond; 0: flat out
     * @param sends whether it sends at all
     */
    StampedWire(int size, double mpps, boolean sends, Residence residence) {
        this.size = size;
        this.nanosPerFrame = !sends ? 0 : mpps == 0 ? -1 : 1000 / mpps;
        this.residence = residence;
    }

    /** What time it is. */
    void tick(long nanos) {
        now = nanos;
    }

    @Override
    public void start() {
        if (!started) {
            started = true;
            due = now;
        }
    }

    @Override
    public int receive(long address, int room) {
        if (!started || nanosPerFrame == 0 || room < size) {
            return 0;
        }
        if (nanosPerFrame < 0) {
            Frames.writeUdp(address, size, now);
            return size;
        }
        if (due > now) {
            return 0;
        }
        double behind = (now - due) / nanosPerFrame - BACKLOG;
        if (behind > 0) {
            residence.miss((long) behind);
            due += Math.floor(behind) * nanosPerFrame;
        }
        Frames.writeUdp(address, size, (long) due);
        due += nanosPerFrame;
        return size;
    }

    @Override
    public boolean transmit(long address, int length) {
        frames.add(1);
        if (length == size && Frames.looksValid(address, length)) {
            residence.record(now - Long.reverseBytes(RawMemory.getLong(address + Frames.SEQUENCE_OFFSET)));
        } else {
            invalid.add(1);
        }
        return true;
    }

    /** Frames that came out here; for any thread. */
    long frames() {
        return frames.get();
    }

    /** Those of them that were damaged. */
    long invalid() {
        return invalid.get();
    }

    @Override
    public boolean waits() {
        return nanosPerFrame < 0;
    }

    @Override
    public void close() {}
}
