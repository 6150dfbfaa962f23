package ixy4j.model.i82599.board;

/**
 * The chip that has the words, driven bit by bit through EEC (datasheet 3.3.4.1, 8.2.3.2.1): an SPI EEPROM with 16 address
 * bits and pages of 64 bytes. Data is taken when the clock rises and put out when it falls. A word's low byte comes first.
 */
final class SpiEeprom {
    private static final int CLOCK = 1;
    private static final int DESELECT = 1 << 1; // the chip select is active low
    private static final int DATA_IN = 1 << 2;

    private static final int WRITE_STATUS = 1;
    private static final int WRITE = 2;
    private static final int READ = 3;
    private static final int WRITE_DISABLE = 4;
    private static final int READ_STATUS = 5;
    private static final int WRITE_ENABLE = 6;
    private static final int WRITE_ENABLED = 1 << 1; // in the status
    private static final int PAGE = 64;
    private static final int COMMAND = 8; // bits
    private static final int ADDRESS = 24; // bits with the command's

    private final int[] words;
    private boolean clock;
    private boolean selected;
    private boolean out;
    private boolean writable;
    private int bits; // taken since the chip was selected
    private int shift;
    private int command;
    private int address; // of the next byte
    private int output; // the byte that goes out, the next bit highest

    SpiEeprom(int[] words) {
        this.words = words;
    }

    /** Takes the lines as bits of EEC; returns the chip's data line. */
    boolean drive(int lines) {
        boolean select = (lines & DESELECT) == 0;
        boolean high = (lines & CLOCK) != 0;
        if (select != selected) {
            select(select);
        } else if (selected && high && !clock) {
            take((lines & DATA_IN) != 0 ? 1 : 0);
        } else if (selected && !high && clock) {
            put();
        }
        clock = high;
        return out;
    }

    /** Nobody drives the lines: the chip is not selected. */
    boolean release() {
        select(false);
        clock = false;
        return false;
    }

    private void select(boolean on) {
        if (!on && command == WRITE && bits >= ADDRESS) {
            writable = false; // each write is to be enabled
        }
        selected = on;
        bits = 0;
        shift = 0;
        command = 0;
        output = 0;
        out = false;
    }

    private void take(int bit) {
        shift = shift << 1 | bit;
        bits++;
        if (bits == COMMAND) {
            command = shift & 0xff;
            begin();
        } else if (bits == ADDRESS) {
            address = shift & 0xffff;
        } else if (bits > ADDRESS && bits % 8 == 0 && command == WRITE && writable) {
            store(shift & 0xff);
        }
    }

    private void begin() {
        if (command == WRITE_ENABLE || command == WRITE_DISABLE) {
            writable = command == WRITE_ENABLE;
        } else if (command == WRITE_STATUS) {
            writable = false; // its bits protect blocks, which this chip does not have
        }
    }

    /** The clock has fallen: the next bit of what the command reads, byte after byte. */
    private void put() {
        boolean reads = command == READ && bits >= ADDRESS;
        if (bits % 8 == 0 && (reads || command == READ_STATUS)) {
            output = reads ? load() : writable ? WRITE_ENABLED : 0;
        }
        out = (output & 0x80) != 0 && bits >= COMMAND;
        output <<= 1;
    }

    private int load() {
        int word = words[address / 2 % words.length];
        int value = (address & 1) == 0 ? word & 0xff : word >>> 8;
        address = address + 1 & 0xffff;
        return value;
    }

    /** Within a page the address goes round. */
    private void store(int value) {
        int at = address / 2 % words.length;
        words[at] = (address & 1) == 0 ? (words[at] & 0xff00) | value : (words[at] & 0xff) | (value << 8);
        address = (address & ~(PAGE - 1)) | (address + 1 & PAGE - 1);
    }
}
