package ixy4j.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.spi.Bar;
import org.junit.jupiter.api.Test;

class BarTest {
    /** One register, whose bit 31 comes up after some reads. */
    private static final class OneRegister implements Bar {
        private int value = 0x00f0;
        private int reads;
        private int writes;
        private int readsUntilDone = Integer.MAX_VALUE;

        @Override
        public int get32(int offset) {
            return ++reads >= readsUntilDone ? value | 1 << 31 : value;
        }

        @Override
        public void set32(int offset, int newValue) {
            writes++;
            value = newValue;
        }

        @Override
        public long address(int offset) {
            throw new AssertionError("not a register of the hot path");
        }
    }

    @Test
    void flagsAreSetAndClearedWithOneReadAndOneWrite() {
        OneRegister bar = new OneRegister();
        bar.setFlags(0, 0x0f10);
        assertEquals(0x0ff0, bar.value);
        bar.clearFlags(0, 0x0f00);
        assertEquals(0x00f0, bar.value);
        assertEquals(2, bar.reads);
        assertEquals(2, bar.writes);
    }

    @Test
    void whatIsAlreadySoIsNotWaitedFor() {
        OneRegister bar = new OneRegister();
        assertTrue(bar.await(0, 0xf0, 0xf0, 0));
        assertTrue(bar.await(0, 0x0f, 0, 0));
        assertEquals(2, bar.reads);
    }

    @Test
    void aBitThatComesIsSeen() {
        OneRegister bar = new OneRegister();
        bar.readsUntilDone = 4;
        assertTrue(bar.await(0, 1 << 31, 1 << 31, 10_000));
        assertEquals(4, bar.reads);
        assertEquals(0, bar.writes);
    }

    @Test
    void aBitThatNeverComesEndsTheWait() {
        assertFalse(new OneRegister().await(0, 1 << 31, 1 << 31, 2));
    }
}
