package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import java.lang.invoke.VarHandle;

/**
 * The driver's side of a packed virtqueue's ring (2.8). Both sides write the same descriptors, each in turn, and in each
 * round the meaning of two flags changes, which the wrap counter says: 1 in the first round, 0 in the second and so on.
 *
 * <pre>
 * descriptor, 16 bytes      the driver makes it available          the device uses it
 *   +0   address, 8         of the buffer (IOVA)                   as it was
 *   +8   length, 4          of the buffer                          how much it wrote
 *   +12  id, 2              of the buffer                          of the buffer, not always the one that was here
 *   +14  flags, 2           AVAIL = wrap counter, USED the inverse AVAIL = USED = wrap counter
 *
 * event suppression, 4 bytes: the driver's is about interrupts, the device's about notifications
 *   +0   descriptor, 2      not used here
 *   +2   flags, 2           0 always, 1 never
 * </pre>
 */
final class PackedRing {
    private static final int AVAIL = 1 << 7;
    private static final int USED = 1 << 15;
    private static final int NEVER = 1;

    private final Virtqueue queue;
    private final Transport transport;
    private final int mask;
    private final int round; // the bit of a count that says whether its round is odd
    private int next; // how many descriptors were written
    private int exposed; // how many of them were made available
    private long first; // the second half of the next that will be
    int seen; // how many were seen used

    PackedRing(Virtqueue queue, Transport transport) {
        this.queue = queue;
        this.transport = transport;
        mask = queue.size - 1;
        round = queue.size;
    }

    /** As after a reset. Who polls wants no interrupts. */
    void restart() {
        RawMemory.segment(queue.descriptors, Virtqueue.bytes(queue.size)).fill((byte) 0);
        RawMemory.setShort(queue.driverArea + 2, (short) NEVER);
        next = 0;
        exposed = 0;
        seen = 0;
    }

    /** Wants an interrupt at the next descriptor that the device uses (2.8.10), as {@link SplitRing#arm}. */
    void arm() {
        RawMemory.setShort(queue.driverArea + 2, (short) 0);
        VarHandle.fullFence();
    }

    /** Wants none any more. */
    void disarm() {
        RawMemory.setShort(queue.driverArea + 2, (short) NEVER);
    }

    /** Whether the next descriptor is used. */
    boolean isUsed() {
        return isUsed(seen);
    }

    /** Whether one further on is. */
    boolean isUsed(int count) {
        int wanted = (count & round) == 0 ? AVAIL | USED : 0;
        // Acquire: id, length and buffer are read after the flags that say they are written.
        int flags = RawMemory.getShortAcquire(descriptor(count) + 14);
        return (flags & (AVAIL | USED)) == wanted;
    }

    /** Length in bits 31:0 and id in bits 47:32 of that descriptor. Read once, since a bad device may change it. */
    long used() {
        return used(seen);
    }

    /** The same of one further on. */
    long used(int count) {
        return RawMemory.getLong(descriptor(count) + 8);
    }

    /** Writes the next descriptor, which the device does not see yet. */
    void put(long iova, int length, int id, int flags) {
        long descriptor = descriptor(next);
        long wrap = (next & round) == 0 ? AVAIL : USED;
        long rest = length | (long) id << 32 | (flags | wrap) << 48;
        RawMemory.setLong(descriptor, iova);
        if (next == exposed) {
            first = rest;
        } else {
            RawMemory.setLong(descriptor + 8, rest);
        }
        next++;
    }

    /**
     * Makes available what was put: the flags of the first descriptor come last, and the device, which goes from one to the
     * next, sees no other before them (2.8.6, 2.8.17).
     */
    void expose() {
        if (next != exposed) {
            // Release: the device sees the descriptors, and the frames, before these flags.
            RawMemory.setLongRelease(descriptor(exposed) + 8, first);
            exposed = next;
        }
    }

    /** Does that, and tells the device, if it wants to be told. */
    void publish() {
        expose();
        // The flags must be seen before the device's are read, as SplitRing.publish explains (2.8.21.3.1).
        VarHandle.fullFence();
        if (RawMemory.getShort(queue.deviceArea + 2) != NEVER) {
            transport.notify(queue.index);
        }
    }

    private long descriptor(int count) {
        return queue.descriptors + ((long) (count & mask) << 4);
    }
}
