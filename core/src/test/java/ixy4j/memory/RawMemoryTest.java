package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.spi.DmaMemory;
import ixy4j.spi.Spaces;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class RawMemoryTest {
    @Test
    void numbersAreLittleEndianInEveryAccess() {
        try (DmaMemory memory = DmaMemory.allocate(1, Spaces.VIRTUAL)) {
            long at = memory.address();
            RawMemory.setLong(at, 0x8877_6655_4433_2211L);
            assertEquals((byte) 0x11, RawMemory.getByte(at));
            assertEquals((byte) 0x88, RawMemory.getByte(at + 7));
            assertEquals((short) 0x2211, RawMemory.getShort(at));
            assertEquals(0x5544_3322, RawMemory.getInt(at + 1), "unaligned");
            assertEquals(0x4433_2211, RawMemory.getIntAcquire(at));
            assertEquals(0x8877_6655_4433_2211L, RawMemory.getLongAcquire(at));
            RawMemory.setShort(at, (short) 0xbbaa);
            RawMemory.setIntRelease(at + 4, 0x0102_0304);
            assertEquals(0x0102_0304_4433_bbaaL, RawMemory.getLong(at));
            RawMemory.setInt(at, 5);
            RawMemory.setByte(at + 1, (byte) 6);
            assertEquals(0x0605, RawMemory.getInt(at));
            RawMemory.setLongRelease(at + 8, -3);
            assertEquals(-3, RawMemory.getLong(at + 8));
        }
    }

    @Test
    void fillsBytesAndNoneBeside() {
        try (DmaMemory memory = DmaMemory.allocate(1, Spaces.VIRTUAL)) {
            RawMemory.setLong(memory.address(), -1);
            RawMemory.fill(memory.address() + 2, 5, (byte) 0x7a);
            assertEquals(0xff7a_7a7a_7a7a_ffffL, RawMemory.getLong(memory.address()));
        }
    }

    @Test
    void aSegmentIsTheSameMemoryWithBounds() {
        try (DmaMemory memory = DmaMemory.allocate(1, Spaces.VIRTUAL)) {
            MemorySegment segment = RawMemory.segment(memory.address() + 16, 4);
            segment.set(ValueLayout.JAVA_BYTE, 3, (byte) 9);
            assertEquals(9, RawMemory.getByte(memory.address() + 19));
            assertThrows(IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 4));
        }
    }
}
