package ixy4j.model.vfiouser;

import ixy4j.ixgbe.Registers;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes what a driver does to registers as lines that can be read as a story: when, what, which register with its value,
 * the bits that are set in it, its section in the datasheet and its long name.
 *
 * <pre>
 *   0.001234  write CTRL      0x00000 = 0x04000000  RST                  8.2.3.1.1 Device Control
 *   0.002345  read  EEC       0x10010 = 0x0000c210  EE_PRES AUTO_RD      8.2.3.2.1 EEPROM/Flash Control, 12 times
 * </pre>
 *
 * <p>Reads of the same value in a row are one line with their number, and so is an array that is set to one value. Of a longer talk with one register alone, such as to
 * read the EEPROM word by word, the beginning and the end are shown. A line is written when the next one begins, or by
 * {@link #flush}. Safe for several threads.
 */
public final class RegisterTrace implements RegisterObserver {
    private static final int SHOWN = 6; // of accesses to one register in a row

    private final Consumer<String> lines;
    private final LongSupplier clock;
    private final long start;
    private Access held; // the access that is not written yet, null without one
    private int inARow; // lines about the register of the held one
    private int left; // of these that were not written

    /** Accesses of one kind and value, to one register or to some that follow one another in an array. */
    private record Access(long nanos, boolean writes, int offset, int last, int value, int count) {
        Access(long nanos, boolean writes, int offset, int value) {
            this(nanos, writes, offset, offset, value, 1);
        }

        /** The two as one; null where they are not alike. */
        Access with(Access next) {
            if (writes != next.writes || value != next.value) {
                return null;
            }
            boolean polls = !writes && last == offset && next.offset == offset;
            return polls || ((count == 1 || last != offset) && follows(next.offset))
                    ? new Access(nanos, writes, offset, next.offset, value, count + 1)
                    : null;
        }

        private boolean follows(int next) {
            return Registers.find(offset)
                    .filter(entry -> next == last + entry.stride()
                            && entry.equals(Registers.find(next).orElse(null)))
                    .isPresent();
        }

        /** Its name, and the index of the last of several. */
        String name() {
            String name = Registers.name(offset);
            String end = Registers.name(last);
            return last == offset ? name : name.replace("]", "..") + end.substring(end.indexOf('[') + 1);
        }
    }

    /** A trace whose time begins now. */
    public RegisterTrace(Consumer<String> lines) {
        this(lines, System::nanoTime);
    }

    RegisterTrace(Consumer<String> lines, LongSupplier clock) {
        this.lines = lines;
        this.clock = clock;
        start = clock.getAsLong();
    }

    @Override
    public void read(int offset, int value) {
        add(new Access(clock.getAsLong() - start, false, offset, value));
    }

    @Override
    public void write(int offset, int value) {
        add(new Access(clock.getAsLong() - start, true, offset, value));
    }

    private synchronized void add(Access next) {
        Access both = held == null ? null : held.with(next);
        if (both != null) {
            held = both;
            return;
        }
        if (held != null) {
            boolean goesOn = held.offset == next.offset;
            if (goesOn && inARow >= SHOWN) {
                left += held.count;
            } else {
                tell();
            }
            inARow = goesOn ? inARow + 1 : 0;
        }
        held = next;
    }

    /** Writes what is held back. */
    public synchronized void flush() {
        if (held != null) {
            tell();
            held = null;
            inARow = 0;
        }
    }

    private void tell() {
        if (left > 0) {
            lines.accept("            ... " + left + " more accesses to " + Registers.name(held.offset));
            left = 0;
        }
        Registers.Entry entry = Registers.find(held.offset).orElse(null);
        String name = held.name();
        lines.accept(String.format(
                        Locale.ROOT,
                        "%12.6f  %-5s %-12s 0x%05x = 0x%08x  %-24s  %s%s",
                        held.nanos / 1e9,
                        held.writes ? "write" : "read",
                        name,
                        held.offset,
                        held.value,
                        RegisterBits.text(name, held.value),
                        entry == null ? "" : entry.section() + " " + entry.longName(),
                        held.count > 1 && held.last == held.offset ? ", " + held.count + " times" : "")
                .stripTrailing());
    }
}
