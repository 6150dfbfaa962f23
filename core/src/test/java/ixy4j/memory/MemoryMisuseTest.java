package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.*;

import ixy4j.Machine;
import ixy4j.linux.IxyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryMisuseTest {
    /** A card that may refuse memory. */
    private record Card(String name, boolean refuses, List<String> log, List<Long> addresses) implements DmaTarget {
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
        assertFalse(Machine.isMapped(addresses.getFirst()), "2 MiB leaked");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, -DmaMemory.PAGE - 1})
    void noBytesAreRefused(long bytes) {
        assertThrows(IllegalArgumentException.class, () -> DmaMemory.allocate(bytes, () -> false));
    }

    @Test
    void aClosedPoolHandsNothingOut() {
        PacketPool pool = PacketPool.create(4, () -> false);
        PacketBatch batch = pool.batch(1);
        int id = pool.allocate();
        pool.close();
        assertThrows(RuntimeException.class, () -> pool.free(id));
        assertThrows(RuntimeException.class, () -> batch.add(60), "setByte would end the JVM");
        assertEquals(0, batch.size());
    }

    @Test
    void aBatchAllocationThatDoesNotFitTakesNothing() {
        try (DmaMemory memory = DmaMemory.allocate(1, () -> false)) {
            PacketPool pool = new PacketPool(8, memory);
            assertThrows(IndexOutOfBoundsException.class, () -> pool.allocate(new int[2], 0, 4));
            assertEquals(8, pool.available());
            assertThrows(RuntimeException.class, () -> pool.allocate(new int[2], 0, -1));
            assertEquals(8, pool.available());
        }
    }
}
