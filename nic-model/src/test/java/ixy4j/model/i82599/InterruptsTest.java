package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.InterruptLines;
import ixy4j.model.InterruptLines.Mode;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes, masks, throttling and the three ways to send, with lines and a clock of the test. */
class InterruptsTest {
    private static final int MSIX = 1 << 4; // in GPIE
    private static final int OCD = 1 << 5;
    private static final int EIAME = 1 << 30;
    private static final int LSC = 1 << 20;
    private static final int TIMER = 1 << 30;

    private final RegisterFile registers = new RegisterFile(new Mistakes("card", Mistakes.Policy.STOP));
    private long now = -5; // nanoseconds, of a clock that starts anywhere
    private final Interrupts interrupts = new Interrupts(registers, () -> now);
    private final Lines lines = new Lines();

    /** Keeps what was sent. */
    private static final class Lines implements InterruptLines {
        Mode mode = Mode.MSIX;
        final List<Object> sent = new ArrayList<>();

        @Override
        public void message(int vector) {
            sent.add(vector);
        }

        @Override
        public void pin(boolean asserted) {
            sent.add(asserted);
        }

        @Override
        public Mode mode() {
            return mode;
        }
    }

    InterruptsTest() {
        interrupts.setLines(lines);
    }

    private List<Object> round() {
        interrupts.round();
        List<Object> sent = List.copyOf(lines.sent);
        lines.sent.clear();
        return sent;
    }

    private void mode(Mode mode, int gpie) {
        lines.mode = mode;
        registers.write(GPIE, gpie);
    }

    /** As Linux does with MSI-X: queue n, both directions, to vector n; the other causes to vector 4. */
    private void linux() {
        mode(Mode.MSIX, MSIX | OCD | EIAME | 1 << 31);
        for (int queue = 0; queue < 4; queue++) {
            route(queue, queue);
        }
        registers.write(IVAR_MISC, 0x84 << 8);
        registers.write(EIAC, 0xffff);
        registers.write(EIAM_EX, -1);
        registers.write(EIAM_EX + 4, -1);
        registers.write(EIMS_EX, 0xf);
        registers.write(EIMS, LSC);
    }

    private void route(int queue, int vector) {
        int shift = (queue & 1) << 4;
        int register = IVAR + 4 * (queue >> 1);
        int others = registers.get(register) & ~(0xffff << shift);
        registers.write(register, others | (((0x80 | vector) * 0x101) << shift));
    }

    @Test
    void aQueueSendsTheMessageOfItsVectorAndMasksIt() {
        linux();
        interrupts.rxDone(2);
        assertEquals(1 << 2, registers.read(EICS), "the cause is shown until it is sent");
        assertEquals(List.of(2), round());
        assertEquals(0, registers.read(EICS), "cleared by EIAC");
        assertEquals(0xb, registers.read(EIMS_EX), "masked by EIAM");
        assertEquals(0xb | LSC, registers.read(EIMS));
        interrupts.txDone(2);
        assertEquals(List.of(), round(), "masked");
        registers.write(EIMS_EX, 1 << 2);
        assertEquals(List.of(2), round(), "what came meanwhile is sent when it is enabled");
        registers.write(EIMS_EX, 1 << 2);
        assertEquals(List.of(), round(), "and only that");
    }

    @Test
    void otherCausesGoToTheirVectorAndStay() {
        linux();
        interrupts.setCauses(LSC);
        assertEquals(List.of(4), round());
        assertEquals(LSC, registers.read(EICS), "not in EIAC");
        assertEquals(List.of(), round(), "sent once");
        registers.write(EICR, LSC);
        assertEquals(0, registers.read(EICS));
        interrupts.setCauses(LSC);
        assertEquals(List.of(4), round());
    }

    @Test
    void aCauseWithoutVectorIsNotSent() {
        linux();
        registers.write(IVAR_MISC, 0);
        interrupts.setCauses(LSC);
        interrupts.rxDone(5);
        assertEquals(List.of(), round());
        assertEquals(LSC, registers.read(EICS), "queue 5 has no valid entry");
    }

