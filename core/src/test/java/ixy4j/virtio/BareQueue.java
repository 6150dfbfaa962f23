package ixy4j.virtio;

import ixy4j.memory.DmaMemory;

/** A virtqueue that nobody uses, for tests of transports. */
public final class BareQueue extends Virtqueue {
    /** Takes the first page of this memory that no queue with a lower index takes. */
    public BareQueue(int index, int size, DmaMemory memory) {
        super(index, size, memory, memory.address() + index * bytes(size));
    }
}
