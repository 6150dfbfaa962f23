package ixy4j.apps;

import java.math.BigDecimal;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Numbers that users type. */
final class Numbers {
    private static final double LONG = 1e15; // from here on an exponent is easier to read

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

    /** As a person writes it: without an exponent, unless there is a long row of digits, and without a fraction that is none. */
    static String plain(double value) {
        double size = Math.abs(value);
        return value == 0 || (size >= 1 / LONG && size < LONG)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    /**
     * Reads a decimal number: {@code 1.5}, {@code -2} or {@code 1e6}. Java's own way also takes what no option means, such
     * as {@code NaN}, {@code Infinity}, {@code 0x1p3} and {@code 1d}.
     *
     * @throws TypeConversionException if it is none, or too large for a double
     */
    static double decimal(String text) {
        double value =
                text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new TypeConversionException("'" + text + "' is no number");
        }
        return value;
    }

    /** What is said of an option's value that is no number where one is due, in a line; null if the error is another. */
    static String refusal(ParameterException error) {
        if (error.getValue() == null || !(error.getArgSpec() instanceof OptionSpec option)) {
            return null;
        }
        Class<?> type = option.auxiliaryTypes()[0];
        boolean isDecimal = type == double.class || type == Double.class;
        boolean isWhole = type == int.class || type == Integer.class || type == long.class || type == Long.class;
        return isDecimal || isWhole
                ? option.longestName() + " takes a " + (isWhole ? "whole " : "") + "number, not '" + error.getValue()
                        + "': " + String.join(" ", option.description())
                : null;
    }
}
