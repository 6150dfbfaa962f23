package ixy4j.model.i82599;

import ixy4j.spi.Bar;

/** BAR 0 of an emulated card. */
record ModelBar(Card card) implements Bar {
    @Override
    public int get32(int offset) {
        return card.read(offset);
    }

    @Override
    public void set32(int offset, int value) {
        card.write(offset, value);
    }

    @Override
    public long address(int offset) {
        return card.tailAddress(offset);
    }
}
