package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import java.lang.invoke.VarHandle;

/**
 * The driver's side of a split virtqueue's rings (2.7). Indexes run freely through 16 bits.
 *
 * <pre>
 * available ring, written by the driver                      used ring, written by the device
 *   +0   flags: 1 no interrupt, please                         +0   flags: 1 no notification, please
 *   +2   idx: where the driver writes next                     +2   idx: where the device writes next
 *   +4   ring[size], 2 bytes each: heads of chains             +4   ring[size], 8 bytes each: id, 4, and len, 4
 *
 * descriptor, 16 bytes, written by the driver
 *   +0   addr: of the buffer (IOVA)    +8  len    +12  flags    +14  next
 * </pre>
 */
final class SplitRing {
    private static final int NO_INTERRUPT = 1;
    private static final int NO_NOTIFY = 1;

    private final Virtqueue queue;
    private final Transport transport;
    private final long available;
    private final long used;
    private final int mask;
    private int idx; // of the available ring, as the device will see it
    int seen; // how far in the used ring we are

    SplitRing(Virtqueue queue, Transport transport) {
        this.queue = queue;
        this.transport = transport;
        available = queue.driverArea;
        used = queue.deviceArea;
        mask = queue.size - 1;
    }

    /** As after a reset. Who polls wants no interrupts. */
    void restart() {
        RawMemory.segment(queue.descriptors, Virtqueue.bytes(queue.size)).fill((byte) 0);
        RawMemory.setShort(available, (short) NO_INTERRUPT);
        idx = 0;
        seen = 0;
    }

    /**
     * Wants an interrupt at the next buffer that the device uses (2.7.7). Of one that it used before there may be none, so a look
     * at the ring follows.
     */
    void arm() {
        RawMemory.setShort(available, (short) 0);
        // The flag must be seen before the used index is read, as in publish: the device writes the one and reads the
        // other.
        VarHandle.fullFence();
    }

    /** Wants none any more. */
    void disarm() {
        RawMemory.setShort(available, (short) NO_INTERRUPT);
    }

    /** How many buffers the device has used since we last looked. */
    int ready() {
        // Acquire: elements, and the buffers that they are about, are read after the index that says they are written.
        return (RawMemory.getShortAcquire(used + 2) - seen) & 0xffff;
    }

    /** The next used element: len in bits 63:32, id in bits 31:0. Read once, since a bad device may change it. */
    long next() {
        return RawMemory.getLong(used + 4 + ((long) (seen++ & mask) << 3));
    }

    /**
     * Puts a chain into the available ring, where the device does not see it yet. A device that keeps the order gets the same
     * heads each time round, and a line that nobody writes to stays in its cache too.
     */
    void put(int head) {
        long entry = available + 4 + ((long) (idx++ & mask) << 1);
        if (RawMemory.getShort(entry) != (short) head) {
            RawMemory.setShort(entry, (short) head);
        }
    }

    /** Shows the device what was put. */
    void expose() {
        // Release: the device sees descriptors, ring and frames before the index.
        RawMemory.setShortRelease(available + 2, (short) idx);
    }

    /** Does that, and tells the device, if it wants to be told. */
    void publish() {
        expose();
        // The index must be seen before the flags are read (2.7.13.4.1). Otherwise both could miss each other: the
        // device, not seeing the index, sets the flag to be notified and sleeps, and we still see it cleared. Neither
        // acquire nor release orders a store before a load.
        VarHandle.fullFence();
        if ((RawMemory.getShort(used) & NO_NOTIFY) == 0) {
            transport.notify(queue.index);
        }
    }
}
