package ixy4j.watch.scene;

import ixy4j.ixgbe.Registers;
import ixy4j.spi.Bar;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Who;

/** Registers that the driver reaches one access at a time, and whose accesses are noted. */
final class GatedBar implements Bar {
    private static final int PATIENCE = 12; // reads of a register that is waited for

    private final Bar bar;
    private final int card;
    private final Gate gate;
    private final DriverMistakes mistakes;

    GatedBar(Bar bar, int card, Gate gate, DriverMistakes mistakes) {
        this.bar = bar;
        this.card = card;
        this.gate = gate;
        this.mistakes = mistakes;
    }

    @Override
    public int get32(int offset) {
        gate.pass(new Access(card, source(), false, offset, 0));
        int value = bar.get32(offset);
        gate.note(new Change.Read(card, offset, value));
        return value;
    }

    @Override
    public void set32(int offset, int value) {
        gate.pass(new Access(card, source(), true, offset, value));
        mistakes.beforeWrite(card, bar, offset, value, gate);
        bar.set32(offset, value);
        gate.note(new Change.Write(card, offset, value));
    }

    /**
     * Tails are written past the gate, by the calls of queues, which have steps of their own. A receive queue asks for its tail's
     * address before it is filled.
     */
    @Override
    public long address(int offset) {
        if (offset == Registers.RDT) {
            gate.pass(new Step(
                    Who.DRIVER,
                    card,
                    "AdvancedRxQueue.java open",
                    () -> "The driver fills the receive ring: a buffer for each descriptor"));
        }
        return bar.address(offset);
    }

    /** By the number of reads and not by the clock: who plays the scene may take any time for a step. */
    @Override
    public boolean await(int offset, int mask, int wanted, int millis) {
        for (int i = 0; i < PATIENCE; i++) {
            if ((get32(offset) & mask) == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The line of the driver that asks, or that waits. */
    private static String source() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().startsWith("ixy4j.ixgbe.")
                                || frame.getClassName().startsWith("ixy4j.intel."))
                        .filter(frame -> !frame.getMethodName().equals("await"))
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber() + " " + frame.getMethodName())
                        .orElse(null));
    }
}
