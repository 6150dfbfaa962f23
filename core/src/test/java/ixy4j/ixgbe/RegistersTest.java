package ixy4j.ixgbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.intel.Register;
import ixy4j.intel.RegisterTable;
import ixy4j.intel.RegisterTable.Bits;
import ixy4j.intel.RegisterTable.Entry;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistersTest {
    private static List<Field> constants() {
        return Arrays.stream(Registers.class.getDeclaredFields())
                .filter(field -> field.getType() == int.class)
                .toList();
    }

    private static boolean isRegister(Field constant) {
        return constant.isAnnotationPresent(Register.class) || constant.isAnnotationPresent(Register.Also.class);
    }

    @Test
    void everyConstantIsARegisterOrABitOfOne() throws IllegalAccessException {
        Map<String, Integer> registers = new HashMap<>();
        Map<String, Integer> bits = new HashMap<>();
        for (Field constant : constants()) {
            (isRegister(constant) ? registers : bits).put(constant.getName(), constant.getInt(null));
        }
        Map<String, Integer> found = new HashMap<>();
        for (Entry entry : Registers.table()) {
            assertEquals(entry.offset(), registers.remove(entry.name()), entry.name());
            for (Bits field : entry.bits()) {
                found.put(entry.name() + "_" + field.name(), field.mask());
                field.values()
                        .forEach((value, name) -> found.put(entry.name() + "_" + field.name() + "_" + name, value));
            }
        }
        assertEquals(Map.of(), registers, "registers that the table does not have");
        bits.forEach((name, mask) -> assertEquals(mask, found.get(name), name));
    }

    @Test
    void aFieldIsInOnePieceAndSharesNoBitWithAnother() {
        for (Entry entry : Registers.table()) {
            int taken = 0;
            for (Bits field : entry.bits()) {
                String name = entry.name() + "_" + field.name();
                int shifted = field.mask() >>> Integer.numberOfTrailingZeros(field.mask());
                assertTrue(field.mask() != 0 && (shifted & (shifted + 1)) == 0, name + " is in one piece");
                assertEquals(0, taken & field.mask(), name + " is on another one");
                taken |= field.mask();
                for (int value : field.values().keySet()) {
                    assertEquals(value, value & field.mask(), name + " has its values");
                }
            }
        }
    }

    @Test
    void aWriteChangesAFieldAsAWholeOrNotAtAll() {
        for (Entry entry : Registers.table()) {
            for (Bits field : entry.bits()) {
                int writable = entry.writable() & field.mask();
                assertTrue(writable == 0 || writable == field.mask(), entry.name() + "_" + field.name());
            }
        }
    }

    @Test
    void whatIsWritableHasANameWhereTheMaskIsTheDatasheets() {
        Set<String> reserved =
                Set.of("FCRTL", "FCRTH", "MRQC", "RSCCTL", "RXDCTL", "RDRXCTL", "EICS", "EIMS", "EIMC", "EIAM");
        for (Entry entry : Registers.table()) {
            int named = entry.bits().stream().mapToInt(Bits::mask).reduce(0, (a, b) -> a | b);
            boolean known = entry.writable() != -1 && named != 0;
            if (known && !reserved.contains(entry.of().isEmpty() ? entry.name() : entry.of())) {
                assertEquals(0, entry.writable() & ~named, entry.name());
            }
        }
    }

    @Test
    void bitsOfAnotherRegisterAreTheSame() {
        List<Bits> causes = bits(Registers.EICR);
        assertFalse(causes.isEmpty());
        assertEquals(causes, bits(Registers.EIMS));
        assertEquals(bits(Registers.CTRL), bits(Registers.CTRL_LEGACY));
        assertEquals(bits(Registers.RXDCTL), bits(Registers.RXDCTL_64));
        assertEquals(List.of(), bits(Registers.EIMS_EX), "they are queues");
    }

    private static List<Bits> bits(int offset) {
        return Registers.find(offset).orElseThrow().bits();
    }

    @Test
    void aFieldHasNamesOfValues() {
        Bits mode = bits(Registers.AUTOC).stream()
                .filter(field -> field.name().equals("LMS"))
                .findFirst()
                .orElseThrow();
        assertEquals(Map.of(2 << 13, "1G_AN", 3 << 13, "10G_SERIAL"), mode.values());
    }

    interface Stray {
        int CTRL_RST = 1;
    }

    @Test
    void aBitWithoutARegisterIsRefused() {
        var thrown =
                assertThrows(IllegalArgumentException.class, () -> new RegisterTable(Stray.class, Registers.CTRL + 4));
        assertEquals("CTRL_RST has no register", thrown.getMessage());
    }

    @Test
    void noTwoRegistersShareAnOffset() {
        Map<Integer, String> owners = new HashMap<>();
        for (Entry entry : Registers.table()) {
            for (int i = 0; i < entry.count(); i++) {
                int offset = entry.offset() + i * entry.stride();
                String name = entry.name() + " " + i;
                String other = owners.put(offset, name);
                assertTrue(other == null, () -> String.format(Locale.ROOT, "0x%05x is %s and %s", offset, other, name));
                assertTrue(offset >= 0 && offset < 0x20000 && offset % 4 == 0, name);
            }
        }
    }

    @Test
    void everyRegisterIsFoundByEachOfItsOffsetsAndByNoOther() {
        Set<Integer> used = new HashSet<>();
        for (Entry entry : Registers.table()) {
            for (int i = 0; i < entry.count(); i++) {
                int offset = entry.offset() + i * entry.stride();
                used.add(offset);
                assertEquals(Optional.of(entry), Registers.find(offset), entry.name());
                assertEquals(entry.first() + i, entry.indexAt(offset), entry.name());
            }
        }
        for (int offset = -8; offset < 0x20010; offset++) {
            assertEquals(used.contains(offset), Registers.find(offset).isPresent(), Integer.toHexString(offset));
        }
    }

    @Test
    void entriesSayWhereTheyAreDescribed() {
        for (Entry entry : Registers.table()) {
            assertTrue(entry.section().matches("\\d+(\\.\\d+)+"), entry + ": section");
            assertFalse(entry.longName().isBlank(), entry + ": name");
            assertTrue(entry.count() >= 1 && entry.stride() >= 4, entry + ": array");
        }
    }

    @Test
    void whatBelongsToAnotherNamesOneThatExistsAndFits() {
        Map<String, Entry> byName = Registers.table().stream().collect(Collectors.toMap(Entry::name, entry -> entry));
        for (Entry entry : Registers.table()) {
            if (!entry.of().isEmpty()) {
                Entry main = byName.get(entry.of());
                assertTrue(main != null && main.of().isEmpty(), entry + ": of");
                assertEquals(main.access(), entry.access(), entry + ": access");
                int end = main.first() + main.count();
                boolean continues = entry.first() == end;
                boolean repeats = entry.first() + entry.count() <= end;
                assertTrue(continues || repeats, entry + ": neither continues nor repeats");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000, CTRL",
        "0x00004, CTRL",
        "0x00008, STATUS",
        "0x01000, RDBAL[0]",
        "0x01018, RDT[0]",
        "0x010d8, RDT[3]",
        "0x0d018, RDT[64]",
        "0x06018, TDT[0]",
        "0x06058, TDT[1]",
        "0x07fe8, TXDCTL[127]",
        "0x042a4, LINKS",
        "0x0d00c, DCA_RXCTRL[64]",
        "0x01030, QPRC[0]",
        "0x1fffc, 0x1FFFC (reserved)",
        "0x00001, 0x00001 (reserved)",
        "0x20000, 0x20000 (reserved)"
    })
    void anOffsetHasTheDatasheetsName(String offset, String name) {
        assertEquals(name, Registers.name(Integer.decode(offset)));
    }

    @Test
    void anAliasLeadsToTheRegisterItself() {
        assertEquals(Registers.CTRL, Registers.canonical(Registers.CTRL_LEGACY));
        for (Entry entry : Registers.table()) {
            int canonical = Registers.canonical(entry.offset());
            assertEquals(canonical, Registers.canonical(canonical), entry.name());
            if (entry.count() > 1) {
                assertEquals(Registers.name(canonical), Registers.name(entry.offset()), entry.name());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x10f7, 0x10f8, 0x10f9, 0x10fb, 0x10fc, 0x1514, 0x1517, 0x1528, 0x154d, 0x1557, 0x1560, 0x1563})
    void theDriverDrivesItsFamily(int device) {
        assertTrue(new IxgbeDriver().drives(0x8086 << 16 | device));
        assertFalse(new IxgbeDriver().drives(0x15ad << 16 | device), "of another vendor");
        assertFalse(new IxgbeDriver().drives(device << 16 | 0x8086), "the other way round");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10d3, 0x10c9, 0x1572, 0x10ed, 0x1515, 0x1565, 0x10c6, 0, 0xffff})
    void theDriverLeavesOthersAlone(int device) { // 82574, 82576, XL710, virtual functions, 82598
        assertFalse(new IxgbeDriver().drives(0x8086 << 16 | device));
    }
}
