package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.InterruptLines;
import ixy4j.model.InterruptLines.Mode;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.function.LongSupplier;

/**
 * Causes, masks and the sending of interrupts (datasheet 7.3, 8.2.3.5). Causes of queues are numbered by vector, 0 to 63;
 * the first 16 are shown in EICR, the others nowhere: they clear themselves when they are sent. A cause is sent once, when
 * it is set or enabled, by the card's next {@link #round()}; only the pin has a level.
 */
final class Interrupts {
    private static final int OTHER = 0x3fff_0000; // all that OCD lets a read clear, and the second entry of IVAR_MISC
    private static final int ALL = ~EICR_OTHER;
    private static final int IVAR_VALID = IVAR_RX0_VALID; // as in the other bytes
    private static final int IVAR_VECTOR = IVAR_RX0;

    private final RegisterFile registers;
    private final Throttle throttle;
    private InterruptLines lines = InterruptLines.NONE;
    private long vectors; // causes of queues by vector, from 16 on
    private int fresh; // causes in EICR of which no interrupt was sent yet
    private long freshVectors; // likewise of vectors from 16 on
    private boolean pin; // asserted

    Interrupts(RegisterFile registers, LongSupplier clock) {
        this.registers = registers;
        throttle = new Throttle(clock);
        registers.onRead(EICR, (index, value) -> read(value));
        registers.onWrite(EICR, (index, old, next, written) -> write(next, written));
        registers.onRead(EICS, (index, value) -> registers.get(EICR));
        registers.onWrite(EICS, (index, old, next, written) -> setCauses(written & ALL));
        registers.onWrite(EICS_EX, (index, old, next, written) -> setVectors(index - 1, written));
        registers.onWrite(EIMS, (index, old, next, written) -> enable(next, written));
        registers.onWrite(EIMC, (index, old, next, written) -> disable(written & ALL));
        registers.onWrite(EIMS_EX, (index, old, next, written) -> enableVectors(index - 1, next, written));
        registers.onWrite(EIMC_EX, (index, old, next, written) -> disableVectors(index - 1, written));
        registers.onWrite(EIAM, (index, old, next, written) -> mirror(EIAM_EX, next));
        registers.onWrite(EIAM_EX, (index, old, next, written) -> index == 1 ? mirror(EIAM, next) : next);
        for (int register : new int[] {EITR, EITR_24}) {
            registers.onWrite(register, (index, old, next, written) -> throttle.write(index, written));
            registers.onRead(register, throttle::read);
        }
    }

    /** Where interrupts go from now on. */
    void setLines(InterruptLines to) {
        setPin(false);
        lines = to;
    }

    /** After the registers had theirs. */
    void reset() {
        vectors = 0;
        fresh = 0;
        freshVectors = 0;
        throttle.reset();
        setPin(false);
    }

    // ---- causes

    /** Sets causes; 0, which is what EICS keeps. */
    int setCauses(int causes) {
        registers.set(EICR, registers.get(EICR) | causes);
        fresh |= causes;
        return 0;
    }

    /** A receive queue wrote descriptors back, which is a cause if IVAR has a valid entry for it (7.3.1.2). */
    void rxDone(int queue) {
        queueCause(registers.get(IVAR + 4 * (queue >> 1)) >>> ((queue & 1) << 4));
    }

    /** A transmit queue reported descriptors as done, which is a cause if IVAR has a valid entry for it. */
    void txDone(int queue) {
        queueCause(txEntry(queue));
    }

    /** The entry of a transmit queue in IVAR, in the lowest 8 bits. */
    int txEntry(int queue) {
        return registers.get(IVAR + 4 * (queue >> 1)) >>> (((queue & 1) << 4) + 8);
    }

    private void queueCause(int entry) {
        if ((entry & IVAR_VALID) == 0) {
            return;
        }
        int vector = entry & IVAR_VECTOR;
        if (vector < 16 || !isSpread()) {
            setCauses(1 << (vector & 15)); // without MSI-X there are 16 causes for all queues
        } else {
            vectors |= 1L << vector;
            freshVectors |= 1L << vector;
        }
    }

    /** Vectors 0 to 31 or 32 to 63; the first 16 are causes in EICR as well. */
    private int setVectors(int half, int bits) {
        long causes = half == 0 ? bits & ~EICR_RTXQ & 0xffff_ffffL : (long) bits << 32;
        vectors |= causes;
        freshVectors |= causes;
        return half == 0 ? setCauses(bits & EICR_RTXQ) : 0;
    }

    /** Reading clears; with GPIE.OCD only causes that are not of queues. */
    private int read(int causes) {
        registers.set(EICR, registers.has(GPIE, GPIE_OCD) ? causes & ~OTHER : 0);
        return acknowledged(causes, ALL);
    }

    private int write(int next, int written) {
        registers.set(EICR, next);
        acknowledged(next, written);
        return next;
    }

