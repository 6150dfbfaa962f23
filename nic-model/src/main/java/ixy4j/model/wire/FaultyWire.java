package ixy4j.model.wire;

import ixy4j.memory.RawMemory;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * A bad wire: another wire whose arriving frames are lost or damaged now and then, or above a rate, and whose link goes down.
 * Which frames are hit follows from the seed and the number of frames before, so a run can be repeated, unless there is a limit, which goes by the clock. What the port sends
 * is not damaged; while the link is down, it is not taken, and frames of a wire that does not wait are lost.
 */
public final class FaultyWire implements Wire {
    /** Frames that a wire with a limit carries at once, before it loses some. */
    static final int AT_ONCE = 256;

    private final Wire inner;
    private final LongSupplier clock;
    private final SplittableRandom random;
    private final WireFaults.Ratio corrupt;
    private final WireFaults.Ratio lose;
    private final double perNano; // frames that it carries, 0: any number
    private double credit = AT_ONCE; // frames
    private long credited; // when that was, by the clock
    private final long downNanos; // how long the link goes down, 0: never
    private final long periodNanos; // in each of these; 0: by frames
    private final long periodFrames; // after so many frames in either direction
    private final long start; // by the clock
    private long framesUp; // since the link came up
    private volatile long downUntil; // by the clock, where the link goes down by frames
    private final Counter corrupted = new Counter();
    private final Counter lost = new Counter();
    private final Counter flaps = new Counter();

    /** Puts faults on a wire. */
    public FaultyWire(Wire inner, WireFaults faults) {
        this(inner, faults, System::nanoTime);
    }

    FaultyWire(Wire inner, WireFaults faults, LongSupplier clock) {
        this.inner = inner;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.downUntil = start;
        this.credited = start;
        this.perNano = faults.limit() / 1000;
        this.random = new SplittableRandom(faults.seed());
        this.corrupt = faults.corrupt();
        this.lose = faults.lose();
        this.downNanos = faults.flap().downNanos();
        this.periodNanos = faults.flap().periodNanos();
        this.periodFrames = faults.flap().periodFrames();
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public void round() {
        inner.round();
    }

    @Override
    public int receive(long address, int room) {
        final boolean down = down();
        if (down && inner.waits()) {
            return 0;
        }
        final int length = inner.receive(address, room);
        if (length == 0) {
            return 0;
        }
        if (down || hits(lose) || isAboveLimit()) {
            lost.add(1);
            return 0; // not the next one: where all are lost, there may be no end of them
        }
        countFrame();
        return hits(corrupt) ? damage(address, length & ~BAD_FCS) : length;
    }

    private int damage(long address, int length) {
        final long at = address + random.nextInt(length);
        RawMemory.setByte(at, (byte) (RawMemory.getByte(at) ^ 1 << random.nextInt(8)));
        corrupted.add(1);
        return length | BAD_FCS;
    }

    @Override
    public boolean transmit(long address, int length) {
        if (down() || !inner.transmit(address, length)) {
            return false;
        }
        countFrame();
        return true;
    }

    private boolean isAboveLimit() {
        if (perNano == 0) {
            return false;
        }
        final long now = clock.getAsLong();
        credit = Math.min(AT_ONCE, credit + (now - credited) * perNano);
        credited = now;
        if (credit < 1) {
            return true;
        }
        credit--;
        return false;
    }

    private boolean hits(WireFaults.Ratio ratio) {
        return ratio.hit() > 0 && random.nextInt(ratio.all()) < ratio.hit();
    }

    private void countFrame() {
        if (periodFrames > 0 && ++framesUp == periodFrames) {
            framesUp = 0;
            downUntil = clock.getAsLong() + downNanos;
            flaps.add(1);
        }
    }

    private boolean down() {
        if (downNanos == 0) {
            return false;
        }
        final long now = clock.getAsLong();
        return periodFrames > 0 ? now - downUntil < 0 : (now - start) % periodNanos >= periodNanos - downNanos;
    }

    @Override
    public boolean waits() {
        return inner.waits();
    }

    @Override
    public int descriptor() {
        return down() ? ASK : inner.descriptor(); // what is lost has to be taken off it
    }

    /** 0 while the link is down; for any thread, where it may look at the wire inside. */
    @Override
    public int linkSpeed() {
        return down() ? 0 : inner.linkSpeed();
    }

    @Override
    public boolean exhausted() {
        return inner.exhausted();
    }

    @Override
    public String remark() {
        return inner.remark();
    }

    /** The wire that has the faults. */
    public Wire inner() {
        return inner;
    }

    /** How many frames arrived damaged; for any thread. */
    public long corrupted() {
        return corrupted.get();
    }

    /** How many frames did not arrive; for any thread. */
    public long lost() {
        return lost.get();
    }

    @Override
    public long undelivered() {
        return lost.get() + inner.undelivered();
    }

    /** How many times the link went down; for any thread. */
    public long flaps() {
        return periodNanos > 0 ? (clock.getAsLong() - start + downNanos) / periodNanos : flaps.get();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public String toString() {
        return "faulty wire: " + corrupted + " frames corrupted, " + lost + " lost, " + flaps() + " times down; "
                + inner;
    }
}
