package ixy4j.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.spi.DmaMemory;
import ixy4j.vfio.IovaRanges.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class IovaRangesTest {
    private static final long PAGE = DmaMemory.PAGE;

    /** As an Intel IOMMU with 39 bits has them: interrupts are written to 0xfee00000. */
    private final IovaRanges ranges =
            new IovaRanges(List.of(new Range(0, 0xfedf_ffffL), new Range(0xfef0_0000L, (1L << 39) - 1)));

    @Test
    void theFirstIsWhereItIsAskedForIfThereIsRoom() {
        assertEquals(PAGE, ranges.find(PAGE, PAGE));
        assertEquals(1L << 33, ranges.find(1L << 33, 100 * PAGE));
        assertEquals((1L << 39) - 1, ranges.last());
    }

    @Test
    void aReservedRegionIsLeftOut() {
        long behind = (0xfef0_0000L + PAGE - 1) / PAGE * PAGE;
        assertEquals(0xfec0_0000L, ranges.find(0xfec0_0000L, PAGE), "which ends with the range");
        assertEquals(behind, ranges.find(0xfec0_0000L, 2 * PAGE));
        assertEquals(behind, ranges.find(0xfee0_0000L, PAGE));
    }

    @Test
    void whatFitsNowhereIsSaid() {
        assertEquals((1L << 39) - PAGE, ranges.find((1L << 39) - PAGE, PAGE));
        assertEquals(-1, ranges.find((1L << 39) - PAGE, 2 * PAGE));
        assertEquals(-1, ranges.find(1L << 44, PAGE));
        assertEquals(-1, new IovaRanges(List.of()).find(0, PAGE));
        assertEquals(0, new IovaRanges(List.of()).last());
    }

    @Test
    void aRangeOf64BitsDoesNotOverflow() {
        IovaRanges all = new IovaRanges(List.of(new Range(0, Long.MAX_VALUE)));
        assertEquals(1L << 44, all.find(1L << 44, 1L << 40));
        assertEquals(-1, all.find(Long.MAX_VALUE - PAGE + 1, 2 * PAGE));
    }
}
