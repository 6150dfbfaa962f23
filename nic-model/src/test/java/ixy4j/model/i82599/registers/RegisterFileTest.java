package ixy4j.model.i82599.registers;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import ixy4j.model.DriverMistake;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.TestDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegisterFileTest {
    private static final int[] PATTERNS = {-1, 0x5a5a5a5a, 0xa5a5a5a5, 0x12345678, 0};
    // Loaded from the EEPROM, undefined after power up, or live: 8.2.3.7.7 to .11, 8.2.3.2.1, 8.2.3.22.19.
    private static final Set<String> NO_FIXED_RESET =
            Set.of("MTA", "VFTA", "RAL", "RAH", "EEC", "AUTOC", "AUTOC2", "ESDP", "I2CCTL", "FWSM");

    private final RegisterFile registers = new RegisterFile(new Mistakes("card", Mistakes.Policy.STOP));

    private static List<Integer> offsets(RegisterTable.Entry entry) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < entry.count(); i++) {
            offsets.add(entry.offset() + i * entry.stride());
        }
        return offsets;
    }

    private static int resetOf(RegisterTable.Entry entry, int offset) {
        return entry.offset() == TXPBTHRESH && offset != TXPBTHRESH ? 0 : entry.reset();
    }

    @Test
    void eachRegisterDoesWhatItsAccessKindSays() {
        int checked = 0;
        for (RegisterTable.Entry entry : Registers.table()) {
            for (int offset : offsets(entry)) {
                registers.reset();
                for (int pattern : PATTERNS) {
                    checkAccess(entry, offset, pattern);
                }
                checked++;
            }
        }
        assertTrue(checked > 5000, "registers checked: " + checked);
    }

    private void checkAccess(RegisterTable.Entry entry, int offset, int pattern) {
        int canonical = Registers.canonical(offset);
        int writable = entry.writable();
        int before = registers.get(canonical);
        String message = Registers.name(offset) + " of kind " + entry.access() + " written " + pattern;
        registers.write(offset, pattern);
        switch (entry.access()) {
            case RW, RW_SC ->
                assertEquals((before & ~writable) | (pattern & writable), registers.read(offset), message);
            case RO -> assertEquals(before, registers.read(offset), message);
            case WO -> assertEquals(0, registers.read(offset), message);
            case W1S -> assertEquals(before | (pattern & writable), registers.read(offset), message);
            case RC -> {
                registers.set(canonical, pattern);
                assertEquals(pattern, registers.read(offset), message);
                assertEquals(0, registers.read(offset), message);
            }
            case RC_W -> {
                assertEquals((before & ~writable) | (pattern & writable), registers.read(offset), message);
                assertEquals(0, registers.read(offset), message);
            }
            case W1C -> {
                registers.set(canonical, -1);
                registers.write(offset, pattern);
                assertEquals(~(pattern & writable), registers.read(offset), message);
                assertEquals(~(pattern & writable), registers.read(offset), message);
            }
            case RC_W1C -> {
                registers.set(canonical, -1);
                registers.write(offset, pattern);
                assertEquals(~(pattern & writable), registers.read(offset), message);
                assertEquals(0, registers.read(offset), message);
            }
        }
    }

    @Test
    void eachRegisterOfACardHasItsResetValueAtPowerUpAndAfterAReset() {
        try (TestDriver driver = new TestDriver()) {
            checkResetValues(driver);
            driver.start();
            driver.openRx(0, 64, TestDriver.SRRCTL_ADVANCED);
            driver.openTx(0, 64, 0);
            driver.bar.set32(CTRL, 1 << 26);
            driver.bar.get32(CTRL);
            checkResetValues(driver);
        }
    }

    private static void checkResetValues(TestDriver driver) {
        for (RegisterTable.Entry entry : Registers.table()) {
            String base = entry.of().isEmpty() ? entry.name() : entry.of();
            for (int offset : offsets(entry)) {
                if (!NO_FIXED_RESET.contains(base)) {
                    // SWSM is last read as 0, LINKS and STATUS are down as long as nobody looks twice
                    assertEquals(resetOf(entry, offset), driver.bar.get32(offset), Registers.name(offset));
                }
            }
        }
    }

    @Test
    void anAliasIsTheSameRegister() {
        try (TestDriver driver = new TestDriver()) {
            for (RegisterTable.Entry entry : Registers.table()) {
                for (int offset : offsets(entry)) {
                    int canonical = Registers.canonical(offset);
                    if (canonical != offset && entry.access() == ixy4j.intel.Register.Access.RW) {
                        // in MRQC, a mode that is not modelled is a mistake
                        int written = canonical == Registers.MRQC ? 0x55aa0001 : 0x55aa55aa;
                        driver.bar.set32(offset, written);
                        assertEquals(driver.bar.get32(canonical), driver.bar.get32(offset), Registers.name(offset));
                        assertEquals(
                                written & entry.writable(),
                                driver.bar.get32(canonical) & entry.writable(),
                                Registers.name(offset));
                    }
                }
            }
        }
    }

    @Test
    void accessesToWhatIsNoRegisterAreMistakes() {
        assertMistake(
                "0x00004 is", 0x00010, "0x00010 is read, but there is no register at this offset: it is reserved");
        assertMistake("unaligned", 0x01019, "0x01019 is read, but registers are accessed in 4 aligned bytes");
        assertMistake("end", 0x20000, "0x20000 is read, but registers end at 0x20000");
        assertMistake("negative", -4, "0xFFFFFFFC is read, but registers end at");
        DriverMistake mistake = assertThrows(DriverMistake.class, () -> registers.write(0x00010, 0xabc));
        assertTrue(mistake.getMessage().startsWith("card: 0x00010 is written 0xabc"), mistake.getMessage());
    }

    private void assertMistake(String what, int offset, String message) {
        RegisterFile fresh = new RegisterFile(new Mistakes("card", Mistakes.Policy.STOP));
        DriverMistake mistake = assertThrows(DriverMistake.class, () -> fresh.read(offset), what);
        assertTrue(mistake.getMessage().startsWith("card: " + message), mistake.getMessage());
    }

    @Test
    void countedMistakesReadAsZeroAndWriteNothing() {
        Mistakes mistakes = new Mistakes("card", Mistakes.Policy.COUNT);
        RegisterFile counting = new RegisterFile(mistakes);
        counting.write(0x00010, 1);
        assertEquals(0, counting.read(0x00010));
        assertEquals(0, counting.read(0x01019));
        assertEquals(3, mistakes.count());
        assertEquals(3, mistakes.messages().size());
    }
}
