package ixy4j.model.i82599.registers;

import ixy4j.intel.Register.Access;
import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import ixy4j.model.Mistakes;
import java.util.Locale;

/**
 * The registers in BAR 0: a word each, with the reset value, the writable bits and the access kind that the
 * {@linkplain Registers#table() table} has for it. What else a read or write does is added as an effect. Accesses to
 * addresses that are not registers are mistakes. Not safe for several threads: the card has a lock.
 */
public final class RegisterFile {
    /** Bytes of registers; behind them in BAR 0 is flash memory, which is not emulated. */
    public static final int SIZE = 0x20000;

    /** What reading a register does, after its access kind has cleared it or not. */
    @FunctionalInterface
    public interface ReadEffect {
        /** Takes the register's index in its array and its value; returns what is read. */
        int read(int index, int value);
    }

    /** What writing a register does apart from its access kind. */
    @FunctionalInterface
    public interface WriteEffect {
        /**
         * Called before the new value is stored.
         *
         * @param index of the register in its array
         * @param old value
         * @param next value according to the access kind
         * @param written what the driver wrote
         * @return the value to store
         */
        int write(int index, int old, int next, int written);
    }

    private static final Layout LAYOUT = new Layout();

    private final Mistakes mistakes;
    private final int[] values = new int[SIZE / 4];
    private final ReadEffect[] readEffects = new ReadEffect[SIZE / 4];
    private final WriteEffect[] writeEffects = new WriteEffect[SIZE / 4];
    private final ReadEffect[] looks = new ReadEffect[SIZE / 4];

    /** Reads the table of registers, once; who needs it meanwhile waits. */
    public static void prepare() {
        // done by the initialisation of this class
    }

    public RegisterFile(Mistakes mistakes) {
        this.mistakes = mistakes;
        reset();
    }

    /** Sets all registers to their reset values. */
    public void reset() {
        System.arraycopy(LAYOUT.resets, 0, values, 0, values.length);
    }

    /** Adds an effect to a register, or to all of its array. */
    public void onRead(int register, ReadEffect effect) {
        RegisterTable.Entry entry = entry(register);
        for (int i = 0; i < entry.count(); i++) {
            readEffects[(entry.offset() + i * entry.stride()) / 4] = effect;
        }
    }

    /** Adds an effect to a register, or to all of its array. */
    public void onWrite(int register, WriteEffect effect) {
        RegisterTable.Entry entry = entry(register);
        for (int i = 0; i < entry.count(); i++) {
            writeEffects[(entry.offset() + i * entry.stride()) / 4] = effect;
        }
    }

    /** Says what a register reads, or all of its array, for who looks at it: see {@link #look}. */
    public void onLook(int register, ReadEffect look) {
        RegisterTable.Entry entry = entry(register);
        for (int i = 0; i < entry.count(); i++) {
            looks[(entry.offset() + i * entry.stride()) / 4] = look;
        }
    }

    /**
     * What a driver would read, without anything that reading does: nothing is cleared, and no time passes. 0 where there is
     * no register.
     */
    public int look(int offset) {
        if (offset < 0 || offset >= SIZE || (offset & 3) != 0 || LAYOUT.entries[offset / 4] == null) {
            return 0;
        }
        int word = LAYOUT.canonical[offset / 4];
        if (looks[word] != null) {
            return looks[word].read(index(word), values[word]);
        }
        return LAYOUT.entries[word].access() == Access.WO ? 0 : values[word];
    }

    /** A register's value, without any effect. */
    public int get(int offset) {
        return values[offset / 4];
    }

    /** Sets a register's value, without any effect. */
    public void set(int offset, int value) {
        values[offset / 4] = value;
    }

    /** For a read: clears bits after it, and returns the value with them. */
    public int selfClear(int offset, int value, int bits) {
        set(offset, value & ~bits);
        return value;
    }

    /** Whether all these bits are set. */
    public boolean has(int offset, int bits) {
        return (values[offset / 4] & bits) == bits;
    }

    /** A driver's read. */
    public int read(int offset) {
        int word = word(offset, "read");
        if (word < 0) {
            return 0;
        }
        Access access = LAYOUT.entries[word].access();
        int value = values[word];
        if (clearsOnRead(access)) {
            values[word] = 0;
        }
        ReadEffect effect = readEffects[word];
        if (effect != null) {
            return effect.read(index(word), value);
        }
        return access == Access.WO ? 0 : value;
    }

    private static boolean clearsOnRead(Access access) {
        return access == Access.RC || access == Access.RC_W || access == Access.RC_W1C;
    }

    /** A driver's write. */
    public void write(int offset, int value) {
        int word = word(offset, "written 0x" + Integer.toHexString(value));
        if (word < 0) {
            return;
        }
        int old = values[word];
        int next = written(LAYOUT.entries[word], old, value);
        WriteEffect effect = writeEffects[word];
        int stored = effect != null ? effect.write(index(word), old, next, value) : next;
        values[word] = stored;
    }

    private static int written(RegisterTable.Entry entry, int old, int value) {
        int writable = entry.writable();
        return switch (entry.access()) {
            case RW, RW_SC, RC_W -> (old & ~writable) | (value & writable);
            case W1C, RC_W1C -> old & ~(value & writable);
            case W1S -> old | (value & writable);
            case RO, RC, WO -> old;
        };
    }

    /** The word of the register at an offset, aliases resolved; -1 after reporting a mistake. */
    private int word(int offset, String how) {
        if ((offset & 3) != 0) {
            mistakes.report(String.format(
                    Locale.ROOT,
                    "0x%05X is %s, but registers are accessed in 4 aligned bytes (datasheet 8.1): use 0x%05X",
                    offset,
                    how,
                    offset & ~3));
        } else if (offset < 0 || offset >= SIZE) {
            mistakes.report(String.format(
                    Locale.ROOT,
                    "0x%05X is %s, but registers end at 0x%05X (datasheet 8.1; flash memory is not emulated)",
                    offset,
                    how,
                    SIZE));
        } else if (LAYOUT.entries[offset / 4] == null) {
            mistakes.report(String.format(
                    Locale.ROOT,
                    "0x%05X is %s, but there is no register at this offset: it is reserved (datasheet 8.2.2)",
                    offset,
                    how));
        } else {
            return LAYOUT.canonical[offset / 4];
        }
        return -1;
    }

    private static int index(int word) {
        return LAYOUT.entries[word].indexAt(word * 4);
    }

    private static RegisterTable.Entry entry(int register) {
        return LAYOUT.entries[register / 4];
    }

    /** The table, word by word; the same for all cards. */
    private static final class Layout {
        final RegisterTable.Entry[] entries = new RegisterTable.Entry[SIZE / 4];
        final int[] canonical = new int[SIZE / 4];
        final int[] resets = new int[SIZE / 4];

        Layout() {
            for (RegisterTable.Entry entry : Registers.table()) {
                // An alias of the first register of an array is one of them all; asking once is much faster.
                int first = Registers.canonical(entry.offset());
                int stride = Registers.find(first).orElse(entry).stride();
                for (int i = 0; i < entry.count(); i++) {
                    int offset = entry.offset() + i * entry.stride();
                    entries[offset / 4] = entry;
                    canonical[offset / 4] = (first + i * stride) / 4;
                    resets[offset / 4] = entry.reset();
                }
            }
            // An array of which the first register alone has a value (8.2.3.9.16).
            for (int i = 1; i < 8; i++) {
                resets[Registers.TXPBTHRESH / 4 + i] = 0;
            }
        }
    }
}