    /** Reading or writing EICR also masks by EIAM, unless that happens when an interrupt is sent (8.2.3.5.6). */
    private int acknowledged(int causes, int written) {
        if (!registers.has(GPIE, GPIE_EIAME)) {
            disable(registers.get(EIAM) & written);
        }
        fresh &= registers.get(EICR);
        dropPin();
        return causes;
    }

    // ---- masks; the first 16 bits of EIMS_EX are those of EIMS, and so for EIMC and EIAM

    private int enable(int next, int enabled) {
        fresh |= registers.get(EICR) & enabled; // what waited is sent now
        return mirror(EIMS_EX, next);
    }

    private int enableVectors(int half, int next, int enabled) {
        if (half == 1) {
            freshVectors |= vectors & (long) enabled << 32;
            return next;
        }
        fresh |= registers.get(EICR) & enabled & EICR_RTXQ;
        freshVectors |= vectors & enabled & 0xffff_0000L;
        return mirror(EIMS, next);
    }

    private int mirror(int register, int value) {
        registers.set(register, (registers.get(register) & ~EICR_RTXQ) | (value & EICR_RTXQ));
        return value;
    }

    private int disable(int bits) {
        registers.set(EIMS, registers.get(EIMS) & ~bits);
        registers.set(EIMS_EX, registers.get(EIMS_EX) & ~(bits & EICR_RTXQ));
        dropPin();
        return 0;
    }

    private int disableVectors(int half, int bits) {
        int register = EIMS_EX + 4 * half;
        registers.set(register, registers.get(register) & ~bits);
        return half == 0 ? disable(bits & EICR_RTXQ) : 0;
    }

    // ---- sending

    /** Sends what is to be sent and may be. */
    void round() {
        Mode mode = lines.mode();
        if (mode == Mode.PIN) {
            raisePin();
        } else {
            setPin(false);
            if ((fresh | freshVectors) == 0) {
                return; // as in most rounds
            }
            if (mode == Mode.MSIX && isSpread()) {
                sendVectors();
            } else if ((fresh & enabled()) != 0 && throttle.isOpen(0)) {
                send(0, fresh & enabled(), 0);
            }
        }
    }

    private boolean isSpread() {
        return registers.has(GPIE, GPIE_MULTIPLE_MSIX);
    }

    private int enabled() {
        return registers.get(EICR) & registers.get(EIMS);
    }

    private boolean isAsserted() {
        return enabled() != 0;
    }

    private void raisePin() {
        if (!pin && isAsserted() && throttle.isOpen(0)) {
            throttle.sent(0);
            setPin(true);
            fresh &= ~enabled();
        }
    }

    private void dropPin() {
        if (pin && !isAsserted()) {
            setPin(false);
        }
    }

    private void setPin(boolean asserted) {
        if (pin != asserted) {
            pin = asserted;
            lines.pin(asserted);
        }
    }

    /** Each vector has its causes: those of its queues, and the others where IVAR_MISC says so (7.3.1.2). */
    private void sendVectors() {
        int causes = fresh & enabled();
        int misc = registers.get(IVAR_MISC);
        int timer = vectorOf(misc, causes & EICR_TCP_TIMER);
        int other = vectorOf(misc >>> 8, causes & OTHER);
        long masks = (registers.get(EIMS_EX) & 0xffff_0000L) | (long) registers.get(EIMS_EX + 4) << 32;
        long queues = freshVectors & vectors & masks;
        long due = queues | (causes & EICR_RTXQ) | bit(timer) | bit(other);
        for (; due != 0; due &= due - 1) {
            int vector = Long.numberOfTrailingZeros(due);
            if (throttle.isOpen(vector)) {
                int low = (vector < 16 ? causes & 1 << vector : 0)
                        | (vector == other ? causes & OTHER : 0)
                        | (vector == timer ? causes & EICR_TCP_TIMER : 0);
                send(vector, low, queues & 1L << vector);
            }
        }
    }

    /** The vector in an entry of IVAR_MISC, -1 if it is not valid or there is no cause. */
    private static int vectorOf(int entry, int causes) {
        return (entry & IVAR_VALID) != 0 && causes != 0 ? entry & IVAR_VECTOR : -1;
    }

    private static long bit(int vector) {
        return vector < 0 ? 0 : 1L << vector;
    }

    /** Sends a message, after which its causes clear by EIAC and are masked by EIAM (8.2.3.5.5, 8.2.3.5.18). */
    private void send(int vector, int causes, long queues) {
        fresh &= ~causes;
        freshVectors &= ~queues;
        vectors &= ~queues;
        throttle.sent(vector);
        if (lines.mode() == Mode.MSIX) {
            registers.set(EICR, registers.get(EICR) & ~(causes & registers.get(EIAC)));
        }
        if (registers.has(GPIE, GPIE_EIAME)) {
            disable(causes & registers.get(EIAM));
            disableVectors(0, (int) queues & registers.get(EIAM_EX));
            disableVectors(1, (int) (queues >>> 32) & registers.get(EIAM_EX + 4));
        }
        lines.message(vector);
    }
}
