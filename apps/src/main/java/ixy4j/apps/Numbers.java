package ixy4j.apps;

import java.math.BigDecimal;

/** Numbers that users type. */
final class Numbers {
    private Numbers() {}

    /**
     * Refuses what is out of range; what was not given is not.
     *
     * @param value null if it was not given
     * @param unit behind the range in the message, with a space before it, or empty
     * @throws IllegalArgumentException if it is below {@code least} or above {@code most}, or no number
     */
    static void check(String name, Number value, double least, double most, String unit) {
        if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw new IllegalArgumentException(name + " takes " + plain(least) + " to " + plain(most) + unit + ", not "
                    + plain(value.doubleValue()));
        }
    }

    /** As a person writes it: without an exponent, and without a fraction that is none. */
    static String plain(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
