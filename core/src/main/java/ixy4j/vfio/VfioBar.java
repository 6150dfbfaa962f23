package ixy4j.vfio;

import ixy4j.spi.Bar;

/**
 * A BAR of a card about which the kernel may have something to say: whoever reads a register hears of it, but for a driver that
 * stops the card, and so clears flags, which is to come to its end.
 */
record VfioBar(Bar bar, Notices notices) implements Bar {
    @Override
    public int get8(int offset) {
        notices.check();
        return bar.get8(offset);
    }

    @Override
    public int get16(int offset) {
        notices.check();
        return bar.get16(offset);
    }

    @Override
    public int get32(int offset) {
        notices.check();
        return bar.get32(offset);
    }

    @Override
    public void set8(int offset, int value) {
        bar.set8(offset, value);
    }

    @Override
    public void set16(int offset, int value) {
        bar.set16(offset, value);
    }

    @Override
    public void set32(int offset, int value) {
        bar.set32(offset, value);
    }

    @Override
    public void clearFlags(int offset, int flags) {
        notices.clearing();
        bar.clearFlags(offset, flags);
    }

    @Override
    public long address(int offset) {
        return bar.address(offset);
    }

    @Override
    public String toString() {
        return bar.toString();
    }
}
