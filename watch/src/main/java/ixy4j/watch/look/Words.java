package ixy4j.watch.look;

import ixy4j.ixgbe.Registers;
import ixy4j.model.trace.RegisterBits;
import java.util.Locale;

/** Words for what happens to an 82599. */
public final class Words {
    private Words() {}

    /** A value of a register. */
    public static String hex(int value) {
        return String.format(Locale.ROOT, "0x%08x", value);
    }

    /** What is done to a register: {@code writes CTRL: 0x04000000, RST}. */
    public static String access(boolean writes, int offset, int value) {
        String bits = RegisterBits.text(offset, value);
        return (writes ? "writes " : "reads ")
                + Registers.name(offset)
                + ": "
                + hex(value)
                + (bits.isEmpty() ? "" : ", " + bits);
    }

    /** So many frames. */
    public static String frames(long count) {
        return count == 1 ? "a frame" : count + " frames";
    }
}
