package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.i82599.TestDriver;
import ixy4j.spi.Bar;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The EEPROM as drivers read it: by EERD, and bit by bit. */
class EepromTest {
    private static final int CLOCK = 1;
    private static final int DESELECT = 1 << 1;
    private static final int DATA_IN = 1 << 2;
    private static final int DATA_OUT = 1 << 3;
    private static final int REQUEST = 1 << 6;
    private static final int GRANT = 1 << 7;
    private static final int NONE = 0xffff;

    private final TestDriver driver = new TestDriver();
    private final Bar bar = driver.bar;

    @AfterEach
    void close() {
        driver.close();
    }

    private int word(int address) {
        bar.set32(EERD, address << 2 | 1);
        int value = bar.get32(EERD);
        assertEquals(2, value & 3, "done, not started");
        assertEquals(address, value >>> 2 & 0x3fff);
        return value >>> 16;
    }

    /** The driver's sum: the first 63 words, and all sections but the firmware's, each after its length. */
    private int checksum() {
        int sum = 0;
        for (int i = 0; i < 0x3f; i++) {
            sum += word(i);
        }
        for (int pointer = 3; pointer < 0xf; pointer++) {
            int section = word(pointer);
            int length = section == NONE || section == 0 ? 0 : word(section);
            for (int i = 1; i <= length && length != NONE; i++) {
                sum += word(section + i);
            }
        }
        return (0xbaba - sum) & 0xffff;
    }

    @Test
    void theChecksumIsThatOfDrivers() {
        assertEquals(checksum(), word(0x3f));
    }

    @Test
    void sizeAndPresenceAreInEec() {
        int eec = bar.get32(EEC);
        assertEquals(1 << 8, eec & 1 << 8, "present");
        assertEquals(EepromImage.WORDS, 1 << (6 + (eec >>> 11 & 15)));
        assertEquals(1 << 10, eec & 1 << 10, "16 address bits");
        assertEquals(NONE, word(EepromImage.WORDS), "behind the end");
    }

    @Test
    void whatDriversLookForIsThere() {
        assertEquals(1, word(0x2c) & 1, "any module");
        int firmware = word(0x0f);
        assertTrue(word(word(firmware + 4) + 7) > 5, "firmware that is not a prototype's");
        assertEquals(NONE, word(firmware + 2), "no link management by firmware");
        assertEquals(0xfafa, word(0x15));
        int number = word(0x16);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < word(number); i++) {
            text.append((char) (word(number + i) >>> 8)).append((char) (word(number + i) & 0xff));
        }
        assertEquals("IXY4J0-001", text.toString());
        for (int absent : new int[] {0x26, 0x27, 0x28, 0x37}) {
            assertEquals(NONE, word(absent), "pointer " + absent);
        }
    }

    @Test
    void eachKindOfModuleHasASetup() {
        for (int kind = 3; kind <= 6; kind++) {
            int at = word(0x2b) + 1;
            while (word(at) != kind) {
                assertNotEquals(NONE, word(at), "end of the list before kind " + kind);
                at += 2;
            }
            int setup = word(at + 1) + 1;
            while (word(setup) != NONE) {
                setup++;
            }
            assertTrue(setup < EepromImage.WORDS);
        }
    }

    // ---- bit by bit

    private int eec;

    private void lines(int bits) {
        eec = (eec & ~(CLOCK | DESELECT | DATA_IN)) | REQUEST | bits;
        bar.set32(EEC, eec);
    }

    private void request() {
        eec = bar.get32(EEC);
        lines(DESELECT);
        assertEquals(GRANT, bar.get32(EEC) & GRANT);
    }

    private void select() {
        lines(DESELECT);
        lines(0);
    }

    private void out(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            int data = (value >>> i & 1) != 0 ? DATA_IN : 0;
            lines(data);
            lines(data | CLOCK);
            lines(data);
        }
    }

    private int in(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++) {
            lines(CLOCK);
            value = value << 1 | ((bar.get32(EEC) & DATA_OUT) != 0 ? 1 : 0);
            lines(0);
        }
        return value;
    }

    private static int swapped(int word) {
        return (word & 0xff) << 8 | word >>> 8;
    }

    private int shiftedWord(int address) {
        select();
        out(3, 8);
        out(2 * address, 16);
        return swapped(in(16));
    }

    @Test
    void theChipHasTheSameWords() {
        request();
        long seed = 82599;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            int address = i < 8 ? 0x2b + i : random.nextInt(EepromImage.WORDS);
            assertEquals(word(address), shiftedWord(address), "word " + address + ", seed " + seed);
        }
        select();
        out(3, 8);
        out(2 * 0x15, 16);
        assertEquals(word(0x15), swapped(in(16)));
        assertEquals(word(0x16), swapped(in(16)), "reading goes on");
    }

    @Test
    void withoutARequestTheChipIsSilent() {
        eec = 0;
        bar.set32(EEC, CLOCK);
        assertEquals(0, bar.get32(EEC) & (GRANT | DATA_OUT));
        request();
        bar.set32(EEC, 0);
        assertEquals(0, bar.get32(EEC) & (GRANT | REQUEST));
    }

    private void write(int address, int... words) {
        select();
        out(2, 8);
        out(2 * address, 16);
        for (int word : words) {
            out(swapped(word), 16);
        }
        lines(DESELECT);
    }

    private void enableWriting() {
        select();
        out(6, 8);
        lines(DESELECT);
    }

    private int status() {
        select();
        out(5, 8);
        return in(8);
    }

    @Test
    void wordsAreWrittenOnceItIsEnabled() {
        request();
        write(0x200, 0x1234);
        assertEquals(NONE, word(0x200), "not enabled");
        assertEquals(0, status());
        enableWriting();
        assertEquals(2, status());
        write(0x200, 0x1234, 0x5678);
        assertEquals(0x1234, word(0x200));
        assertEquals(0x5678, word(0x201));
        assertEquals(0, status(), "each write is enabled by itself");
        enableWriting();
        select();
        out(4, 8);
        assertEquals(0, status(), "disabled again");
    }

    @Test
    void aWriteGoesRoundInItsPage() {
        request();
        enableWriting();
        int[] words = new int[33]; // a page has 32
        for (int i = 0; i < words.length; i++) {
            words[i] = 0x100 + i;
        }
        write(0x200, words);
        assertEquals(0x120, word(0x200), "the last one");
        assertEquals(0x101, word(0x201));
        assertEquals(0x11f, word(0x21f));
        assertEquals(NONE, word(0x220));
    }

    @Test
    void whatIsWrittenCountsFromTheNextResetOn() {
        int core = word(EepromImage.CORE_POINTER);
        bar.set32(EEWR, 0x0102 << 16 | (core + EepromImage.CORE_ADDRESS) << 2 | 1);
        assertEquals(2, bar.get32(EEWR) & 3);
        assertEquals(0x90598202, bar.get32(RAL));
        bar.set32(CTRL, 1 << 26);
        assertEquals(0x90590102, bar.get32(RAL));
    }
}
