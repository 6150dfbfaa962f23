package ixy4j.intel;

import ixy4j.packet.RxInterrupt;
import ixy4j.spi.Bar;

/**
 * The interrupt vector of a receive queue. A cause that comes while the vector is masked stays noted, and the interrupt is sent when
 * it is enabled (82599 datasheet 8.2.3.5.3); that the register is written late, behind the look at the ring, therefore does no harm.
 */
record MsixVector(AdvancedRxQueue queue, int descriptor, Bar bar, int unmask, int mask, int bit)
        implements RxInterrupt {
    @Override
    public void arm() {
        bar.set32(unmask, bit);
    }

    @Override
    public void disarm() {
        bar.set32(mask, bit);
    }

    @Override
    public boolean isReady() {
        return queue.hasFrames();
    }
}
