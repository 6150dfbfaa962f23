package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.MacAddress;
import ixy4j.model.i82599.registers.RegisterFile;

/**
 * The card's EEPROM (datasheet 3.3, 6): words that are read by EERD and, bit by bit, through EEC. What is written lasts
 * as long as the card, and counts from the next reset on.
 */
public final class Eeprom {
    private static final int EEC_PRESENT = EEC_EE_ADDR_SIZE | EEC_EE_PRES | EEC_FWE_DISABLED;
    private static final int EEC_SIZE_AND_LOADED = 4 << 11 | 0x3f_8000; // 2^(4+6) words, all parts configured
    private static final int EEC_WRITABLE = 0x77;

    private final RegisterFile registers;
    private final int[] words;
    private final SpiEeprom chip;

    public Eeprom(RegisterFile registers, MacAddress mac) {
        this.registers = registers;
        words = EepromImage.of(mac);
        chip = new SpiEeprom(words);
        registers.onWrite(EERD, (i, old, next, written) -> (written & EERD_START) != 0 ? read(written) : next);
        registers.onWrite(EEWR, (i, old, next, written) -> (written & EERD_START) != 0 ? write(written) : next);
        registers.onWrite(EEC, (i, old, next, written) -> writeEec(old, written));
    }

    private static int address(int command) {
        return command >>> 2 & 0x3fff;
    }

    /** EERD (8.2.3.2.2) after a read was started by this value: word address 15:2, done 1, data 31:16. */
    private int read(int command) {
        int address = address(command);
        int word = address < words.length ? words[address] : 0xffff;
        return word << 16 | (command & EERD_ADDR) | EERD_DONE;
    }

    /** The same for writing, which the 82599's datasheet does not have but the drivers' shared code does. */
    private int write(int command) {
        if (address(command) < words.length) {
            words[address(command)] = command >>> 16;
        }
        return (command & ~EERD_START) | EERD_DONE;
    }

    /** A request is granted at once, and while it is, the bits drive the chip (3.3.4). */
    private int writeEec(int old, int written) {
        boolean granted = (written & EEC_EE_REQ) != 0;
        boolean dataOut = granted ? chip.drive(written) : chip.release();
        return (old & ~EEC_WRITABLE & ~EEC_EE_GNT & ~EEC_EE_DO)
                | (written & EEC_WRITABLE)
                | (granted ? EEC_EE_GNT : 0)
                | (dataOut ? EEC_EE_DO : 0);
    }

    /** Loads registers after a reset (4.6.3.2, 6.3). */
    public void load() {
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
