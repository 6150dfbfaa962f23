package ixy4j.bench.ring;

import ixy4j.ixgbe.Registers;
import ixy4j.spi.Bar;

/** Asks the card's head register (82599 datasheet 8.2.3.8.4) how many frames there are, before it looks at any. */
final class HeadPolledRx extends PlainRx {
    private final Bar bar;

    HeadPolledRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
        bar = memory.bar();
    }

    @Override
    int ready(int most) {
        // The head can be ahead of what is written back (7.1.7), so DD is looked at as well.
        return Math.min(most, (bar.get32(Registers.RDH) - next) & mask);
    }
}
