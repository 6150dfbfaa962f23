package ixy4j.bench.ring;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaTarget;

/**
 * A ring of queue 0 of an 82599, told to a card that its driver has set up and whose queues it has not opened: what
 * {@code IxgbeDevice.rxQueue} and {@code txQueue} do, for rings of another kind. Steps are those of 82599 datasheet 4.6.7
 * and 4.6.8.
 */
final class RingMemory implements AutoCloseable {
    private static final int ENABLE = 1 << 25; // RXDCTL 8.2.3.8.7, TXDCTL 8.2.3.9.10
    private static final int SRRCTL_2_KIB_ADVANCED_ONE_BUFFER_DROP = 2 | 1 << 25 | 1 << 28; // 8.2.3.8.8
    private static final int PTHRESH_36_HTHRESH_8 = 36 | 8 << 8;
    private static final int DCA_RXCTRL_BIT_12 = 1 << 12; // 4.6.7: to be cleared
    private static final int PATIENCE = 1000; // ms

    private final Bar bar;
    private final int base; // RDBAL or TDBAL
    private final int size;
    private final DmaMemory memory;

    private RingMemory(Bar bar, int base, int size, DmaTarget card) {
        this.bar = bar;
        this.base = base;
        this.size = size;
        memory = DmaMemory.allocate(16L * size, card);
        long iova = memory.pageIovas()[0];
        bar.set32(base, (int) iova);
        bar.set32(base + RDBAH - RDBAL, (int) (iova >>> 32));
        bar.set32(base + RDLEN - RDBAL, 16 * size);
        bar.set32(base + RDH - RDBAL, 0);
        bar.set32(base + RDT - RDBAL, 0);
    }

    static RingMemory receive(Bar bar, int size, DmaTarget card) {
        RingMemory memory = new RingMemory(bar, RDBAL, size, card);
        bar.set32(SRRCTL, SRRCTL_2_KIB_ADVANCED_ONE_BUFFER_DROP);
        bar.clearFlags(DCA_RXCTRL, DCA_RXCTRL_BIT_12);
        return memory;
    }

    static RingMemory transmit(Bar bar, int size, DmaTarget card) {
        RingMemory memory = new RingMemory(bar, TDBAL, size, card);
        bar.set32(TXDCTL, PTHRESH_36_HTHRESH_8);
        return memory;
    }

    /** Enables the queue; a receive queue must be full. */
    void enable() {
        bar.setFlags(control(), ENABLE);
        if (!bar.await(control(), ENABLE, ENABLE, PATIENCE)) {
            throw new IllegalStateException("the card does not enable the queue of " + name(control()));
        }
    }

    private int control() {
        return base == RDBAL ? RXDCTL : TXDCTL;
    }

    Bar bar() {
        return bar;
    }

    long ring() {
        return memory.address();
    }

    long tail() {
        return bar.address(base + RDT - RDBAL);
    }

    int size() {
        return size;
    }

    /** Disables the queue, then frees the ring; the card must still be open. */
    @Override
    public void close() {
        bar.clearFlags(control(), ENABLE);
        bar.await(control(), ENABLE, 0, PATIENCE);
        memory.close();
    }
}
