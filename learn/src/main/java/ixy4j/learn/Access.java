package ixy4j.learn;

import ixy4j.ixgbe.Registers;
import java.util.Locale;

/**
 * One access of a learner's driver to a register or to memory.
 *
 * @param place a register, by its offset, or an IOVA
 * @param isRegister which of these
 * @param isWrite whether it is a write
 * @param value what was read or written
 * @param line of the learner's file; 0 where it was none of theirs
 */
record Access(long place, boolean isRegister, boolean isWrite, long value, int line) {
    boolean isSamePlace(Access other) {
        return place == other.place && isRegister == other.isRegister && isWrite == other.isWrite;
    }

    boolean writes(int register) {
        return isRegister && isWrite && place == register;
    }

    boolean reads(int register) {
        return isRegister && !isWrite && place == register;
    }

    /** What was accessed, as in {@code RDT[0]}. */
    String name() {
        return isRegister ? Registers.name((int) place) : "memory at IOVA 0x" + Long.toHexString(place);
    }

    @Override
    public String toString() {
        String number = isRegister
                ? String.format(Locale.ROOT, "0x%08x", (int) value)
                : String.format(Locale.ROOT, "0x%x", value);
        return name() + (isWrite ? " is written " : " reads ") + number;
    }
}
