package ixy4j.model;

import ixy4j.IxyException;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;

/**
 * An emulated card as a PCI function. One of an address makes its card when it is claimed and closes it; one of a test
 * has the card that the test gives it.
 */
public final class ModelFunction implements PciFunction, DmaSpace {
    private static final int ID = 0x10fb_8086; // 82599 with SFP+
    private static final int ETHERNET = 0x02_00_00;

    private final String address;
    private final ModelAddress parsed; // null for a card of a test
    private Card card; // null before it is made
    private boolean closed;

    /** A function that leads to a card, and closes it. */
    public ModelFunction(String address, Card card) {
        this.address = address;
        this.parsed = null;
        this.card = card;
    }

    ModelFunction(ModelAddress parsed) {
        this.address = parsed.text();
        this.parsed = parsed;
    }

    /** The card behind it, null before it is claimed. */
    public Card card() {
        return card;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int config(int offset) {
        return switch (offset) {
            case 0x00 -> ID;
            case 0x08 -> ETHERNET << 8;
            default -> 0;
        };
    }

    @Override
    public void claim(boolean force) {
        if (closed) {
            throw new IllegalStateException(this + " is used");
        }
        if (card == null) {
            card = OpenPorts.open(parsed);
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
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (parsed == null) {
            card.close();
        } else if (card != null) {
            OpenPorts.close(parsed.port(), card);
        }
    }

    @Override
    public String toString() {
        return address + (closed ? ", closed" : "");
    }
}
