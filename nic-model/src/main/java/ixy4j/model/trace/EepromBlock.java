package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;
import java.util.Locale;

/** Words of the EEPROM, read one after another by EERD (datasheet 8.2.3.2.2). */
final class EepromBlock extends Block {

    private String first = "";
    private String last = "";
    private boolean asked; // and not answered
    private int words;

    @Override
    boolean takes(RegisterAccess access) {
        if (access.offset() != Registers.EERD) {
            return false;
        }
        int value = access.value();
        if (access.writes()) {
            asked = true;
        } else if (asked && (value & Registers.EERD_DONE) != 0) {
            asked = false;
            words++;
            last = String.format(Locale.ROOT, "0x%02x = 0x%04x", value >>> 2 & 0x3fff, value >>> 16);
            first = words == 1 ? last : first;
        }
        return true;
    }

    @Override
    Summary summary() {
        if (words == 0) {
            return null;
        }
        String text = words == 1 ? "word " + last : words + " words, " + first + " to " + last;
        return summary("reads", Registers.EERD, asked ? text + "; then no answer" : text);
    }
}
