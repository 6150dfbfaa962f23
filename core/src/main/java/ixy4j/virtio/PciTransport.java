package ixy4j.virtio;

import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import java.util.concurrent.locks.LockSupport;

/** What the two interfaces over PCI have in common. */
abstract class PciTransport implements Transport {
    final PciFunction function;

    PciTransport(PciFunction function) {
        this.function = function;
    }

    @Override
    public final String address() {
        return function.address();
    }

    /** 0 resets, and is read back when that is done (2.4.2). */
    final void awaitReset() {
        long deadline = System.nanoTime() + 1_000_000_000L;
        for (int status = status(); status != 0; status = status()) {
            if (System.nanoTime() - deadline > 0) {
                throw VirtioTrouble.reset(address(), status);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public final DmaSpace dmaSpace() {
        return function.dmaSpace();
    }

    @Override
    public final void close() {
        function.close();
    }
}
