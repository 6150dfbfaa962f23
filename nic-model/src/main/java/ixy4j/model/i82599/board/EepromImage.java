package ixy4j.model.i82599.board;

import ixy4j.MacAddress;
import java.util.Arrays;

/**
 * What an 82599 card with SFP+ has in its EEPROM (datasheet 6): addresses and pointers in the first 64 words, and the
 * sections that they lead to. What this card does not have is a pointer of 0xFFFF. Where drivers look for more than the
 * datasheet has, the words are those of Linux's driver (ixgbe_type.h).
 */
final class EepromImage {
    /** Words of the image; EEC says the size. */
    static final int WORDS = 1024;

    /** Section with address, LEDs and pins (6.3.5). */
    static final int CORE_POINTER = 0x09;

    /** Section with the link's configuration (6.3.6). */
    static final int MAC_POINTER = 0x0b;

    // Offsets in the core section, which are of words, and the first of which is its length.
    static final int CORE_ADDRESS = 1;
    static final int CORE_LEDS = 4;
    static final int CORE_PINS = 6;

    // Offsets in the MAC section.
    static final int MAC_AUTOC_LOW = 1;
    static final int MAC_AUTOC_HIGH = 4;
    static final int MAC_AUTOC2_HIGH = 5;

    private static final int CHECKSUM_WORD = 0x3f;
    private static final int CHECKSUM = 0xbaba; // what the words that count add up to
    private static final int FIRST_POINTER = 3;
    private static final int FIRMWARE_POINTER = 0x0f; // its section does not count
    private static final int NONE = 0xffff;

    private static final int CORE = 0x60;
    private static final int MAC = 0x70;
    private static final int FIRMWARE = 0x80;
    private static final int PATCH = 0x90;
    private static final int PBA = 0xa0;
    private static final int MODULES = 0xb0;
    private static final int MODULE_SETUP = 0xc0;

    private final int[] words = new int[WORDS];

    private EepromImage() {
        Arrays.fill(words, NONE);
    }

    /** The words of a card with this address. */
    static int[] of(MacAddress mac) {
        EepromImage image = new EepromImage();
        image.control();
        image.core(mac);
        image.set(MAC_POINTER, MAC);
        // AUTOC 0xC09C6004 and AUTOC2 0x000A0000: 10 Gbit/s serial, SFI; 1 Gbit/s, SFI
        image.set(MAC, 7, 0x6004, 0, 0, 0xc09c, 0x000a, 0, 0);
        image.firmware();
        image.boardNumber();
        image.modules();
        image.words[CHECKSUM_WORD] = CHECKSUM - sum(image.words) & 0xffff;
        return image.words;
    }

    private void set(int at, int... values) {
        System.arraycopy(values, 0, words, at, values.length);
    }

    private void control() {
        set(0, 0x1040, 0, 0); // signature and size (6.2.1), no options
        set(0x2c, 0x0003); // capabilities: any module, no FCoE
        set(0x2d, 0x0599, 0x8000); // the image's track id, low and high
        set(0x30, 0, 0, 0, 0, 0, 0, 0); // no PXE
    }

    private void core(MacAddress mac) {
        long bits = Long.reverseBytes(mac.bits() << 16); // the first byte lowest
        set(CORE_POINTER, CORE);
        // length, address, LEDCTL (8.2.3.1.6), ESDP: SDP3 and SDP5 are outputs, full speed; filter control
        set(CORE, 7, (int) bits & 0xffff, (int) (bits >>> 16) & 0xffff, (int) (bits >>> 32) & 0xffff);
        set(CORE + CORE_LEDS, 0x0100, 0x0504, 0x2820, 0);
    }

    /** Linux and DPDK take a card without firmware, or older than 0.6, for a prototype and warn. */
    private void firmware() {
        set(FIRMWARE_POINTER, FIRMWARE);
        set(FIRMWARE + 4, PATCH);
        set(PATCH + 7, 9); // its version
    }

    /** The number of the printed board, as text in a block of words. */
    private void boardNumber() {
        String number = "IXY4J0-001";
        set(0x15, 0xfafa, PBA);
        words[PBA] = 1 + number.length() / 2;
        for (int i = 0; i < number.length(); i += 2) {
            words[PBA + 1 + i / 2] = number.charAt(i) << 8 | number.charAt(i + 1);
        }
    }

    /** What is to be written to CORECTL for a kind of module: drivers refuse kinds that are not listed. */
    private void modules() {
        set(0x2b, MODULES);
        set(MODULES, 9); // length
        for (int i = 0; i < 4; i++) {
            set(MODULES + 1 + 2 * i, 3 + i, MODULE_SETUP); // copper of port 0 and 1, SR or LR of port 0 and 1
        }
        set(MODULES + 9, NONE);
        set(MODULE_SETUP, 2, 0x0b00, 0x0c10, NONE); // length, values, end
    }

    /** What counts for the checksum: the first 63 words, and the sections but that of the firmware. */
    static int sum(int[] words) {
        int sum = 0;
        for (int i = 0; i < CHECKSUM_WORD; i++) {
            sum += words[i];
        }
        for (int pointer = FIRST_POINTER; pointer < FIRMWARE_POINTER; pointer++) {
            int section = words[pointer];
            int length = section == NONE || section == 0 ? 0 : words[section];
            for (int i = 1; i <= length && length != NONE; i++) {
                sum += words[section + i];
            }
        }
        return sum;
    }
}
