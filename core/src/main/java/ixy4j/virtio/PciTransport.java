package ixy4j.virtio;

import ixy4j.memory.DmaMemory;
import ixy4j.pci.PciFunction;
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
    public final boolean needsPhysicalAddresses() {
        return function.needsPhysicalAddresses();
    }

    @Override
    public final void map(DmaMemory memory) {
        function.map(memory);
    }

    @Override
    public final void unmap(DmaMemory memory) {
        function.unmap(memory);
    }

    @Override
    public final void close() {
        function.close();
    }
}
