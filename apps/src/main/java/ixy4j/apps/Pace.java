package ixy4j.apps;

import java.util.function.LongSupplier;

/**
 * How many frames a rate allows by now. All in whole numbers, so that it is exact however long it runs: a frame costs
 * {@link #FRAME} units of credit, and each nanosecond gives as many as the rate has frames in {@code FRAME} nanoseconds.
 * After a pause, no more than a millisecond is caught up on, and there is always credit for one frame.
 */
final class Pace {
    /** The lowest rate and the highest, in Mpps. */
    static final double MIN = 0.000001;

    static final double MAX = 1000;

    private static final long FRAME = 1_000_000_000_000L;
    private static final long CATCH_UP = 1_000_000; // ns

    private final LongSupplier clock;
    private final long perNano; // units of credit
    private final long most;
    private long credit = FRAME; // for the first frame, which goes at once
    private long last; // when it was counted

    /**
     * A pace, which begins now.
     *
     * @param mpps frames in a microsecond, {@link #MIN} to {@link #MAX}, exact to 0.001 frames a second
     * @param clock says nanoseconds
     */
    Pace(double mpps, LongSupplier clock) {
        check(mpps);
        this.clock = clock;
        perNano = Math.round(mpps / 1000 * FRAME);
        most = FRAME + CATCH_UP * perNano;
        last = clock.getAsLong();
    }

    /**
     * Refuses a rate that cannot be.
     *
     * @throws IllegalArgumentException if it is below {@link #MIN} or above {@link #MAX}
     */
    static void check(double mpps) {
        if (!(mpps >= MIN && mpps <= MAX)) {
            throw new IllegalArgumentException("--rate takes 0.000001 to 1000 Mpps, not " + mpps);
        }
    }

    /** How many frames may be sent now. */
    long allowed() {
        long now = clock.getAsLong();
        long elapsed = Math.min(now - last, most / perNano + 1); // no more than fills it up: the product is a long
        credit = Math.min(most, credit + elapsed * perNano);
        last = now;
        return credit / FRAME;
    }

    /** Frames were sent, no more than were allowed. */
    void spend(long frames) {
        credit -= frames * FRAME;
    }
}
