package ixy4j.model;

import static ixy4j.ixgbe.Registers.*;

/**
 * The registers of causes and masks (datasheet 8.2.3.5). No interrupt is ever sent, and queues set no causes yet; other
 * causes are shown.
 */
final class Interrupts {
    /** Link status change. */
    static final int EICR_LSC = 1 << 20;

    private static final int IVAR_VALID = 1 << 7;
    private static final int GPIE_OCD = 1 << 5;
    private static final int EICR_OTHER = 0x3fff_0000; // all that OCD lets a read clear

    private final RegisterFile registers;
    InterruptLines lines = InterruptLines.NONE;

    Interrupts(RegisterFile registers) {
        this.registers = registers;
        registers.onRead(EICR, (index, value) -> read(value));
        registers.onRead(EICS, (index, value) -> registers.get(EICR));
        registers.onWrite(EICS, (index, old, next, written) -> setCauses(written & 0x7fff_ffff));
        registers.onWrite(EIMC, (index, old, next, written) -> clearMask(EIMS, written & 0x7fff_ffff));
        registers.onWrite(EIMC_EX, (index, old, next, written) -> clearMask(EIMS_EX + 4 * (index - 1), written));
    }

    /** Where interrupts go from now on. */
    void setLines(InterruptLines to) {
        lines = to;
    }

    /** Sets causes; 0, which is what EICS keeps. */
    int setCauses(int causes) {
        registers.set(EICR, registers.get(EICR) | causes);
        return 0;
    }

    /** A receive queue wrote descriptors back, which is a cause if IVAR has a valid entry for it (7.3.1.2). */
    void rxDone(int queue) {
        queueCause(registers.get(IVAR + 4 * (queue >> 1)) >>> ((queue & 1) << 4));
    }

    /** A transmit queue reported descriptors as done, which is a cause if IVAR has a valid entry for it. */
    void txDone(int queue) {
        queueCause(registers.get(IVAR + 4 * (queue >> 1)) >>> (((queue & 1) << 4) + 8));
    }

    private void queueCause(int entry) {
        if ((entry & IVAR_VALID) != 0) {
            setCauses(1 << (entry & 0xf));
        }
    }

    private int clearMask(int register, int bits) {
        registers.set(register, registers.get(register) & ~bits);
        return 0;
    }

    /** Reading clears; with GPIE.OCD only causes that are not of queues. */
    private int read(int causes) {
        registers.set(EICR, registers.has(GPIE, GPIE_OCD) ? causes & ~EICR_OTHER : 0);
        return causes;
    }
}
