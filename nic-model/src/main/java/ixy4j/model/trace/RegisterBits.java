package ixy4j.model.trace;

import ixy4j.intel.RegisterTable.Bits;
import ixy4j.intel.RegisterTable.Entry;
import ixy4j.ixgbe.Registers;
import java.util.StringJoiner;

/** What is set in the value of a register, by the names that the table of registers has for it. */
public final class RegisterBits {
    private static final int MANY =
            8; // where a value has all that can be written, nobody wants to read that many names

    private RegisterBits() {}

    /** The names of what is set in a value; empty for a register of which the table has no bits. */
    public static String text(int register, int value) {
        return Registers.find(register).map(entry -> text(entry, value)).orElse("");
    }

    private static String text(Entry entry, int value) {
        int all = entry.bits().stream().mapToInt(Bits::mask).reduce(0, (a, b) -> a | b) & entry.writable();
        if (entry.bits().size() > MANY && (value & all) == all) {
            return "all";
        }
        StringJoiner text = new StringJoiner(" ");
        for (Bits field : entry.bits()) {
            if ((value & field.mask()) != 0) {
                text.add(text(field, value & field.mask()));
            }
        }
        return text.toString();
    }

    private static String text(Bits field, int value) {
        if (Integer.bitCount(field.mask()) == 1) {
            return field.name();
        }
        String number = "0x" + Integer.toHexString(value >>> Integer.numberOfTrailingZeros(field.mask()));
        return field.name() + "=" + field.values().getOrDefault(value, number);
    }
}
