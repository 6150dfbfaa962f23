package ixy4j.apps.traffic;

import java.util.function.LongSupplier;

/**
 * How many frames a rate allows by now, one by one or so many at once. All in whole numbers, so that it is exact however long
 * it runs: a frame costs {@link #FRAME} units of credit, and each nanosecond gives as many as the rate has frames in
 * {@code FRAME} nanoseconds.
 *
 * <p>What was missed in a pause of this thread is caught up on, up to {@link #CATCH_UP}, but not in one burst: a second
 * account, which fills up faster by a quarter and holds one burst only, must have credit too.
 */
public final class Pace {
    /** The lowest rate, in Mpps. */
    public static final double MIN = 0.000001;

    /** The highest. */
    public static final double MAX = 1000;

    private static final long FRAME = 1_000_000_000_000L;
    private static final long CATCH_UP = 100_000_000; // ns
    private static final long MOST = 1L << 60; // units: 100 ms up to 11.5 Mpps, less above, so that all sums are longs

    private final LongSupplier clock;
    private final long perNano; // units of credit
    private final long together; // frames
    private final long most;
    private final long mostAtOnce;
    private long credit;
    private long creditAtOnce;
    private long open; // frames that may be sent; of a burst, before accounts are looked at again
    private long last; // when they were
    private double missed; // frames

    private Pace(double mpps, long together, long atOnce, boolean catchesUp, LongSupplier clock) {
        if (!(mpps >= MIN && mpps <= MAX)) {
            throw new IllegalArgumentException("a rate is 0.000001 to 1000 Mpps, not " + mpps);
        }
        this.clock = clock;
        this.together = together;
        perNano = Math.round(mpps / 1000 * FRAME);
        most = catchesUp ? together * FRAME + CATCH_UP * Math.min(perNano, MOST / CATCH_UP) : atOnce * FRAME;
        mostAtOnce = atOnce * FRAME;
        credit = together * FRAME; // the first go at once
        creditAtOnce = mostAtOnce;
        last = clock.getAsLong();
    }

    /**
     * One frame after the other, evenly. It begins now.
     *
     * @param mpps frames in a microsecond, {@link #MIN} to {@link #MAX}, exact to 0.001 frames a second
     * @param atOnce how many may be sent at once to catch up, such as a batch, 1 to 100,000
     * @param clock says nanoseconds
     */
    public static Pace even(double mpps, int atOnce, LongSupplier clock) {
        return new Pace(mpps, 1, atOnce, true, clock);
    }

    /** The same for who must never be faster: but for so many at once, what is missed is missed. */
    public static Pace withoutCatchingUp(double mpps, int atOnce, LongSupplier clock) {
        return new Pace(mpps, 1, atOnce, false, clock);
    }

    /** The same rate in bursts of so many frames, 1 to 100,000, and pauses between them. */
    public static Pace inBursts(double mpps, int burst, LongSupplier clock) {
        return new Pace(mpps, burst, burst, true, clock);
    }

    /** How many frames may be sent now. */
    public long allowed() {
        if (open == 0 || together == 1) {
            fill();
            open = Math.min(credit, creditAtOnce) / FRAME;
            open -= open % together;
        }
        return open;
    }

    private void fill() {
        long now = clock.getAsLong();
        long elapsed = Math.min(now - last, most / perNano + 1); // no more than fills it up: the product is a long
        long earned = elapsed * perNano;
        if (credit + earned > most) {
            missed += ((double) perNano * (now - last) + credit - most) / FRAME;
        }
        credit = Math.min(most, credit + earned);
        creditAtOnce = Math.min(mostAtOnce, creditAtOnce + earned + earned / 4);
        last = now;
    }

    /** How many frames the rate had time for that were not sent, and will not be caught up on. */
    public long missed() {
        return (long) missed;
    }

    /** Frames were sent, no more than were allowed. */
    public void spend(long frames) {
        open -= frames;
        credit -= frames * FRAME;
        creditAtOnce -= frames * FRAME;
    }
}
