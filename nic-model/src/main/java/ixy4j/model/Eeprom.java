package ixy4j.model;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.MacAddress;

/**
 * The card's EEPROM (datasheet 3.3, 6): words that are read by EERD and, bit by bit, through EEC. What is written lasts
 * as long as the card, and counts from the next reset on.
 */
final class Eeprom {
    static final int EEC_DONE = 1 << 9; // auto read

    private static final int EEC_PRESENT = 1 << 10 | 1 << 8 | 1 << 4; // 16 address bits; writing to flash disabled
    private static final int EEC_SIZE_AND_LOADED = 4 << 11 | 0x3f_8000; // 2^(4+6) words, all parts configured
    private static final int EEC_WRITABLE = 0x77;
    private static final int EEC_DATA_OUT = 1 << 3;
    private static final int EEC_REQUEST = 1 << 6;
    private static final int START = 1; // of EERD and EEWR
    private static final int DONE = 2;
    private static final int ADDRESS_AND_DONE = 0xfffc;
    private static final int RAH_AV = 1 << 31;

    private final RegisterFile registers;
    private final int[] words;
    private final SpiEeprom chip;

    Eeprom(RegisterFile registers, MacAddress mac) {
        this.registers = registers;
        words = EepromImage.of(mac);
        chip = new SpiEeprom(words);
        registers.onWrite(EERD, (i, old, next, written) -> (written & START) != 0 ? read(written) : next);
        registers.onWrite(EEWR, (i, old, next, written) -> (written & START) != 0 ? write(written) : next);
        registers.onWrite(EEC, (i, old, next, written) -> writeEec(old, written));
    }

    private static int address(int command) {
        return command >>> 2 & 0x3fff;
    }

    /** EERD (8.2.3.2.2) after a read was started by this value: word address 15:2, done 1, data 31:16. */
    private int read(int command) {
        int address = address(command);
        int word = address < words.length ? words[address] : 0xffff;
        return word << 16 | (command & ADDRESS_AND_DONE) | DONE;
    }

    /** The same for writing, which the 82599's datasheet does not have but the drivers' shared code does. */
    private int write(int command) {
        if (address(command) < words.length) {
            words[address(command)] = command >>> 16;
        }
        return (command & ~START) | DONE;
    }

    /** A request is granted at once, and while it is, the bits drive the chip (3.3.4). */
    private int writeEec(int old, int written) {
        boolean granted = (written & EEC_REQUEST) != 0;
        boolean dataOut = granted ? chip.drive(written) : chip.release();
        return (old & ~EEC_WRITABLE & ~(EEC_REQUEST << 1) & ~EEC_DATA_OUT)
                | (written & EEC_WRITABLE)
                | (granted ? EEC_REQUEST << 1 : 0)
                | (dataOut ? EEC_DATA_OUT : 0);
    }

    /** Loads registers after a reset (4.6.3.2, 6.3). */
    void load() {
        chip.release();
        registers.set(EEC, EEC_PRESENT | EEC_SIZE_AND_LOADED);
        int core = EepromImage.CORE_POINTER;
        registers.set(RAL, pair(core, EepromImage.CORE_ADDRESS));
        registers.set(RAH, word(core, EepromImage.CORE_ADDRESS + 2) | RAH_AV);
        registers.set(LEDCTL, pair(core, EepromImage.CORE_LEDS));
        registers.set(ESDP, word(core, EepromImage.CORE_PINS));
        int mac = EepromImage.MAC_POINTER;
        registers.set(AUTOC, word(mac, EepromImage.MAC_AUTOC_HIGH) << 16 | word(mac, EepromImage.MAC_AUTOC_LOW));
        registers.set(AUTOC2, word(mac, EepromImage.MAC_AUTOC2_HIGH) << 16);
    }

    /** Two words of a section, the first one low. */
    private int pair(int pointer, int offset) {
        return word(pointer, offset + 1) << 16 | word(pointer, offset);
    }

    /** A word of a section; 0 if someone has written a pointer that leads nowhere. */
    private int word(int pointer, int offset) {
        int at = words[pointer] + offset;
        return at < words.length ? words[at] : 0;
    }
}
