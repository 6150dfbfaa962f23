package ixy4j.model;

import ixy4j.IxyException;
import ixy4j.linux.EventFds;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An emulated card as a PCI function. One of an address makes its card when it is claimed and closes it; one of a test
 * has the card that the test gives it.
 */
public final class ModelFunction implements PciFunction, DmaSpace {
    private final String address;
    private final PciIdentity identity;
    private final Supplier<EmulatedCard> opening;
    private final Consumer<EmulatedCard> closing;
    private EmulatedCard card; // null before it is made
    private EventFds eventFds; // null as long as nobody waits
    private boolean closed;

    /** A function that leads to a card, and closes it. */
    public ModelFunction(String address, EmulatedCard card) {
        this(address, card.identity(), () -> card, EmulatedCard::close);
        this.card = card;
    }

    /**
     * A function that makes its card when it is claimed.
     *
     * @param identity of the card
     * @param opening makes it
     * @param closing ends it; not called where it was not made
     */
    public ModelFunction(
            String address, PciIdentity identity, Supplier<EmulatedCard> opening, Consumer<EmulatedCard> closing) {
        this.address = address;
        this.identity = identity;
        this.opening = opening;
        this.closing = closing;
    }

    /** The card behind it, null before it is claimed. */
    public EmulatedCard card() {
        return card;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int config(int offset) {
        return switch (offset) {
            case 0x00 -> identity.id();
            case 0x08 -> identity.classAndRevision();
            default -> 0;
        };
    }

    @Override
    public void claim(boolean force) {
        if (closed) {
            throw new IllegalStateException(this + " is used");
        }
        if (card == null) {
            card = opening.get();
        }
    }

    @Override
    public Bar bar(int index) {
        if (index != 0) {
            throw new IxyException(address + ": BAR " + index
                    + " cannot be mapped: BAR 0 has the registers, and this model" + " has no other");
        }
        if (closed || card == null) {
            throw new IllegalStateException(this + " is used" + (closed ? "" : " before it is claimed"));
        }
        return card.bar();
    }

    @Override
    public void map(DmaMemory memory) {
        if (closed || card == null) {
            throw new IllegalStateException(this + " is given memory" + (closed ? "" : " before it is claimed"));
        }
        card.map(memory);
    }

    @Override
    public void unmap(DmaMemory memory) {
        if (!closed && card != null) {
            card.unmap(memory);
        }
    }

    @Override
    public int[] interrupts(int count) {
        if (closed || card == null) {
            throw new IllegalStateException(this + " is used" + (closed ? "" : " before it is claimed"));
        }
        if (eventFds != null) {
            eventFds.close(this); // of a try that failed
        }
        eventFds = EventFds.of(count);
        card.setInterrupts(new EventFdLines(eventFds.descriptors()));
        return eventFds.descriptors();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (eventFds != null) {
            card.setInterrupts(InterruptLines.NONE); // before the numbers are free for other files
            eventFds.close(this);
        }
        if (card != null) {
            closing.accept(card);
        }
    }

    @Override
    public String toString() {
        return address + (closed ? ", closed" : "");
    }
}
