package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.EITR_CNT_WDIS;
import static ixy4j.ixgbe.Registers.EITR_ITR_COUNTER;
import static ixy4j.ixgbe.Registers.EITR_ITR_INTERVAL;

import java.util.function.LongSupplier;

/**
 * How often the interrupts of a vector may be sent (datasheet 7.3.2.1, 8.2.3.5.12). After one, a counter runs from EITR's
 * interval down to 0, and until then none is sent.
 */
final class Throttle {
    /** Vectors that have an EITR of their own. */
    static final int VECTORS = 129;

    private static final int COUNTER_SHIFT = 21;
    private static final int COUNTER = EITR_ITR_COUNTER >>> COUNTER_SHIFT;
    private static final int COUNTER_SCALE = 2; // the field has the counter's upper 7 of 9 bits
    private static final int UNIT = 2000; // ns of a step of the counter, at 1 and 10 Gbit/s

    private final LongSupplier clock;
    private final int[] interval = new int[VECTORS];
    private final long[] opens = new long[VECTORS]; // the clock's time from which one may be sent
    private final boolean[] closed = new boolean[VECTORS]; // or false if it may anyway

    /** A throttle that reads the time from a clock in nanoseconds. */
    Throttle(LongSupplier clock) {
        this.clock = clock;
    }

    /** EITR is written; returns what it keeps. */
    int write(int vector, int value) {
        interval[vector] = (value & EITR_ITR_INTERVAL) >>> 3;
        if ((value & EITR_CNT_WDIS) == 0) {
            start(vector, ((value & EITR_ITR_COUNTER) >>> COUNTER_SHIFT) << COUNTER_SCALE);
        }
        return value & ~EITR_CNT_WDIS & ~EITR_ITR_COUNTER;
    }

    /** What EITR reads, from what it keeps. */
    int read(int vector, int value) {
        long left = isOpen(vector) ? 0 : (opens[vector] - clock.getAsLong()) / UNIT;
        return value | Math.clamp(left >>> COUNTER_SCALE, 0, COUNTER) << COUNTER_SHIFT;
    }

    private void start(int vector, int count) {
        closed[vector] = count != 0;
        opens[vector] = count == 0 ? 0 : clock.getAsLong() + (long) count * UNIT;
    }

    /** Whether an interrupt may be sent now. */
    boolean isOpen(int vector) {
        if (closed[vector] && clock.getAsLong() - opens[vector] >= 0) {
            closed[vector] = false;
        }
        return !closed[vector];
    }

    /** One was sent. */
    void sent(int vector) {
        start(vector, interval[vector]);
    }

    void reset() {
        for (int i = 0; i < VECTORS; i++) {
            interval[i] = 0;
            closed[i] = false;
        }
    }
}
