package ixy4j.learn;

import ixy4j.course.Card;
import ixy4j.course.Memory;
import java.util.Locale;

/**
 * A card that is in the machine, too, and not the one that is looked for.
 *
 * @param id vendor in bits 15:0, device in bits 31:16
 * @param name what it is
 */
record OtherCard(int id, String name) implements Card {
    private static final int ETHERNET = 0x02_00_00;

    @Override
    public int config(int offset) {
        return switch (offset) {
            case 0 -> id;
            case 8 -> ETHERNET << 8 | 1;
            default -> 0;
        };
    }

    @Override
    public void setConfig(int offset, int value) {
        throw used("is configured");
    }

    @Override
    public int read(int register) {
        throw used("has a register read");
    }

    @Override
    public void write(int register, int value) {
        throw used("has a register written");
    }

    @Override
    public Memory memory(int bytes) {
        throw used("is given memory");
    }

    private Wrong used(String how) {
        return new Wrong(
                this + " " + how + ", which is not the card that is looked for: the word at 0 of the configuration"
                        + " space must be 0x10fb8086 (datasheet 9.3.1)");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%04x:%04x)", name, id & 0xffff, id >>> 16);
    }
}
