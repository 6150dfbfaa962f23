package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.IxyException;
import ixy4j.memory.ScatteredMemory;
import ixy4j.spi.DmaMemory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTableTest {
    private static final long PAGE = DmaMemory.PAGE;

    @Test
    void neighboursAreOneRange() {
        DmaMemory memory = ScatteredMemory.of(0x7000_0000_0000L, 5, PAGE, 2 * PAGE, 3 * PAGE);
        MemoryTable table = MemoryTable.of(List.of(memory), "/v");
        assertArrayEquals(new long[] {1, PAGE, 3 * PAGE, 0x7000_0000_0000L, 0}, table.payload);
        assertArrayEquals(new int[] {5}, table.files);
    }

    @Test
    void eachRangeSaysWhereInTheFileItIs() {
        DmaMemory first = ScatteredMemory.of(0x1000_0000, 5, 9 * PAGE, 10 * PAGE, 4 * PAGE, 3 * PAGE);
        DmaMemory second = ScatteredMemory.of(0x2000_0000, 6, 2 * PAGE);
        MemoryTable table = MemoryTable.of(List.of(first, second), "/v");
        assertArrayEquals(
                new long[] {
                    4,
                    9 * PAGE,
                    2 * PAGE,
                    0x1000_0000,
                    0,
                    4 * PAGE,
                    PAGE,
                    0x1000_0000 + 2 * PAGE,
                    2 * PAGE,
                    3 * PAGE,
                    PAGE,
                    0x1000_0000 + 3 * PAGE,
                    3 * PAGE,
                    2 * PAGE,
                    PAGE,
                    0x2000_0000,
                    0
                },
                table.payload);
        assertArrayEquals(new int[] {5, 5, 5, 6}, table.files);
    }

    @Test
    void moreRangesThanAMessageHoldsAreRefused() {
        DmaMemory memory = ScatteredMemory.of(0, 5, PAGE, 3 * PAGE, 5 * PAGE);
        assertEquals(6, MemoryTable.of(Collections.nCopies(2, memory), "/v").files.length);
        Exception e = assertThrows(IxyException.class, () -> MemoryTable.of(Collections.nCopies(3, memory), "/v"));
        assertEquals(
                "the back end at /v takes 8 ranges of memory, but there are 9: use fewer or smaller pools; if a card"
                        + " that needs physical addresses shares them, reserve huge pages right after boot, so that they"
                        + " are neighbours",
                e.getMessage());
    }
}
