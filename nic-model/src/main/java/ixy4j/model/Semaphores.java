package ixy4j.model;

import static ixy4j.ixgbe.Registers.*;

/**
 * What software uses to keep other software, and firmware, out (datasheet 8.2.3.4.9 to 11, 10.5.4). This card has no
 * firmware that runs: SW_FW_SYNC's bits of firmware stay 0, FWSM and HICR say that there is none, and what is written to the
 * host interface is not answered.
 */
final class Semaphores {
    private static final int SMBI = 1;
    private static final int HICR_ENABLE = 1;

    private final RegisterFile registers;

    Semaphores(RegisterFile registers) {
        this.registers = registers;
    }

    /** What the registers do. */
    void addEffects() {
        registers.onRead(SWSM, (i, value) -> readSwsm(value));
        registers.onWrite(HICR, (i, old, next, written) -> next & ~HICR_ENABLE);
    }

    /** Who reads 0 in the lowest bit has the semaphore. */
    private int readSwsm(int value) {
        registers.set(SWSM, value | SMBI);
        return value;
    }
}
