package ixy4j.model.i82599;

import ixy4j.ixgbe.Registers;
import ixy4j.model.Iommu;
import ixy4j.model.Mistakes;
import ixy4j.model.Tails;
import ixy4j.model.i82599.registers.RegisterFile;
import ixy4j.vfiouser.TailBlock;
import java.util.List;
import java.util.function.LongSupplier;

/** What the parts of one card share. */
final class Board {
    /** Queues of each kind. */
    static final int QUEUES = 128;

    /** The tails: RDT, which the datasheet has in two blocks (8.2.3.8.5), and TDT (8.2.3.9.9). */
    static final List<TailBlock> TAILS = List.of(
            new TailBlock(0, Registers.RDT, 0x40, QUEUES / 2),
            new TailBlock(0, Registers.RDT_64, 0x40, QUEUES / 2),
            new TailBlock(0, Registers.TDT, 0x40, QUEUES));

    final RegisterFile registers;
    final Mistakes mistakes;
    final Statistics statistics;
    final Interrupts interrupts;
    final LongSupplier clock; // nanoseconds
    final CardFaults injected;
    final boolean strict;
    final Iommu iommu = new Iommu();
    final Exchange exchange = new Exchange(iommu);
    final Tails tails = new Tails(TAILS);
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

    /** The address of a receive queue's tail. */
    long rxTail(int queue) {
        return tails.address(queue);
    }

    /** The address of a transmit queue's tail. */
    long txTail(int queue) {
        return tails.address(QUEUES + queue);
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
