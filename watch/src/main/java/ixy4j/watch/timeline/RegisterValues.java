package ixy4j.watch.timeline;

import ixy4j.intel.RegisterTable;
import java.util.Arrays;

/** Values of registers; each is its reset value at first, as the table has it. */
public final class RegisterValues {
    private int[] values; // by word; none where there is no table
    private boolean shared; // with a copy, so not to be changed

    RegisterValues(Chip chip) {
        values = chip == null ? new int[0] : resets(chip.table());
    }

    private RegisterValues(RegisterValues other) {
        values = other.values;
        shared = true;
        other.shared = true;
    }

    private static int[] resets(RegisterTable table) {
        int last = table.entries().stream().mapToInt(RegisterValues::last).max().orElse(0);
        int[] resets = new int[last / 4 + 1];
        for (RegisterTable.Entry entry : table.entries()) {
            for (int i = 0; i < entry.count(); i++) {
                resets[(entry.offset() + i * entry.stride()) / 4] = entry.reset();
            }
        }
        return resets;
    }

    private static int last(RegisterTable.Entry entry) {
        return entry.offset() + (entry.count() - 1) * entry.stride();
    }

    /** The value at an offset. */
    public int get(int offset) {
        return values[offset / 4];
    }

    /** Sets it. */
    public void set(int offset, int value) {
        if (values[offset / 4] != value) {
            values = shared ? values.clone() : values;
            shared = false;
            values[offset / 4] = value;
        }
    }

    /** One with the same values; only the first change of either takes time. */
    RegisterValues copy() {
        return new RegisterValues(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegisterValues registers && Arrays.equals(values, registers.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
