package ixy4j.model.wire;

/**
 * The clock of an interface in a pcapng file.
 *
 * @param resolution of its ticks: as a negative power of 10, or, with the upper bit set, of 2
 * @param offset seconds to be added
 */
record PcapngTime(byte resolution, long offset) {
    private static final long SECOND = 1_000_000_000;
    private static final long LIMIT = Long.MAX_VALUE / 2; // so that the difference of two is none that overflows

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /** Nanoseconds since 1970 of a time in ticks, which has no sign; no further off than 146 years. */
    long nanos(long ticks) {
        final int exponent = resolution & 0x7f;
        final long nanos = resolution < 0 ? binary(ticks, exponent) : decimal(ticks, exponent);
        if (offset == 0) {
            return nanos;
        }
        final long seconds = Math.clamp(offset, -LIMIT / SECOND, LIMIT / SECOND);
        return Math.clamp(nanos + seconds * SECOND, -LIMIT, LIMIT);
    }

    private static long decimal(long ticks, int exponent) {
        if (exponent > 9) {
            return exponent - 9 < POWERS.length ? Long.divideUnsigned(ticks, POWERS[exponent - 9]) : 0;
        }
        final long factor = POWERS[9 - exponent];
        return Long.compareUnsigned(ticks, LIMIT / factor) > 0 ? LIMIT : ticks * factor;
    }

    private static long binary(long ticks, int exponent) {
        if (exponent >= 64) {
            return Math.unsignedMultiplyHigh(ticks >>> (exponent - 64), SECOND);
        }
        final long seconds = exponent == 0 ? ticks : ticks >>> exponent;
        final long fraction = exponent == 0 ? 0 : ticks << (64 - exponent); // of a second, of 2 to the 64th
        return Long.compareUnsigned(seconds, LIMIT / SECOND - 1) > 0
                ? LIMIT
                : seconds * SECOND + Math.unsignedMultiplyHigh(fraction, SECOND);
    }
}
