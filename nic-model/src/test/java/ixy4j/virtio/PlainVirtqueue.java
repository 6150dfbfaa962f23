package ixy4j.virtio;

import ixy4j.memory.DmaMemory;

/** A virtqueue that nothing drives, for tests that do so by hand; here since only this package can make one. */
public final class PlainVirtqueue extends Virtqueue {
    /** Structures at an address, as a driver would lay them out. */
    public PlainVirtqueue(int index, int size, DmaMemory memory, long address) {
        super(index, size, memory, address);
    }

    /** How much memory one takes. */
    public static long length(int size) {
        return bytes(size);
    }
}
