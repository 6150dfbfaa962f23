package ixy4j.model;

import java.util.function.LongSupplier;

/** What the parts of one card share. */
final class Board {
    final RegisterFile registers;
    final Mistakes mistakes;
    final Statistics statistics;
    final Interrupts interrupts;
    final LongSupplier clock; // nanoseconds
    final CardFaults injected;
    final boolean strict;
    final Iommu iommu = new Iommu();
    final Exchange exchange = new Exchange(iommu);
    final Tails tails = new Tails();
    /** Whether PCI configuration space lets the card access memory (Command, bit 2, and power state D0). */
    boolean busMaster = true;

    private int queueChanges;

    Board(Mistakes mistakes, CardFaults injected, boolean strict, LongSupplier clock) {
        this.mistakes = mistakes;
        this.injected = injected;
        this.strict = strict;
        this.clock = clock;
        registers = new RegisterFile(mistakes);
        statistics = new Statistics(registers);
        interrupts = new Interrupts(registers, clock);
    }

    /** A queue was enabled or disabled, or is about to. */
    void queueChanged() {
        queueChanges++;
    }

    /** How often {@link #queueChanged()} was called. */
    int queueChanges() {
        return queueChanges;
    }
}
