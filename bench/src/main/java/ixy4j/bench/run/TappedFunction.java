package ixy4j.bench.run;

import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;

/** A PCI function that remembers the registers that its driver was given, for {@link ixy4j.bench.ring.Rings}. */
final class TappedFunction implements PciFunction {
    private final PciFunction function;
    private Bar bar;

    TappedFunction(PciFunction function) {
        this.function = function;
    }

    /** BAR 0, null before the driver has asked for it. */
    Bar tapped() {
        return bar;
    }

    @Override
    public Bar bar(int index) {
        Bar mapped = function.bar(index);
        bar = index == 0 ? mapped : bar;
        return mapped;
    }

    @Override
    public String address() {
        return function.address();
    }

    @Override
    public Address.Options options() {
        return function.options();
    }

    @Override
    public int config(int offset) {
        return function.config(offset);
    }

    @Override
    public void claim(boolean force) {
        function.claim(force);
    }

    @Override
    public int[] interrupts(int count) {
        return function.interrupts(count);
    }

    @Override
    public DmaSpace dmaSpace() {
        return function.dmaSpace();
    }

    @Override
    public void close() {
        function.close();
    }

    @Override
    public String toString() {
        return function.toString();
    }
}
