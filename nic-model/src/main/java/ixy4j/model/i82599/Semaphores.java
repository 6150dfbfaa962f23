package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.registers.RegisterFile;

/**
 * What software uses to keep other software, and firmware, out (datasheet 8.2.3.4.9 to 11, 10.5.4). This card has no
 * firmware to talk to: SW_FW_SYNC's bits of firmware stay 0, FWSM says that what is there is well and does nothing, HICR that
 * it has no host interface.
 */
final class Semaphores {

    private final RegisterFile registers;

    Semaphores(RegisterFile registers) {
        this.registers = registers;
    }

    /** What the registers do. */
    void addEffects() {
        registers.onRead(SWSM, (i, value) -> readSwsm(value));
        registers.onWrite(HICR, (i, old, next, written) -> next & ~HICR_EN);
    }

    /** After the registers had their reset. */
    void reset() {
        registers.set(FWSM, FWSM_FW_VAL_BIT); // Linux warns without it
    }

    /** Who reads 0 in the lowest bit has the semaphore. */
    private int readSwsm(int value) {
        registers.set(SWSM, value | SWSM_SMBI);
        return value;
    }
}
