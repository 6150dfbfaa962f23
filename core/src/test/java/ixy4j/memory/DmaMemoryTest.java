package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.Spaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmaMemoryTest {
    private static final int PAGE = DmaMemory.PAGE;

    /** A card that writes down what it is told. */
    private static final class Card implements DmaSpace {
        private final String name;
        private final List<String> log;

        Card(String name, List<String> log) {
            this.name = name;
            this.log = log;
        }

        @Override
        public boolean needsPhysicalAddresses() {
            return false;
        }

        @Override
        public void map(DmaMemory memory) {
            assertTrue(Machine.isMapped(memory.address()));
            log.add("map " + name);
        }

        @Override
        public void unmap(DmaMemory memory) {
            assertTrue(Machine.isMapped(memory.address()), "the card is told before the memory goes");
            log.add("unmap " + name);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2097151,1", "2097152,1", "2097153,2", "6291456,3"})
    void bytesAreRoundedUpToPages(long bytes, int pages) {
        try (DmaMemory memory = DmaMemory.allocate(bytes, Spaces.VIRTUAL)) {
            assertEquals((long) pages * PAGE, memory.size());
            assertEquals(pages, memory.pageIovas().length);
        }
    }

    @Test
    void memoryIsZeroedAndAlignedToItsPages() {
        for (int round = 0; round < 3; round++) {
            try (DmaMemory memory = DmaMemory.allocate(3L * PAGE, Spaces.VIRTUAL)) {
                assertEquals(0, memory.address() % PAGE);
                for (long at = memory.address(); at < memory.address() + memory.size(); at += 8) {
                    assertEquals(0, RawMemory.getLong(at));
                }
                RawMemory.segment(memory.address(), memory.size()).fill((byte) 0xff);
            }
        }
    }

    @Test
    void pagesThatAreNeighboursHereAreNotForTheCard() {
        try (DmaMemory memory = DmaMemory.allocate(4L * PAGE, Spaces.VIRTUAL);
                DmaMemory other = DmaMemory.allocate(PAGE, Spaces.VIRTUAL)) {
            Set<Long> pages = new HashSet<>();
            for (long iova : memory.pageIovas()) {
                assertEquals(0, iova % PAGE);
                pages.add(iova);
            }
            pages.add(other.pageIovas()[0]);
            assertEquals(5, pages.size());
            for (long iova : pages) {
                assertFalse(pages.contains(iova + PAGE), "0x" + Long.toHexString(iova));
                assertNotEquals(memory.address(), iova);
            }
        }
    }

    @Test
    void withinAPageTheCardCountsAsWeDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (DmaMemory memory = DmaMemory.allocate(4L * PAGE, Spaces.VIRTUAL)) {
            for (int page = 0; page < 4; page++) {
                for (int offset : new int[] {0, 1, PAGE - 1, random.nextInt(PAGE)}) {
                    assertEquals(
                            memory.pageIovas()[page] + offset,
                            memory.iova(memory.address() + (long) page * PAGE + offset),
                            "seed " + seed);
                }
            }
        }
    }

    @Test
    void eachCardIsToldOnceAndBeforeTheMemoryGoes() {
        List<String> log = new ArrayList<>();
        DmaMemory memory = DmaMemory.allocate(PAGE, new Card("a", log), new Card("b", log));
        assertEquals(List.of("map a", "map b"), log);
        log.clear();
        memory.close();
        assertEquals(Set.of("unmap a", "unmap b"), Set.copyOf(log));
        memory.close();
        assertEquals(2, log.size(), "a second close does nothing");
    }

    @Test
    void closedMemoryIsNotMapped() {
        DmaMemory memory = DmaMemory.allocate(2L * PAGE, Spaces.VIRTUAL);
        assertTrue(Machine.isMapped(memory.address()));
        assertTrue(Machine.isMapped(memory.address() + memory.size() - 1));
        memory.close();
        assertFalse(Machine.isInUse(memory.address()));
        assertFalse(Machine.isInUse(memory.address() + memory.size() - 1));
    }

    @Test
    void memoryForNoCardIsVirtual() {
        try (DmaMemory memory = DmaMemory.allocate(1)) {
            assertEquals(PAGE, memory.size());
        }
    }
}
