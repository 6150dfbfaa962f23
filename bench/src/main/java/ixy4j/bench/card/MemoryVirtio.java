package ixy4j.bench.card;

import ixy4j.linux.Doorbell;
import ixy4j.linux.EventFd;
import ixy4j.model.wire.Wire;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import ixy4j.virtio.Transport;
import ixy4j.virtio.Virtqueue;

/**
 * A virtio network device in memory that believes its driver and does nothing that costs time: no filter, no control
 * queue, one pair of queues, and no copy of a frame: its wire writes it where it belongs. {@link #play} may be called by
 * another thread than the driver's. {@link ixy4j.model.virtio.VirtioCard} is the one that checks its driver.
 */
public final class MemoryVirtio implements Transport, DmaSpace {
    private static final int MOST_DESCRIPTORS = 4096;
    private static final int FRAMES_A_ROUND = 64;

    private final String address;
    private final Wire wire;
    private final boolean packed;
    private final boolean interrupts; // which cost a fence and a look at each batch
    private final DeviceRing[] rings = new DeviceRing[2]; // receive, transmit (Virtio 1.2, 5.1.2)
    private final DmaPages pages = new DmaPages();
    private int status;
    private long features;
    private EventFd call; // of the receive queue; null if there is none

    /** A device after power on. */
    public MemoryVirtio(String address, Wire wire, boolean packed, boolean interrupts) {
        this.address = address;
        this.wire = wire;
        this.packed = packed;
        this.interrupts = interrupts;
    }

    /** One round: sends what was handed to it, then receives. Whether there was anything to do. */
    public synchronized boolean play() {
        if ((status & Status.DRIVER_OK) == 0) {
            return false;
        }
        int sent = rings[1].send(wire, FRAMES_A_ROUND);
        wire.start();
        return rings[0].receive(wire, FRAMES_A_ROUND) + sent > 0;
    }

    /** Our address of the card's. */
    long ours(long iova) {
        return pages.ours(iova);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean isLegacy() {
        return false;
    }

    @Override
    public long features() {
        return Features.VERSION_1 | Features.IN_ORDER | (packed ? Features.RING_PACKED : 0);
    }

    @Override
    public void setFeatures(long taken) {
        features = taken;
    }

    @Override
    public synchronized int status() {
        return status;
    }

    @Override
    public synchronized void setStatus(int value) {
        status = value;
        if (value == 0) {
            rings[0] = null;
            rings[1] = null;
        }
    }

    @Override
    public int config(int offset, int bytes) {
        return 0;
    }

    @Override
    public void setConfig(int offset, int value) {
        // there is nothing to set: no feature with a field in it is offered
    }

    @Override
    public int queueSize(int queue) {
        return queue < rings.length ? MOST_DESCRIPTORS : 0;
    }

    @Override
    public boolean hasFixedQueueSizes() {
        return false;
    }

    @Override
    public synchronized void enableQueue(Virtqueue queue) {
        rings[queue.index()] = (features & Features.RING_PACKED) == 0
                ? new SplitDeviceRing(this, queue)
                : new PackedDeviceRing(this, queue);
        if (queue.index() == 0 && call != null) {
            rings[0].interruptBy(new Doorbell(call.descriptor(), -1, Long.BYTES));
        }
    }

    @Override
    public synchronized int[] interrupts(int receiveQueues) {
        if (!interrupts) {
            return Transport.super.interrupts(receiveQueues);
        }
        call = new EventFd();
        return new int[] {call.descriptor()};
    }

    @Override
    public void notify(int queue) {
        // it polls
    }

    @Override
    public synchronized void map(DmaMemory memory) {
        pages.map(memory);
    }

    @Override
    public void close() {
        if (call != null) {
            call.close(this);
        }
        wire.close();
    }

    @Override
    public String toString() {
        return address;
    }
}
