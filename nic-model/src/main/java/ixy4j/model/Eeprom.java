package ixy4j.model;

import ixy4j.MacAddress;

/** What the card's EEPROM has (datasheet 6): a checksum that is right, a MAC address, and no firmware modules. */
final class Eeprom {
    private static final int CHECKSUM_WORD = 0x3f;
    private static final int CHECKSUM = 0xbaba; // what words 0 to 0x3F add up to
    private static final int FIRST_POINTER = 3;
    private static final int LAST_POINTER = 15;
    private static final int ADDRESS_WORD = 0x20;

    private final int[] words = new int[1024];

    Eeprom(MacAddress mac) {
        for (int i = FIRST_POINTER; i <= LAST_POINTER; i++) {
            words[i] = 0xffff; // no such module
        }
        for (int i = 0; i < 3; i++) {
            words[ADDRESS_WORD + i] = (int) (mac.bits() >>> (32 - 16 * i)) & 0xffff;
        }
        int sum = 0;
        for (int i = 0; i < CHECKSUM_WORD; i++) {
            sum += words[i];
        }
        words[CHECKSUM_WORD] = CHECKSUM - sum & 0xffff;
    }

    /** EERD (8.2.3.2.2) after a read was started by this value: word address 15:2, done 1, data 31:16. */
    int read(int command) {
        int address = command >>> 2 & 0x3fff;
        int word = address < words.length ? words[address] : 0xffff;
        return word << 16 | (command & 0xfffc) | 2;
    }
}
