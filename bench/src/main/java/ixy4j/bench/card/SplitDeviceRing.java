package ixy4j.bench.card;

import ixy4j.memory.RawMemory;
import ixy4j.virtio.Virtqueue;

/** Split: an available ring of heads, and a used ring of heads and lengths (Virtio 1.2, 2.7). */
final class SplitDeviceRing extends DeviceRing {
    private static final short NO_NOTIFY = 1;

    SplitDeviceRing(MemoryVirtio device, Virtqueue queue) {
        super(device, queue);
    }

    @Override
    int ready(int most) {
        // Acquire: heads and descriptors are read after the index that says they are written.
        return (RawMemory.getShortAcquire(queue.driverArea() + 2) - done) & 0xffff;
    }

    private int head(int number) {
        return RawMemory.getShort(queue.driverArea() + 4 + ((long) (number & mask) << 1)) & 0xffff;
    }

    @Override
    long descriptor(int number) {
        return queue.descriptors() + ((long) head(number) << 4);
    }

    @Override
    void use(int number, int length) {
        RawMemory.setLong(queue.deviceArea() + 4 + ((long) (number & mask) << 3), (long) length << 32 | head(number));
    }

    @Override
    void publish() {
        RawMemory.setShort(queue.deviceArea(), NO_NOTIFY);
        RawMemory.setShortRelease(queue.deviceArea() + 2, (short) done);
    }

    @Override
    boolean isInterruptWanted() {
        return (RawMemory.getShort(queue.driverArea()) & 1) == 0;
    }
}
