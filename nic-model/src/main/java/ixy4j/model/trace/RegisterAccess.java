package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;
import java.util.Locale;

/**
 * Accesses of one kind and value, to one register or to some that follow one another in an array.
 *
 * @param nanos when the first was
 * @param last offset of the last register of several
 */
record RegisterAccess(long nanos, boolean writes, int offset, int last, int value, int count) implements Told {
    RegisterAccess(long nanos, boolean writes, int offset, int value) {
        this(nanos, writes, offset, offset, value, 1);
    }

    /** The two as one; null if they are not alike. */
    RegisterAccess with(RegisterAccess next) {
        if (writes != next.writes || value != next.value) {
            return null;
        }
        boolean polls = !writes && last == offset && next.offset == offset;
        return polls || ((count == 1 || last != offset) && follows(next.offset))
                ? new RegisterAccess(nanos, writes, offset, next.offset, value, count + 1)
                : null;
    }

    private boolean follows(int next) {
        return Registers.find(offset)
                .filter(entry -> next == last + entry.stride()
                        && entry.equals(Registers.find(next).orElse(null)))
                .isPresent();
    }

    @Override
    public boolean isLike(Told told) {
        return told instanceof RegisterAccess other
                && writes == other.writes
                && (offset == other.offset || array().equals(other.array()));
    }

    private String array() {
        String name = Registers.name(offset);
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    private String name() {
        String name = Registers.name(offset);
        String end = Registers.name(last);
        return last == offset ? name : name.replace("]", "..") + end.substring(end.indexOf('[') + 1);
    }

    @Override
    public String line() {
        return String.format(
                        Locale.ROOT,
                        "%12.6f  %-5s %-12s 0x%05x = 0x%08x  %-24s  %s%s",
                        nanos / 1e9,
                        writes ? "write" : "read",
                        name(),
                        offset,
                        value,
                        RegisterBits.text(offset, value),
                        Told.what(offset),
                        count > 1 && last == offset ? ", " + count + " times" : "")
                .stripTrailing();
    }
}
