package ixy4j.bench.card;

import ixy4j.memory.RawMemory;
import ixy4j.virtio.Virtqueue;

/** Packed: descriptors that the driver makes available and the device writes over as used (Virtio 1.2, 2.8). */
final class PackedDeviceRing extends DeviceRing {
    private static final int AVAIL = 1 << 7;
    private static final int USED = 1 << 15;
    private static final short NEVER_NOTIFY = 1;

    PackedDeviceRing(MemoryVirtio device, Virtqueue queue) {
        super(device, queue);
    }

    private boolean isEvenRound(int number) {
        return (number & queue.size()) == 0;
    }

    @Override
    int ready(int most) {
        int count = 0;
        while (count < most) {
            int wanted = isEvenRound(done + count) ? AVAIL : USED;
            // Acquire: the descriptor, and the frame, are read after the flags that say they are written.
            int flags = RawMemory.getShortAcquire(descriptor(done + count) + 14);
            if ((flags & (AVAIL | USED)) != wanted) {
                break;
            }
            count++;
        }
        return count;
    }

    @Override
    long descriptor(int number) {
        return queue.descriptors() + ((long) (number & mask) << 4);
    }

    @Override
    void use(int number, int length) {
        long descriptor = descriptor(number);
        long id = RawMemory.getLong(descriptor + 8) & 0xffff_0000_0000L;
        long flags = isEvenRound(number) ? AVAIL | USED : 0;
        // Release: the driver sees the frame before the flags.
        RawMemory.setLongRelease(descriptor + 8, length | id | flags << 48);
    }

    @Override
    void publish() {
        RawMemory.setShort(queue.deviceArea() + 2, NEVER_NOTIFY);
    }

    @Override
    boolean isInterruptWanted() {
        return RawMemory.getShort(queue.driverArea() + 2) == 0;
    }
}