    @Test
    void theTimerHasAnEntryOfItsOwn() {
        linux();
        registers.write(IVAR_MISC, 0x8483);
        registers.write(EIMS, TIMER);
        registers.write(EICS, TIMER | LSC);
        assertEquals(List.of(3, 4), round());
    }

    @ParameterizedTest
    @CsvSource({"0", "15", "16", "17", "31", "32", "63"})
    void allVectorsOfQueuesCanBeUsed(int vector) {
        linux();
        registers.write(IVAR_MISC, 0);
        route(77, vector);
        interrupts.rxDone(77);
        registers.write(EIMC_EX, -1);
        registers.write(EIMC_EX + 4, -1);
        assertEquals(List.of(), round());
        int enable = EIMS_EX + 4 * (vector >> 5);
        registers.write(enable, 1 << vector);
        assertEquals(List.of(vector), round());
        assertEquals(0, registers.read(enable), "masked by EIAM_EX");
        registers.write(enable, 1 << vector);
        assertEquals(List.of(), round());
        registers.write(EICS_EX + 4 * (vector >> 5), 1 << vector);
        assertEquals(List.of(vector), round(), "by software");
    }

    @Test
    void theFirstMasksAreTheSameInBothRegisters() {
        registers.write(EIMS, 0x5_0003);
        assertEquals(3, registers.read(EIMS_EX));
        registers.write(EIMS_EX, 0x3_0004);
        assertEquals(0x5_0007, registers.read(EIMS));
        assertEquals(0x3_0007, registers.read(EIMS_EX));
        registers.write(EIMC_EX, 0x1_0001);
        assertEquals(0x5_0006, registers.read(EIMS));
        assertEquals(0x2_0006, registers.read(EIMS_EX));
        registers.write(EIMC, 0x4_0002);
        assertEquals(0x1_0004, registers.read(EIMS));
        assertEquals(0x2_0004, registers.read(EIMS_EX));
        registers.write(EIAM_EX, -1);
        assertEquals(0xffff, registers.read(EIAM));
    }

    // ---- one message, or the pin

    @Test
    void msiHasOneMessageForAll() {
        mode(Mode.MSI, 0);
        registers.write(EIMS, 0xffff | LSC);
        route(1, 1);
        interrupts.rxDone(1);
        interrupts.setCauses(LSC);
        assertEquals(List.of(0), round());
        assertEquals(List.of(), round());
        assertEquals(LSC | 1 << 1, registers.read(EICR));
        assertEquals(0, registers.read(EICR), "cleared by reading");
    }

    @Test
    void readingMasksByEiamWithoutEiame() {
        mode(Mode.MSI, 0);
        registers.write(EIAM, 0xffff);
        registers.write(EIMS, 0xffff | LSC);
        interrupts.setCauses(1);
        assertEquals(List.of(0), round());
        assertEquals(1, registers.read(EICR));
        assertEquals(LSC, registers.read(EIMS));
    }

    @Test
    void thePinFollowsCausesAndMasks() {
        mode(Mode.PIN, 0);
        interrupts.setCauses(LSC);
        assertEquals(List.of(), round(), "masked");
        registers.write(EIMS, LSC);
        assertEquals(List.of(true), round());
        assertEquals(List.of(), round(), "stays");
        registers.write(EIMC, LSC);
        assertEquals(List.of(false), round());
        registers.write(EIMS, LSC);
        assertEquals(List.of(true), round());
        registers.read(EICR);
        assertEquals(List.of(false), lines.sent, "at once, so that the handler does not see it again");
        lines.sent.clear();
        assertEquals(List.of(), round());
    }

    @Test
    void queuesShareTheSixteenCausesWithoutMsix() {
        mode(Mode.MSI, 0);
        route(9, 19);
        interrupts.rxDone(9);
        assertEquals(1 << 3, registers.read(EICR));
    }

