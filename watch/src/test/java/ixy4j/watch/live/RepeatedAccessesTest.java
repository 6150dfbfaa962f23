package ixy4j.watch.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.ixgbe.Registers;
import org.junit.jupiter.api.Test;

/** What comes again and again is shown some times. */
class RepeatedAccessesTest {
    private final RepeatedAccesses rounds = new RepeatedAccesses();

    private int shown(int times, int... registers) {
        int shown = 0;
        for (int i = 0; i < times; i++) {
            for (int register : registers) {
                shown += rounds.goOnWith(0, true, register) ? 0 : 1;
            }
        }
        return shown;
    }

    @Test
    void ofRoundsTheFirstThreeAreShown() {
        assertEquals(9, shown(1000, Registers.IPSTXSALT, Registers.IPSTXIDX, Registers.CTRL));
        assertFalse(rounds.goOnWith(0, true, Registers.STATUS), "something else");
        assertEquals(3, shown(1, Registers.IPSTXSALT, Registers.IPSTXIDX, Registers.CTRL), "not at once again");
    }

    @Test
    void theRegistersOfAnArrayCountAsOne() {
        for (int i = 0; i < 6; i++) {
            assertFalse(rounds.goOnWith(0, true, Registers.MTA + 4 * i));
        }
        assertTrue(rounds.goOnWith(0, true, Registers.MTA + 4 * 100));
        assertFalse(rounds.goOnWith(0, false, Registers.MTA), "a read");
        assertFalse(rounds.goOnWith(1, false, Registers.MTA), "of another card");
    }

    @Test
    void longRoundsAreNone() {
        int[] registers = new int[140];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = i % 2 == 0 ? Registers.CTRL : 0x20000 + 4 * i; // where no register is
        }
        assertEquals(420, shown(3, registers));
    }
}
