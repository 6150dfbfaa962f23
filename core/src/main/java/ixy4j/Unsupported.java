package ixy4j;

import ixy4j.spi.PciFunction;
import java.util.Locale;

/** What cannot be opened. */
final class Unsupported {
    private static final int NETWORK = 0x02; // the class, in bits 23:16 of a class code

    private Unsupported() {}

    static IxyException card(PciFunction function, int id) {
        if (id == -1) {
            return new IxyException(
                    function.address() + " does not answer: its configuration space reads all ones, as that"
                            + " of a card that was pulled or is asleep; plug it in, or wake it with echo on > power/control");
        }
        int classCode = function.classCode();
        return new IxyException(String.format(
                Locale.ROOT,
                "%s, %04x:%04x of class %06x, is %s ixy4j drives: ./ixy devices lists what it can take",
                function.address(),
                id >>> 16,
                id & 0xffff,
                classCode,
                classCode >> 16 == NETWORK ? "not a network card that" : "not a network card, and only those"));
    }
}
