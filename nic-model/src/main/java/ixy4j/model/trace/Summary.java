package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;
import java.util.Locale;

/**
 * Many accesses that do one thing together.
 *
 * @param nanos when the first was
 * @param verb what they do
 * @param offset of the register that they do it with
 */
record Summary(long nanos, String verb, int offset, String text, int count) implements Told {
    @Override
    public boolean isLike(Told other) {
        return other instanceof Summary summary && verb.equals(summary.verb) && offset == summary.offset;
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%12.6f  %-5s %-12s 0x%05x : %-36s  %s, %d accesses",
                nanos / 1e9,
                verb,
                Registers.name(offset),
                offset,
                text,
                Told.what(offset),
                count);
    }
}