    @Test
    void aResetForgetsAndReleasesThePin() {
        mode(Mode.PIN, 0);
        registers.write(EIMS, LSC);
        interrupts.setCauses(LSC);
        assertEquals(List.of(true), round());
        registers.reset();
        interrupts.reset();
        assertEquals(List.of(false), round());
        registers.write(EIMS, -1);
        assertEquals(List.of(), round());
    }

    /** What Linux's ethtool -t does (ixgbe_intr_test), with one message and with the pin. */
    @ParameterizedTest
    @CsvSource({"MSI", "PIN"})
    void theInterruptTestOfLinuxPasses(Mode mode) {
        mode(mode, 0);
        Object interrupt = mode == Mode.MSI ? (Object) 0 : (Object) true;
        registers.write(EIMC, -1);
        for (int i = 0; i < 10; i++) {
            int bit = 1 << i;
            registers.write(EIMC, ~bit & 0x7fff);
            registers.write(EICS, ~bit & 0x7fff);
            assertEquals(List.of(), round(), "masked, bit " + i);
            registers.write(EIMS, bit);
            registers.write(EICS, bit);
            assertEquals(List.of(interrupt), round(), "bit " + i);
            assertEquals(bit, registers.read(EICR) & bit);
            lines.sent.clear();
            registers.write(EIMC, ~bit & 0x7fff);
            registers.write(EICS, ~bit & 0x7fff);
            assertEquals(List.of(), round(), "masked again, bit " + i);
        }
    }

    // ---- throttling

    @Test
    void oneIntervalPassesBetweenInterrupts() {
        linux();
        registers.write(EIAM_EX, 0);
        registers.write(EITR + 4, 50 << 3); // 100 µs
        interrupts.rxDone(1);
        assertEquals(List.of(1), round());
        interrupts.rxDone(1);
        interrupts.rxDone(2);
        assertEquals(List.of(2), round(), "each vector by itself");
        now += 99_999;
        assertEquals(List.of(), round());
        now++;
        assertEquals(List.of(1), round());
        now += 1_000_000;
        interrupts.rxDone(1);
        assertEquals(List.of(1), round(), "at once after a pause");
    }

    @Test
    void writingTheCounterStartsItUnlessItIsKept() {
        linux();
        registers.write(EITR + 4, 50 << 3);
        interrupts.rxDone(1);
        round();
        now += 20_000;
        assertEquals(40 >>> 2, registers.read(EITR + 4) >>> 21, "80 µs left, in units of 2 µs, without 2 bits");
        registers.write(EIMS_EX, 2);
        interrupts.rxDone(1);
        registers.write(EITR + 4, 10 << 3 | 1 << 31);
        assertEquals(List.of(), round(), "the counter runs on");
        registers.write(EITR + 4, 10 << 3);
        assertEquals(List.of(1), round(), "the counter was set to 0");
        assertEquals(10 << 3, registers.read(EITR + 4) & 0x8000_0ff8);
    }

    @Test
    void aThrottledPinIsReleasedAtOnceButRisesLater() {
        mode(Mode.PIN, 0);
        registers.write(EITR, 5 << 3); // 10 µs
        registers.write(EIMS, LSC);
        interrupts.setCauses(LSC);
        assertEquals(List.of(true), round());
        registers.read(EICR);
        assertEquals(List.of(false), round());
        interrupts.setCauses(LSC);
        assertEquals(List.of(), round());
        now += 10_000;
        assertEquals(List.of(true), round());
    }

    /** No cause is ever lost: after each there is a message, once it is enabled and the time has come. */
    @Test
    void nothingIsLost() {
        long seed = 20_26;
        Random random = new Random(seed);
        linux();
        registers.write(EITR + 8, 3 << 3);
        boolean waiting = false;
        for (int i = 0; i < 5000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    interrupts.rxDone(2);
                    waiting = true;
                }
                case 1 -> registers.write(EIMC_EX, 4);
                case 2 -> now += random.nextInt(8000);
                default -> registers.write(EIMS_EX, 4);
            }
            waiting &= !round().contains(2);
        }
        registers.write(EIMS_EX, 4);
        now += 10_000;
        assertEquals(waiting ? List.of(2) : List.of(), round(), "seed " + seed);
    }
}
