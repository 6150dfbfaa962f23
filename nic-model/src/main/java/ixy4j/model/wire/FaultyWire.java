package ixy4j.model.wire;

import ixy4j.memory.RawMemory;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bad wire: another wire whose arriving frames are lost or damaged now and then, and whose link goes down. Which
 * frames are hit follows from the seed and the number of frames before, so a run can be repeated. What the port sends
 * is not damaged; while the link is down, it is not taken, and frames of a wire that does not wait are lost.
 */
public final class FaultyWire implements Wire {
    private static final Set<String> OPTIONS = Set.of("corrupt", "lose", "flap", "seed");
    private static final Pattern RATIO = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern FLAP = Pattern.compile("(\\d{1,9})(ms|s)/(\\d{1,9})(ms|s|)");

    private final Wire inner;
    private final LongSupplier clock;
    private final SplittableRandom random;
    private final int[] corrupt; // n in m frames
    private final int[] lose;
    private final long downNanos; // how long the link goes down, 0: never
    private final long periodNanos; // in each of these; 0: by frames
    private final long periodFrames; // after so many frames in either direction
    private final long start; // by the clock
    private long framesUp; // since the link came up
    private volatile long downUntil; // by the clock, where the link goes down by frames
    private final Counter corrupted = new Counter();
    private final Counter lost = new Counter();
    private final Counter flaps = new Counter();

    /**
     * Puts faults on a wire.
     *
     * @param faults any of these, with commas between: {@code corrupt=1/1000} for one in 1000 frames on average with
     *     one bit flipped and a wrong FCS, {@code lose=1/100}, {@code flap=500ms/2s} for a link that is down for the
     *     last 500 ms of each 2 s, {@code flap=500ms/1000} for one that goes down for 500 ms after each 1000 frames,
     *     and {@code seed=7}
     * @throws IllegalArgumentException if they are wrong, in one line with the value and what is allowed
     */
    public FaultyWire(Wire inner, String faults) {
        this(inner, faults, System::nanoTime);
    }

    FaultyWire(Wire inner, String faults, LongSupplier clock) {
        this.inner = inner;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.downUntil = start;
        final String what = "fault \"" + faults + '"';
        final Map<String, String> options = WireSpec.options(what, ',' + faults, OPTIONS);
        final String seed = options.getOrDefault("seed", "1");
        if (!seed.matches("\\d{1,18}")) {
            throw WireSpec.error(what, "seed=" + seed, "a number");
        }
        this.random = new SplittableRandom(Long.parseLong(seed));
        this.corrupt = ratio(what, "corrupt", options.getOrDefault("corrupt", "0/1"));
        this.lose = ratio(what, "lose", options.getOrDefault("lose", "0/1"));
        final long[] flap = flap(what, options.get("flap"));
        this.downNanos = flap[0];
        this.periodNanos = flap[1];
        this.periodFrames = flap[2];
    }

    private static int[] ratio(String what, String key, String text) {
        final Matcher matcher = RATIO.matcher(text);
        if (matcher.matches()) {
            int[] ratio = {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
            if (ratio[1] > 0 && ratio[0] <= ratio[1]) {
                return ratio;
            }
        }
        throw WireSpec.error(what, key + '=' + text, "a share of frames such as 1/1000");
    }

    /** How long it is down, and in each time, or after how many frames. */
    private static long[] flap(String what, String text) {
        if (text == null) {
            return new long[3];
        }
        final Matcher matcher = FLAP.matcher(text);
        if (matcher.matches()) {
            long down = Long.parseLong(matcher.group(1)) * nanos(matcher.group(2));
            long period = Long.parseLong(matcher.group(3));
            boolean frames = matcher.group(4).isEmpty();
            long time = frames ? 0 : period * nanos(matcher.group(4));
            if (down > 0 && (frames ? period > 0 : down < time)) {
                return new long[] {down, time, frames ? period : 0};
            }
        }
        throw WireSpec.error(
                what, "flap=" + text, "a time down and a longer period, such as 500ms/2s, or frames, 500ms/1000");
    }

    private static long nanos(String unit) {
        return unit.equals("s") ? 1_000_000_000 : 1_000_000;
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
        if (down || hits(lose)) {
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

    private boolean hits(int[] ratio) {
        return ratio[0] > 0 && random.nextInt(ratio[1]) < ratio[0];
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
