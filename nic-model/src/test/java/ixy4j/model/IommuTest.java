package ixy4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IommuTest {
    private static final long AT = 1L << 44;

    private final Iommu iommu = new Iommu();

    @Test
    void regionsBeginAndEnd() {
        iommu.map(AT, 0x5000, 0x1000);
        assertEquals(0x5000, iommu.translate(AT, 1));
        assertEquals(0x5fff, iommu.translate(AT + 0xfff, 1));
        assertEquals(0x5000, iommu.translate(AT, 0x1000));
        assertEquals(0, iommu.translate(AT, 0x1001));
        assertEquals(0, iommu.translate(AT - 1, 1));
        assertEquals(0, iommu.translate(AT + 0x1000, 1));
        assertEquals(0, iommu.translate(-1, 1));
        assertEquals(0, iommu.translate(0, 1));
        assertEquals(0, iommu.translate(Long.MAX_VALUE, 8));
    }

    @Test
    void neighboursAreOneOnlyWhereTheyAreOnBothSides() {
        iommu.map(AT + 0x1000, 0x6000, 0x1000);
        iommu.map(AT, 0x5000, 0x1000);
        iommu.map(AT + 0x2000, 0x9000, 0x1000);
        assertEquals(0x5800, iommu.translate(AT + 0x800, 0x1000));
        assertEquals(0, iommu.translate(AT + 0x1800, 0x1000));
        assertEquals("0x100000000000 to 0x100000002000, 0x100000002000 to 0x100000003000", iommu.toString());
    }

    @Test
    void unmappingTakesWhatIsThere() {
        iommu.map(AT, 0x5000, 0x3000);
        assertEquals(0x6000, iommu.translate(AT + 0x1000, 8));
        iommu.unmap(AT + 0x1000, 0x1000);
        assertEquals(0, iommu.translate(AT + 0x1000, 8));
        assertEquals(0x5ff8, iommu.translate(AT + 0xff8, 8));
        assertEquals(0x7000, iommu.translate(AT + 0x2000, 8));
        iommu.clear();
        assertEquals(0, iommu.translate(AT, 8));
        assertEquals("nothing", iommu.toString());
    }

    @Test
    void nothingIsMappedTwice() {
        iommu.map(AT, 0x5000, 0x2000);
        for (long iova : new long[] {AT - 0x1000, AT, AT + 0x1000}) {
            assertThrows(IllegalArgumentException.class, () -> iommu.map(iova, 0x9000, 0x2000));
        }
    }

    @Test
    void whatMayOnlyBeReadIsNotWritten() {
        iommu.map(AT, 0x5000, 0x1000, false);
        iommu.map(AT + 0x1000, 0x6000, 0x1000, true);
        assertEquals(0x5000, iommu.translateToRead(AT, 8));
        assertEquals(0, iommu.translate(AT, 8));
        assertEquals(0x6000, iommu.translate(AT + 0x1000, 8));
        assertEquals(0x6000, iommu.translateToRead(AT + 0x1000, 8));
        assertEquals(0, iommu.translate(AT, 8)); // also where the cache has its neighbour
        assertEquals(
                "0x100000000000 to 0x100000001000 (to read only), 0x100000001000 to 0x100000002000", iommu.toString());
        iommu.unmap(AT, 0x1000);
        assertEquals(0, iommu.translateToRead(AT, 8));
    }

    @Test
    void whatIsOutOfReachIsNamed() {
        iommu.noteUnreachable(AT, 0x2000);
        assertEquals(0, iommu.translateToRead(AT, 8));
        assertEquals(
                "nothing; and out of reach, since no file came with it and no ring is there, 0x100000000000 to 0x100000002000",
                iommu.toString());
        iommu.unmap(AT, 0x2000);
        assertEquals("nothing", iommu.toString());
    }

    @Test
    void aLongListIsCut() {
        for (int i = 0; i < 20; i++) {
            iommu.map(AT + i * 0x2000L, 0x5000, 0x1000);
        }
        assertEquals(true, iommu.toString().endsWith(" and 4 more regions"), iommu.toString());
    }

    @Test
    void agreesWithAnArray() {
        Random random = new Random(1);
        long[] pages = new long[64];
        for (int i = 0; i < 20_000; i++) {
            int page = random.nextInt(pages.length);
            if (random.nextInt(4) == 0) {
                if (pages[page] == 0) {
                    pages[page] =
                            random.nextInt(3) > 0 ? 0x100000 + page * 4096L : random.nextInt(1 << 20) << 12 | 1 << 12;
                    iommu.map(page * 4096L, pages[page], 4096);
                } else {
                    iommu.unmap(page * 4096L, 4096);
                    pages[page] = 0;
                }
            }
            int at = random.nextInt(4096);
            int size = 1 + random.nextInt(4096 - at);
            assertEquals(pages[page] == 0 ? 0 : pages[page] + at, iommu.translate(page * 4096L + at, size));
        }
    }
}
