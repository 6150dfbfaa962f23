package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.Mistakes;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
    private final RegisterFile registers = new RegisterFile(new Mistakes("card", Mistakes.Policy.STOP));
    private long now = 1_000_000_007;

    SystemTimeTest() {
        new SystemTime(registers, () -> now).addEffects();
    }

    private long time() {
        long low = registers.read(SYSTIML) & 0xffff_ffffL;
        return low | (long) registers.read(SYSTIMH) << 32;
    }

    @Test
    void itStandsUntilItHasAPeriod() {
        now += 1000;
        assertEquals(0, time());
    }

    @Test
    void itAdvancesByTheIncrementEachPeriod() {
        registers.write(TIMINCA, 1 << 24 | 10);
        now += 32; // five ticks of 6.4 ns
        assertEquals(50, time());
        registers.write(TIMINCA, 2 << 24 | 10);
        now += 64;
        assertEquals(100, time(), "ten ticks, every second one");
        registers.write(TIMINCA, 0);
        now += 640;
        assertEquals(100, time());
    }

    @Test
    void itIsSetByWriting() {
        registers.write(TIMINCA, 1 << 24 | 1);
        registers.write(SYSTIML, -1);
        registers.write(SYSTIMH, 6);
        now += 32;
        assertEquals((7L << 32) + 4, time(), "with the carry");
    }

    @Test
    void howOftenItIsReadDoesNotMatter() {
        long seed = 99;
        Random random = new Random(seed);
        registers.write(TIMINCA, 1 << 24 | 0x66_6666);
        long start = now;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextInt(20);
            time();
        }
        assertEquals((now - start) * 5 / 32 * 0x66_6666L, time(), "seed " + seed);
    }
}
