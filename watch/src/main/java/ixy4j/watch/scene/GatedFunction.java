package ixy4j.watch.scene;

import ixy4j.model.ModelFunction;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;

/** A card as a PCI function, with a gate before its registers. */
final class GatedFunction implements PciFunction {
    private final ModelFunction function;
    private final int card;
    private final Gate gate;
    private final DriverMistakes mistakes;

    GatedFunction(ModelFunction function, int card, Gate gate, DriverMistakes mistakes) {
        this.function = function;
        this.card = card;
        this.gate = gate;
        this.mistakes = mistakes;
    }

    @Override
    public String address() {
        return function.address();
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
    public Bar bar(int index) {
        return new GatedBar(function.bar(index), card, gate, mistakes);
    }

    @Override
    public DmaSpace dmaSpace() {
        return function.dmaSpace();
    }

    @Override
    public void close() {
        function.close();
    }
}
