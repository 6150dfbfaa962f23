package ixy4j.model;

import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.model.wire.Wire;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.vfiouser.TailBlock;
import java.util.List;

/**
 * A port of an emulated network card, whatever its kind, plugged into a {@link Wire}. A driver has its registers and gives
 * it memory; the card does something only in {@link #step()}, which a test calls by hand and {@link CardThread} calls all
 * the time. All methods may be called by any thread: registers and rounds exclude one another, tails alone are written
 * without a lock.
 */
public interface EmulatedCard extends AutoCloseable {
    // ---- what it is

    /** What it is as a PCI device. */
    PciIdentity identity();

    /** What is behind the header of its PCI configuration space: capabilities, the first of the list first. */
    List<ConfigRegister> capabilities();

    /** Its own address. */
    MacAddress mac();

    /** What it is plugged into. */
    Wire wire();

    // ---- the driver's side

    /** The registers, which are BAR 0. */
    Bar bar();

    /** Which of its registers are tails. */
    List<TailBlock> tails();

    /**
     * Moves all tails to new memory that another process can share; {@link TailBlock} has the layout.
     *
     * @return the file of that memory, the caller's to close; closing it leaves the memory
     */
    int shareTails();

    /** Moves all tails back to memory that is this process's alone. */
    void unshareTails();

    /** Does what a reset by its driver does, as if the card did it by itself. */
    void reset();

    // ---- the machine's side

    /** Lets the card reach this memory by its IOVAs. */
    void map(DmaMemory memory);

    /** Takes memory from the card. */
    void unmap(DmaMemory memory);

    /**
     * Lets the card reach {@code size} bytes from an IOVA on, which are at an address of ours.
     *
     * @param writable whether it may write there, too
     * @throws IllegalArgumentException where some of it is mapped already
     */
    void map(long iova, long address, long size, boolean writable);

    /**
     * Lets the card reach {@code size} bytes from an IOVA on through messages to who has them. It does so while a ring
     * lies in such memory, and while none does, using it for a buffer is a mistake.
     *
     * @param address of as many bytes of ours, for what is on its way; {@link RemoteMemory} says when they are touched,
     *     apart from the card's rounds, which end at {@link #unmap(long, long)} as for other memory
     * @param writable whether it may write there, too
     */
    void map(long iova, long address, long size, boolean writable, RemoteMemory owner);

    /**
     * Takes from the card what it can reach of {@code size} bytes from an IOVA on; it is not in the middle of a round
     * when this returns, so the memory may go away.
     */
    void unmap(long iova, long size);

    /** Whether PCI lets the card access memory (Command, bit 2; power state); it does at first. */
    void setBusMaster(boolean on);

    /** Where the card sends its interrupts from now on; {@link InterruptLines#NONE} at first. */
    void setInterrupts(InterruptLines lines);

    // ---- the card's side

    /**
     * One round: moves a bounded number of frames in each direction, and lets pass what takes time.
     *
     * @return whether there was anything to do
     * @throws DriverMistake at a mistake of the driver, where the policy is to stop; and again in each round after it
     */
    boolean step();

    /** From now on a thread plays the card, the same one for all such cards of this process, until it is closed. */
    default void start() {
        CardThread.add(this);
    }

    /** Ends the card after an error of its wire, or a bug, which the driver sees at its next access to a register. */
    void fail(Throwable error);

    // ---- for those who look at it

    /** Why it ended by itself, with what happened as the cause: an error of its wire, or a bug; null while it has not. */
    IxyException failure();

    /** What the driver did wrong. */
    Mistakes mistakes();

    /** What it moved since it was made. */
    CardTotals totals();

    /** Ends the card, which touches no memory of the driver from now on, and its wire. May be called twice. */
    @Override
    void close();
}
