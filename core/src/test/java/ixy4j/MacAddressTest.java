package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @Test
    void theFirstByteOnTheWireIsTheHighest() {
        assertEquals(0x0123_4567_89abL, MacAddress.parse("01:23:45:67:89:ab").bits());
        assertEquals("01:23:45:67:89:ab", new MacAddress(0x0123_4567_89abL).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:01", "80:00:00:00:00:00"})
    void whatIsReadIsShown(String text) {
        assertEquals(text, MacAddress.parse(text).toString());
    }

    @Test
    void capitalsAreRead() {
        assertEquals(MacAddress.parse("aa:bb:cc:dd:ee:ff"), MacAddress.parse("AA:BB:CC:DD:EE:FF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02:00:00:00:00",
                "02:00:00:00:00:00:00",
                "02-00-00-00-00-00",
                "020000000000",
                "2:0:0:0:0:0",
                "0g:00:00:00:00:00",
                " 02:00:00:00:00:00",
                "02:00:00:00:00:00\n"
            })
    void otherTextIsRefusedAndQuoted(String text) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> MacAddress.parse(text));
        assertTrue(e.getMessage().startsWith("'" + text + "'"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 48, -1, Long.MIN_VALUE})
    void moreThan48BitsAreRefused(long bits) {
        assertThrows(IllegalArgumentException.class, () -> new MacAddress(bits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"})
    void whatNoCardHasAsItsOwnIsRefused(String text) {
        MacAddress address = MacAddress.parse(text);
        Exception e = assertThrows(IllegalArgumentException.class, address::checkOwn);
        assertTrue(e.getMessage().startsWith(text + " is "), e.getMessage());
        assertTrue(
                e.getMessage().endsWith(": a card has an individual one, such as 02:00:00:00:00:01"), e.getMessage());
    }

    @Test
    void groupAddressesHaveTheLowestBitOfTheFirstByte() {
        assertTrue(MacAddress.parse("01:00:5e:00:00:01").isMulticast());
        assertTrue(MacAddress.parse("ff:ff:ff:ff:ff:ff").isMulticast());
        assertFalse(MacAddress.parse("fe:ff:ff:ff:ff:ff").isMulticast());
        assertFalse(MacAddress.parse("00:01:01:01:01:01").isMulticast());
    }
}
