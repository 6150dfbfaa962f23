package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.registers.RegisterFile;
import java.util.function.LongSupplier;

/**
 * The clock for time stamps (datasheet 7.9, 8.2.3.26): each TIMINCA period of ticks of 6.4 ns it advances by TIMINCA's
 * increment, and stands still while the period is 0. Frames are not stamped.
 */
final class SystemTime {
    private static final int PERIOD_SHIFT = 24;
    private static final long FIFTHS = 5; // of a nanosecond, in one
    private static final long TICK = 32; // fifths of a nanosecond

    private final RegisterFile registers;
    private final LongSupplier clock;
    private long since; // when it last advanced, in fifths of nanoseconds

    SystemTime(RegisterFile registers, LongSupplier clock) {
        this.registers = registers;
        this.clock = clock;
    }

    /** What the registers do. */
    void addEffects() {
        registers.onRead(SYSTIML, (i, value) -> {
            advance();
            return registers.get(SYSTIML);
        });
        registers.onWrite(TIMINCA, (i, old, next, written) -> {
            advance();
            since = now();
            return next;
        });
        registers.onWrite(SYSTIML, (i, old, next, written) -> set(next));
        registers.onWrite(SYSTIMH, (i, old, next, written) -> set(next));
    }

    private long now() {
        return clock.getAsLong() * FIFTHS; // may overflow, which differences do not mind
    }

    private int set(int value) {
        since = now();
        return value;
    }

    /** The low word is read first, and fixes the high one. */
    private void advance() {
        int control = registers.get(TIMINCA);
        long period = Integer.toUnsignedLong(control) >>> PERIOD_SHIFT;
        if (period == 0) {
            return;
        }
        long steps = (now() - since) / (TICK * period);
        since += steps * TICK * period;
        long time = (registers.get(SYSTIML) & 0xffff_ffffL) | (long) registers.get(SYSTIMH) << 32;
        time += steps * (control & TIMINCA_INCVALUE);
        registers.set(SYSTIML, (int) time);
        registers.set(SYSTIMH, (int) (time >>> 32));
    }
}
