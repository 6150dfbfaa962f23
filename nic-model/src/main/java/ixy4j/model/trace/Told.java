package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;

/** What a trace tells in one line. */
interface Told {
    /** Whether it does the same to the same register, or to others of the same arrays, whatever the values are. */
    boolean isLike(Told other);

    /** Section and long name of a register, empty if it has none. */
    static String what(int offset) {
        return Registers.find(offset)
                .map(entry -> entry.section() + " " + entry.longName())
                .orElse("");
    }

    /** As a line of a trace. */
    String line();
}
