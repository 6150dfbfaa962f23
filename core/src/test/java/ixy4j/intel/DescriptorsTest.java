package ixy4j.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The constants against the datasheet's tables, bit by bit (7.1.6.2 and 7.2.3.2.4). */
class DescriptorsTest {
    private static long bits(int... numbers) {
        long all = 0;
        for (int number : numbers) {
            all |= 1L << number;
        }
        return all;
    }

    @Test
    void receiveStatusHasItsBits() {
        assertEquals(16, Descriptors.SIZE);
        assertEquals(bits(0), Descriptors.RX_DD);
        assertEquals(bits(1), Descriptors.RX_EOP);
        assertEquals(bits(24, 25, 27, 28, 29), Descriptors.RX_FRAME_ERRORS, "CE, LE, PE, OSE, RXE");
        assertEquals(32, Descriptors.RX_LENGTH_SHIFT);
    }

    @Test
    void transmitCommandHasItsBits() {
        assertEquals(bits(20, 21, 29), Descriptors.TX_DATA, "DTYP 0011b, DEXT");
        assertEquals(bits(24), Descriptors.TX_EOP);
        assertEquals(bits(25), Descriptors.TX_IFCS);
        assertEquals(bits(27), Descriptors.TX_RS);
        assertEquals(bits(32), Descriptors.TX_DD);
        assertEquals(46, Descriptors.TX_PAYLEN_SHIFT);
    }
}
