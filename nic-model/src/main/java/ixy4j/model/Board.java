package ixy4j.model;

/** What the parts of one card share. */
final class Board {
    final RegisterFile registers;
    final Faults faults;
    final Statistics statistics;
    final Interrupts interrupts;
    final CardFaults injected;
    final boolean strict;
    final Iommu iommu = new Iommu();
    final Tails tails = new Tails();
    /** Whether PCI configuration space lets the card access memory (Command, bit 2, and power state D0). */
    boolean busMaster = true;

    private int queueChanges;

    Board(Faults faults, CardFaults injected, boolean strict) {
        this.faults = faults;
        this.injected = injected;
        this.strict = strict;
        registers = new RegisterFile(faults);
        statistics = new Statistics(registers);
        interrupts = new Interrupts(registers);
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
