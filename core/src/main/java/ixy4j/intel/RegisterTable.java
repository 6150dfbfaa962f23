package ixy4j.intel;

import ixy4j.intel.Register.Access;
import ixy4j.intel.Register.Also;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The registers of a chip with their bits, read from the constants of an interface. A constant with an annotation is the
 * offset of a {@link Register}; one without is the mask of a bit or field, and its name begins with that of its register:
 * {@code CTRL_EXT_NS_DIS} belongs to {@code CTRL_EXT}. Where the name of a field is followed by more, as in
 * {@code AUTOC_LMS_1G_AN}, it is a value that the field can have, in the place of the field.
 */
public final class RegisterTable {
    /**
     * A register or an array of registers.
     *
     * @param name the constant's name
     * @param offset of the first register
     * @param stride bytes between registers of an array
     * @param count registers in the array, 1 for a single one
     * @param access what reading and writing do
     * @param reset value after reset
     * @param writable bits that a write can change
     * @param section of the datasheet
     * @param longName what the letters stand for
     * @param of the constant that this block continues or repeats, otherwise empty
     * @param first index of the first register
     * @param bits and fields, from the lowest one up, as far as the table has them
     */
    public record Entry(
            String name,
            int offset,
            int stride,
            int count,
            Access access,
            int reset,
            int writable,
            String section,
            String longName,
            String of,
            int first,
            List<Bits> bits) {
        /** Name with index, such as {@code RDT[3]}, of the register at an offset within this entry. */
        public String nameAt(int at) {
            String base = of.isEmpty() ? name : of;
            return count == 1 && first == 0 ? base : base + "[" + indexAt(at) + "]";
        }

        /** The offsets of its registers, the first one first. */
        public IntStream offsets() {
            return IntStream.range(0, count).map(i -> offset + i * stride);
        }

        /** Index of the register at an offset within this entry. */
        public int indexAt(int at) {
            return first + (at - offset) / stride;
        }
    }

    /**
     * A bit, or a field of several bits that lie together.
     *
     * @param name without that of the register
     * @param mask where it is
     * @param values names of values, by what the field's bits are then, in place
     */
    public record Bits(String name, int mask, Map<Integer, String> values) {
        private boolean hasValue(String other, int value) {
            return Integer.bitCount(mask) > 1 && other.startsWith(name + "_") && (value & ~mask) == 0;
        }
    }

    private final int size;
    private final List<Entry> entries;
    private final Map<String, Entry> byName = new HashMap<>();
    private final Entry[] words;

    /** Reads the constants of an interface: the registers in the first {@code size} bytes of a BAR, and their bits. */
    public RegisterTable(Class<?> constants, int size) {
        this.size = size;
        List<Field> fields = Arrays.stream(constants.getDeclaredFields())
                .filter(field -> field.getType() == int.class)
                .toList();
        Map<String, Map<String, Integer>> masks = masks(fields);
        List<Entry> list = new ArrayList<>();
        for (Field field : fields) {
            Register register = field.getAnnotation(Register.class);
            Also also = field.getAnnotation(Also.class);
            if (register != null) {
                String owner = register.bits().isEmpty() ? field.getName() : register.bits();
                list.add(entry(field, register, bits(masks.getOrDefault(owner, Map.of()))));
            } else if (also != null) {
                list.add(entry(field, also, byName.get(also.of())));
            } else {
                continue;
            }
            byName.put(field.getName(), list.getLast());
        }
        entries = List.copyOf(list);
        words = words();
    }

    private static boolean isRegister(Field field) {
        return field.isAnnotationPresent(Register.class) || field.isAnnotationPresent(Also.class);
    }

    /** Masks and values by the names of register and bit. */
    private static Map<String, Map<String, Integer>> masks(List<Field> fields) {
        Set<String> registers = fields.stream()
                .filter(RegisterTable::isRegister)
                .map(Field::getName)
                .collect(Collectors.toSet());
        Map<String, Map<String, Integer>> masks = new HashMap<>();
        for (Field field : fields) {
            String owner = field.getName();
            while (!isRegister(field) && !registers.contains(owner)) {
                if (owner.indexOf('_') < 0) {
                    throw new IllegalArgumentException(field.getName() + " has no register");
                }
                owner = owner.substring(0, owner.lastIndexOf('_'));
            }
            if (!owner.equals(field.getName())) {
                String bit = field.getName().substring(owner.length() + 1);
                masks.computeIfAbsent(owner, name -> new TreeMap<>()).put(bit, value(field));
            }
        }
        return masks;
    }

    private static List<Bits> bits(Map<String, Integer> masks) {
        Map<String, Bits> bits = new LinkedHashMap<>();
        masks.forEach((name, mask) -> { // sorted, so that a field comes before its values
            Bits field = bits.values().stream()
                    .filter(other -> other.hasValue(name, mask))
                    .findFirst()
                    .orElse(null);
            if (field == null) {
                bits.put(name, new Bits(name, mask, new HashMap<>()));
            } else {
                field.values.put(mask, name.substring(field.name.length() + 1));
            }
        });
        return bits.values().stream()
                .sorted(Comparator.comparingInt(field -> Integer.numberOfTrailingZeros(field.mask)))
                .toList();
    }

    private static Entry entry(Field field, Register register, List<Bits> bits) {
        return new Entry(
                field.getName(),
                value(field),
                register.stride(),
                register.count(),
                register.access(),
                register.reset(),
                register.writable(),
                register.section(),
                register.name(),
                "",
                0,
                bits);
    }

    private static Entry entry(Field field, Also also, Entry main) {
        return new Entry(
                field.getName(),
                value(field),
                also.stride() == 0 ? main.stride : also.stride(),
                also.count(),
                main.access,
                main.reset,
                also.writable() == 0 ? main.writable : also.writable(),
                also.section().isEmpty() ? main.section : also.section(),
                main.longName,
                also.of(),
                also.first(),
                also.sameBits() ? main.bits : List.of());
    }

    private static int value(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Entry[] words() {
        Entry[] array = new Entry[size / 4];
        for (Entry entry : entries) {
            for (int i = 0; i < entry.count; i++) {
                array[(entry.offset + i * entry.stride) / 4] = entry;
            }
        }
        return array;
    }

    /** Every entry, in the order of the interface. */
    public List<Entry> entries() {
        return entries;
    }

    /** The entry that covers an offset, unless that is reserved. */
    public Optional<Entry> find(int offset) {
        return offset < 0 || offset >= size || offset % 4 != 0
                ? Optional.empty()
                : Optional.ofNullable(words[offset / 4]);
    }

    /** Every entry that is not just another address of registers that another one has. */
    public List<Entry> places() {
        return entries.stream()
                .filter(entry -> canonical(entry.offset) == entry.offset)
                .toList();
    }

    /** The offset at which the datasheet has a register, for an offset that may be an alias of it. */
    public int canonical(int offset) {
        Entry entry = find(offset).orElse(null);
        if (entry == null || entry.of.isEmpty()) {
            return offset;
        }
        Entry main = byName.get(entry.of);
        int index = entry.indexAt(offset) - main.first;
        return index >= 0 && index < main.count ? main.offset + index * main.stride : offset;
    }

    /** A register's name with its index, such as {@code RDT[3]}; {@code 0x12345 (reserved)} if there is none. */
    public String name(int offset) {
        return find(offset)
                .map(entry -> entry.nameAt(offset))
                .orElseGet(() -> String.format(Locale.ROOT, "0x%05X (reserved)", offset));
    }
}
