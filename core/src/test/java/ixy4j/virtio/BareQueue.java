package ixy4j.virtio;

import ixy4j.spi.DmaMemory;

/** A virtqueue that nobody uses, for tests of transports. */
public final class BareQueue {
    private BareQueue() {}

    /** Takes the first page of this memory that no queue with a lower index takes. */
    public static Virtqueue of(int index, int size, DmaMemory memory) {
        return new Virtqueue(index, size, memory, memory.address() + index * Virtqueue.bytes(size));
    }
}
