package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.Spaces;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HugePagesTest {
    private static final int PAGE = DmaMemory.PAGE;
    private static final DmaSpace PHYSICAL = DmaSpace.PHYSICAL;
    private static final Pattern SHORTAGE = Pattern.compile(
            "this needs (\\d+) more huge pages of 2 MiB, but (\\d+) are free: .* echo (\\d+) > (/\\S+)");

    /** The physical address behind one of ours, read another way than the code under test does. */
    private static long physical(long address) throws IOException {
        try (RandomAccessFile pagemap = new RandomAccessFile("/proc/self/pagemap", "r")) {
            pagemap.seek(address / 4096 * 8);
            long entry = Long.reverseBytes(pagemap.readLong());
            assertTrue(entry < 0, "present");
            return (entry & (1L << 55) - 1) * 4096 + address % 4096;
        }
    }

    @Test
    void physicalAddressesAreThoseOfThePagemapEverywhereInAPage() throws IOException {
        Machine.needsHugePages(3);
        try (DmaMemory memory = DmaMemory.allocate(3L * PAGE, PHYSICAL)) {
            assertEquals(0, memory.address() % PAGE);
            Set<Long> pages = new HashSet<>();
            for (int page = 0; page < 3; page++) {
                long ours = memory.address() + (long) page * PAGE;
                long iova = memory.pageIovas()[page];
                assertNotEquals(0, iova);
                assertEquals(0, iova % PAGE);
                assertTrue(pages.add(iova));
                for (int offset : new int[] {0, 4096, 12_345, PAGE - 1}) {
                    assertEquals(physical(ours + offset), memory.iova(ours + offset), "offset " + offset);
                }
            }
        }
    }

    @Test
    void onePhysicalCardIsEnoughToNeedPhysicalAddresses() throws IOException {
        Machine.needsHugePages(1);
        try (DmaMemory memory = DmaMemory.allocate(PAGE, Spaces.VIRTUAL, PHYSICAL, Spaces.VIRTUAL)) {
            assertEquals(physical(memory.address()), memory.iova(memory.address()));
        }
    }

    @Test
    void hugePagesAreZeroedAgainAndReturned() throws IOException {
        Machine.needsHugePages(1);
        for (int round = 0; round < 4; round++) {
            DmaMemory memory = DmaMemory.allocate(PAGE, PHYSICAL);
            assertEquals(-1, RawMemory.segment(memory.address(), PAGE).mismatch(MemorySegment.ofArray(new byte[PAGE])));
            RawMemory.segment(memory.address(), PAGE).fill((byte) 0xff);
            assertEquals("2048 kB", smaps(memory.address(), "KernelPageSize"));
            memory.close();
            assertFalse(Machine.isInUse(memory.address()));
        }
    }

    @Test
    void aShortageSaysHowManyAreMissingAndWhatReservesThem() {
        Machine.needsHugePages(0);
        long reserved = Machine.hugePages("nr_hugepages");
        long asked = reserved + Machine.hugePages("nr_overcommit_hugepages") + 1;
        Exception e = assertThrows(IxyException.class, () -> DmaMemory.allocate(asked * PAGE, PHYSICAL));
        Matcher message = SHORTAGE.matcher(e.getMessage());
        assertTrue(message.matches(), e.getMessage());
        assertEquals(asked, Long.parseLong(message.group(1)));
        long free = Long.parseLong(message.group(2));
        assertTrue(free <= reserved, e.getMessage());
        assertEquals(reserved - free + asked, Long.parseLong(message.group(3)), "those taken, and these");
        assertTrue(Files.exists(Path.of(message.group(4))) || reserved == 0, message.group(4));
    }

    /** A number of the kernel's about the mapping that begins at an address. */
    private static String smaps(long address, String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        String start = Long.toHexString(address) + "-";
        return lines.stream()
                .dropWhile(line -> !line.startsWith(start))
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1)
                .strip();
    }
}
