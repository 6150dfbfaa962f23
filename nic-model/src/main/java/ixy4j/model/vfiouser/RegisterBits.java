package ixy4j.model.vfiouser;

import ixy4j.intel.RegisterTable.Bits;
import ixy4j.ixgbe.Registers;
import java.util.List;
import java.util.StringJoiner;

/** What is set in the value of a register, by the names that the table of registers has for it. */
final class RegisterBits {
    private static final int MANY = 8;

    private RegisterBits() {}

    /** The names of what is set in a value; empty for a register of which the table has no bits. */
    static String text(int register, int value) {
        List<Bits> bits = Registers.find(register).map(entry -> entry.bits()).orElse(List.of());
        if (bits.size() > MANY && bits.stream().allMatch(field -> (value & field.mask()) == field.mask())) {
            return "all";
        }
        StringJoiner text = new StringJoiner(" ");
        for (Bits field : bits) {
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
