package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.*;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.Spaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryMisuseTest {
    /** A card that may refuse memory. */
    private record Card(String name, boolean refuses, List<String> log, List<Long> addresses) implements DmaSpace {
        @Override
        public boolean needsPhysicalAddresses() {
            return false;
        }

        @Override
        public void map(DmaMemory memory) {
            addresses.add(memory.address());
            if (refuses) {
                throw new IxyException("no room in the IOMMU");
            }
            log.add("map " + name);
        }

        @Override
        public void unmap(DmaMemory memory) {
            log.add("unmap " + name);
        }
    }

    @Test
    void aCardThatRefusesMemoryLeavesNothingMapped() {
        List<String> log = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        Card first = new Card("a", false, log, addresses);
        Card second = new Card("b", true, log, addresses);
        Exception e = assertThrows(IxyException.class, () -> DmaMemory.allocate(DmaMemory.PAGE, first, second));
        assertEquals("no room in the IOMMU", e.getMessage());
        assertEquals("map a", log.getFirst());
        assertTrue(log.contains("unmap a"), "the first card must forget it: " + log);
        assertFalse(Machine.isInUse(addresses.getFirst()), "2 MiB leaked");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, -DmaMemory.PAGE - 1})
    void noBytesAreRefused(long bytes) {
        assertThrows(IllegalArgumentException.class, () -> DmaMemory.allocate(bytes, Spaces.VIRTUAL));
    }
}
