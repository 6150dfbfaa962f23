package ixy4j.model.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.MacAddress;
import ixy4j.model.ConfigRegister;
import ixy4j.model.PciIdentity;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.WireSpec;
import ixy4j.spi.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSpaceTest {
    private final ConfigSpace config = config("00:a0:c9:23:45:67");

    /** That of an 82599. */
    static ConfigSpace config(String mac) {
        try (Card card = new Card(
                WireSpec.open(Address.parseInner("--wire", "wire", "none")),
                CardOptions.STEPPED.withMac(MacAddress.parse(mac)))) {
            return new ConfigSpace(card.identity(), card.capabilities());
        }
    }

    private int read(int offset, int bytes) {
        return read(config, offset, bytes);
    }

    private static int read(ConfigSpace config, int offset, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (config.read(offset + i, false) & 0xff) << (8 * i);
        }
        return value;
    }

    private boolean write(int offset, int bytes, int value) {
        boolean resets = false;
        for (int i = 0; i < bytes; i++) {
            resets |= config.write(offset + i, (byte) (value >>> (8 * i)));
        }
        return resets;
    }

    @Test
    void theHeader() {
        assertEquals(0x10fb8086, read(0, 4));
        assertEquals(0x0010_0000, read(4, 4));
        assertEquals(0x0200_0001, read(8, 4));
        assertEquals(0, read(0x0e, 1)); // an ordinary header, one function
        assertEquals(1, read(0x3d, 1)); // INTA
        write(0, 4, 0);
        write(8, 4, 0);
        assertEquals(0x10fb8086, read(0, 4));
        assertEquals(0x0200_0001, read(8, 4));
    }

    @ParameterizedTest
    @CsvSource({"0x10, 0xfff8000c, 0xffffffff", "0x18, 0, 0", "0x20, 0xffffc00c, 0xffffffff", "0x30, 0, 0"})
    void aProbeShowsTheSizeOfABar(String offset, String low, String high) {
        int at = Integer.decode(offset);
        write(at, 4, -1);
        assertEquals(Long.decode(low).intValue(), read(at, 4));
        if (at < 0x30) {
            write(at + 4, 4, -1);
            assertEquals(Long.decode(high).intValue(), read(at + 4, 4));
        }
    }

    @Test
    void capabilitiesAreAList() {
        List<Integer> found = new ArrayList<>();
        for (int at = read(0x34, 1); at != 0; at = read(at + 1, 1)) {
            found.add(read(at, 1));
        }
        assertEquals(List.of(1, 5, 0x11, 0x10), found); // power, MSI, MSI-X, Express
        List<Integer> extended = new ArrayList<>();
        for (int at = 0x100; at != 0; at = read(at, 4) >>> 20) {
            extended.add(read(at, 2));
        }
        assertEquals(List.of(1, 3), extended); // errors, serial number
    }

    @Test
    void theSerialNumberIsOfTheAddress() {
        assertEquals(0xff23_4567, read(0x144, 4)); // datasheet 9.4.2
        assertEquals(0x00a0_c9ff, read(0x148, 4));
    }

    @Test
    void messages() {
        assertEquals(0x003f, read(0x72, 2));
        assertEquals(4, read(0x74, 4));
        assertEquals(0x2004, read(0x78, 4));
        assertFalse(config.hasMsix());
        write(0x72, 2, 0x8000);
        assertTrue(config.hasMsix());
        assertEquals(0x803f, read(0x72, 2));
        write(0x52, 2, 1);
        assertTrue(config.hasMsi());
    }

    /** Nothing of an 82599 is in that of another card. */
    @Test
    void whatACardHasComesFromTheCard() {
        PciIdentity identity = new PciIdentity(0x1041_1af4, 0x02_00_00, 1, 0x1100_1af4, 4096, 8192, 3);
        ConfigSpace other = new ConfigSpace(
                identity,
                List.of(
                        new ConfigRegister(0x60, 2 << 16 | 0x11, 0xc000 << 16),
                        new ConfigRegister(0x64, 4),
                        new ConfigRegister(0x68, 0x1000 | 4)));
        assertEquals(0x60, read(other, 0x34, 1));
        assertEquals(0x0002_0011, read(other, 0x60, 4));
        assertEquals(0x1000, other.pendingBits());
        for (int i = 0; i < 4; i++) {
            other.write(0x20 + i, (byte) -1);
        }
        assertEquals(-8192 | 0xc, read(other, 0x20, 4));
        for (int at = 0x40; at < ConfigSpace.SIZE; at += 4) {
            assertFalse(other.write(at + 1, (byte) 0x80), "no reset by 0x" + Integer.toHexString(at));
            assertEquals(0, at < 0x60 || at > 0x68 ? read(other, at, 4) : 0, "0x" + Integer.toHexString(at));
        }
        other.write(4, (byte) 4);
        assertTrue(other.isMaster(), "without power management it is always on");
        assertFalse(other.hasMsi() || other.hasMsix());
        other.write(0x63, (byte) 0x80);
        assertTrue(other.hasMsix());
    }

    @Test
    void mastering() {
        assertFalse(config.isMaster());
        write(4, 2, 0xffff);
        assertEquals(0x0546, read(4, 2));
        assertTrue(config.isMaster());
        write(0x44, 2, 3); // D3hot
        assertFalse(config.isMaster());
        write(0x44, 2, 0);
        assertTrue(config.isMaster());
        assertFalse(config.mayUsePin());
        config.reset();
        assertFalse(config.isMaster());
        assertTrue(config.mayUsePin());
    }

    @Test
    void thePinIsInTheStatus() {
        assertEquals(0x18, config.read(6, true));
        assertEquals(0x10, config.read(6, false));
        write(6, 2, 0xffff); // nothing there can be set
        assertEquals(0x0010, read(6, 2));
    }

    @Test
    void aResetOfTheFunctionIsAskedFor() {
        assertEquals(1 << 28, read(0xa4, 4) & 1 << 28);
        assertFalse(write(0xa8, 2, 0x2810));
        assertTrue(write(0xa8, 2, 0xa810));
        assertEquals(0x2810, read(0xa8, 2)); // the bit reads 0
    }
}
