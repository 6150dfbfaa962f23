package ixy4j.model.virtio;

import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.linux.EventFds;
import ixy4j.model.DriverMistake;
import ixy4j.model.Iommu;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import ixy4j.virtio.Transport;
import ixy4j.virtio.Virtqueue;
import java.util.Arrays;
import java.util.List;

/**
 * An emulated virtio network device (Virtual I/O Device 1.2), played by calls of {@link #step}, and the wire that it is
 * plugged into. It does nothing by itself, but for commands of the control queue, which are answered while the driver
 * notifies of them. The first mistake of the driver stops it: a {@link DriverMistake} names queue, descriptor, value and
 * section. Not modelled: notifications of the driver, offloads, indirect descriptors, event indexes. Belongs to one
 * thread.
 */
public final class VirtioCard implements Transport, DmaSpace {
    private static final int CONTROL_SIZE = 64; // descriptors in the control queue, at most
    private static final int LONGEST = 65535; // bytes in a frame, without its header, where there is no MTU
    private static final int ETHERNET = 14; // bytes of that header, without a VLAN tag of 4

    private final VirtioCardOptions options;
    private final String address;
    private final Iommu iommu = new Iommu();
    private final Mischief mischief;
    private final Negotiation negotiation;
    private final NetworkConfig config;
    private final FrameReceiver receiver;
    private final FrameSender sender;
    private final ControlQueue control = new ControlQueue(this);
    private final Ring[] rings;
    private final long[] notifications;
    private Framing framing;
    private Filter filter;
    private int pairs = 1;
    private boolean wantsNotifications;
    private DriverMistake mistake; // the first
    private long lost;
    private EventFds calls = EventFds.of(0); // of receive queues
    private boolean closed;

    /** A device after power on. */
    public VirtioCard(VirtioCardOptions options) {
        this.options = options;
        address = options.name;
        mischief = new Mischief(options);
        negotiation = new Negotiation(this, options);
        config = new NetworkConfig(options, mischief);
        receiver = new FrameReceiver(this, options.pairs);
        sender = new FrameSender(this);
        rings = new Ring[2 * options.pairs + 1];
        notifications = new long[rings.length];
        filter = new Filter(options.promiscuous);
        wantsNotifications = options.wantsNotifications;
    }

    // ---- the test's side

    /** A frame comes in on the wire. It is copied, and received at {@link #step}. */
    public void arrive(byte[] frame) {
        if (config.link()) {
            receiver.arrive(frame);
        } else {
            lost++;
        }
    }

    /** What the device has sent since this was last asked. */
    public List<byte[]> sent() {
        return sender.sent();
    }

    /** Lets the device do what it can do now; whether that was anything. */
    public boolean step() {
        checkMistake();
        if (closed || !negotiation.has(Status.DRIVER_OK) || negotiation.has(Status.DEVICE_NEEDS_RESET)) {
            return false;
        }
        if (mischief.strikes(Misbehaviour.NEEDS_RESET)) {
            negotiation.needsReset();
            return false;
        }
        for (Ring ring : rings) {
            if (ring != null) {
                ring.guard(() -> look(ring));
            }
        }
        boolean worked = receiver.step();
        for (Ring ring : rings) {
            boolean used = ring != null && ring.flush();
            worked |= used;
            if (used) {
                interrupt(ring);
            }
        }
        return worked;
    }

    /** The driver arms and then looks; we publish and then look. Without a fence both could miss each other. */
    private void interrupt(Ring ring) {
        boolean waitedFor =
                ring.role == QueueRole.RECEIVE && ring.queue / 2 < calls.files().size();
        if (waitedFor && ring.wantsInterrupts()) {
            calls.files().get(ring.queue / 2).signal();
        }
    }

    private void look(Ring ring) {
        ring.checkUnchanged();
        ring.look();
        if (ring.role == QueueRole.TRANSMIT) {
            if (ring.queue >= 2 * pairs && ring.waiting() > 0) {
                throw ring.mistake("buffers are made available, but " + pairs + " pairs of queues are in use:"
                        + " CTRL_MQ_VQ_PAIRS_SET comes before (5.1.6.5.6.1)");
            }
            sender.serve(ring);
        }
    }

    /** Steps until there is nothing left to do. */
    public void settle() {
        for (int i = 0; step(); i++) {
            if (i > 100_000) {
                throw new AssertionError(this + " never comes to rest");
            }
        }
    }

    /** From now on it asks to be notified of buffers, or not to be. */
    public void setWantsNotifications(boolean on) {
        wantsNotifications = on;
        for (Ring ring : rings) {
            if (ring != null) {
                announce(ring);
                ring.wake();
            }
        }
    }

    /** How often the driver has notified of a virtqueue since power on. */
    public long notifications(int queue) {
        return notifications[queue];
    }

    /** The link comes or goes; where there is none, frames of both directions are lost. */
    public void setLink(boolean up) {
        config.setLink(up);
    }

    /** The device gives up, and wants to be reset (2.1). */
    public void giveUp() {
        negotiation.needsReset();
    }

    /** The address that it receives frames for. */
    public MacAddress mac() {
        return config.mac();
    }

    /** Whether it receives frames for all addresses. */
    public boolean isPromiscuous() {
        return filter.isPromiscuous();
    }

    /** How many pairs of queues the driver uses. */
    public int pairs() {
        return pairs;
    }

    /** Whether a feature was negotiated. */
    public boolean has(long feature) {
        return negotiation.hasFeature(feature);
    }

    /** Why it left FEATURES_OK off; null if it did not. */
    public String refusal() {
        return negotiation.refusal();
    }

    /** How many buffers of a virtqueue it has, 0 if that is not enabled. */
    public int inFlight(int queue) {
        return rings[queue] == null ? 0 : rings[queue].inFlight();
    }

    /** Frames that were dropped since they were longer than the MTU, or than a buffer where one must do. */
    public long droppedTooLong() {
        return receiver.dropped;
    }

    /** Frames that were dropped since they were for another address. */
    public long filtered() {
        return receiver.filtered;
    }

    /** Frames of both directions that were lost since there was no link, and those that a reset made it forget. */
    public long lost() {
        return lost;
    }

    /** How often it has misbehaved in this way. */
    public int count(Misbehaviour how) {
        return mischief.count(how);
    }

    // ---- the driver's side

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean isLegacy() {
        return negotiation.isLegacy();
    }

    @Override
    public long features() {
        return negotiation.offered();
    }

    @Override
    public void setFeatures(long features) {
        negotiation.setFeatures(features);
    }

    @Override
    public int status() {
        return negotiation.status();
    }

    @Override
    public void setStatus(int status) {
        if (status == 0) {
            reset();
            return;
        }
        boolean wasLive = negotiation.has(Status.DRIVER_OK);
        negotiation.write(status);
        if (!wasLive && negotiation.has(Status.DRIVER_OK)) {
            pairs = 1;
            for (Ring ring : rings) {
                if (ring != null) {
                    announce(ring);
                }
            }
        }
    }

    /** Stops everything (2.4.1). */
    private void reset() {
        Arrays.fill(rings, null);
        receiver.reset();
        filter = new Filter(options.promiscuous);
        framing = null;
        pairs = 1;
        negotiation.reset();
        if (mischief.strikes(Misbehaviour.RESET_HANGS)) {
            throw new IxyException(address + ": the reset does not end: the status is still not 0");
        }
    }

    @Override
    public int config(int offset, int bytes) {
        String wrong = NetworkConfig.wrongRead(offset, bytes, negotiation.offered());
        if (wrong != null) {
            throw fail(wrong);
        }
        return config.read(offset);
    }

    @Override
    public void setConfig(int offset, int value) {
        if (!isLegacy() || offset < 0 || offset > 5) {
            throw fail("the configuration is written " + value + " at offset " + offset
                    + ": a driver may write the bytes of mac of a legacy device only (5.1.4, 5.1.4.3)");
        }
        config.writeMac(offset, value);
    }

    @Override
    public int queueSize(int queue) {
        checkNegotiated("the size of virtqueue " + queue + " is read");
        if (role(queue) == null || mischief.strikes(Misbehaviour.QUEUE_SIZE_ZERO)) {
            return 0;
        }
        int size = maxSize(role(queue));
        return mischief.strikes(Misbehaviour.QUEUE_SIZE_ODD) ? size - 1 : size;
    }

    private int maxSize(QueueRole role) {
        return role == QueueRole.CONTROL ? Math.min(CONTROL_SIZE, options.queueSize) : options.queueSize;
    }

    private void checkNegotiated(String what) {
        if (!negotiation.isDone()) {
            throw fail(what + " before " + (isLegacy() ? "features are set" : "FEATURES_OK")
                    + ": which queues there are depends on features (3.1.1, 5.1.2)");
        }
    }

    /** What a virtqueue is for; null if there is none of that number (5.1.2). */
    private QueueRole role(int queue) {
        int last = 2 * maxPairs();
        if (queue < 0 || queue > last || (queue == last && !has(Features.CTRL_VQ))) {
            return null;
        }
        return queue == last ? QueueRole.CONTROL : queue % 2 == 0 ? QueueRole.RECEIVE : QueueRole.TRANSMIT;
    }

    @Override
    public boolean hasFixedQueueSizes() {
        return options.fixedQueueSizes;
    }

    @Override
    public void enableQueue(Virtqueue queue) {
        String name = "virtqueue " + queue.index();
        checkNegotiated(name + " is enabled");
        QueueRole role = role(queue.index());
        if (role == null) {
            throw fail(name + " is enabled, but there is none: " + (2 * maxPairs()) + " are for frames, and "
                    + (has(Features.CTRL_VQ) ? "number " + 2 * maxPairs() + " for commands" : "none for commands")
                    + " (5.1.2)");
        }
        if (negotiation.has(Status.DRIVER_OK)) {
            throw fail(name + " is enabled after DRIVER_OK: all queues are set up before (3.1.1)");
        }
        if (rings[queue.index()] != null) {
            throw fail(name + " is enabled twice");
        }
        int most = maxSize(role);
        if (queue.size() < 1 || queue.size() > most || (options.fixedQueueSizes && queue.size() != most)) {
            throw fail(name + " has " + queue.size() + " descriptors, but "
                    + (options.fixedQueueSizes ? "must have " : "may have at most ") + most + " (2.7.2, 4.1.5.1.3)");
        }
        int frame = has(Features.MTU) && !has(Features.MRG_RXBUF) ? options.mtu + 14 : 0;
        framing = new Framing(headerSize(), frame, isLegacy() && !has(Features.ANY_LAYOUT));
        rings[queue.index()] =
                has(Features.RING_PACKED) ? new PackedRing(this, role, queue) : new SplitRing(this, role, queue);
    }

    @Override
    public int[] interrupts(int receiveQueues) {
        calls = EventFds.of(receiveQueues);
        return calls.descriptors();
    }

    @Override
    public void notify(int queue) {
        checkMistake();
        if (queue < 0 || queue >= rings.length || rings[queue] == null) {
            throw fail("the device is notified of virtqueue " + queue + ", which is not enabled (4.1.5.2)");
        }
        if (!negotiation.has(Status.DRIVER_OK)) {
            throw fail("the device is notified of " + rings[queue] + " before DRIVER_OK (3.1.1)");
        }
        notifications[queue]++;
        Ring ring = rings[queue];
        ring.wake();
        if (ring.role == QueueRole.CONTROL && !negotiation.has(Status.DEVICE_NEEDS_RESET)) {
            ring.guard(() -> control.serve(ring));
        }
    }

    @Override
    public void map(DmaMemory memory) {
        iommu.map(memory);
    }

    /** A mistake where the device may still reach what is in it: only a reset takes buffers back (3.3.1). */
    @Override
    public void unmap(DmaMemory memory) {
        for (long iova : memory.pageIovas()) {
            for (Ring ring : rings) {
                if (ring != null && (ring.liesIn(iova, DmaMemory.PAGE) || ring.hasBufferIn(iova, DmaMemory.PAGE))) {
                    iommu.unmap(memory);
                    throw fail("memory at IOVA " + Ring.hex(iova) + " is taken away while " + ring
                            + " or a buffer in it is there: a reset of the device comes before (3.3.1)");
                }
            }
        }
        iommu.unmap(memory);
    }

    @Override
    public void close() {
        if (!closed && negotiation.has(Status.DRIVER_OK) && mistake == null) {
            closed = true;
            throw fail("is let go of while the status is " + status() + ": a reset comes before (3.3.1)");
        }
        closed = true;
        calls.close(this);
        iommu.clear();
    }

    // ---- for the parts of the device

    Iommu iommu() {
        return iommu;
    }

    Mischief mischief() {
        return mischief;
    }

    Framing framing() {
        return framing;
    }

    Filter filter() {
        return filter;
    }

    Ring ring(int queue) {
        return rings[queue];
    }

    boolean isEnabled(int queue) {
        return rings[queue] != null;
    }

    /** Pairs of queues that there are for this driver (5.1.2). */
    int maxPairs() {
        return has(Features.MQ) ? options.pairs : 1;
    }

    void setPairs(int number) {
        pairs = number;
        receiver.pairsChanged(number);
    }

    void setMac(MacAddress mac) {
        config.setMac(mac);
    }

    int headerSize() {
        return negotiation.headerSize();
    }

    /** How many bytes a frame has at most behind its Ethernet header, to which a VLAN tag belongs. */
    int mtu() {
        return has(Features.MTU) ? options.mtu : LONGEST;
    }

    boolean isTooLong(byte[] frame) {
        boolean tagged = frame.length > ETHERNET && frame[12] == (byte) 0x81 && frame[13] == 0;
        return frame.length > mtu() + ETHERNET + (tagged ? 4 : 0);
    }

    void loses(int frames) {
        lost += frames;
    }

    boolean link() {
        return config.link();
    }

    boolean spreads() {
        return options.spread;
    }

    boolean wantsNotifications() {
        return wantsNotifications;
    }

    boolean isStrict() {
        return options.strict;
    }

    boolean isInOrder() {
        return has(Features.IN_ORDER);
    }

    boolean isOutOfOrder() {
        return options.outOfOrder && !isInOrder();
    }

    /** How many buffers one used entry may stand for. */
    int batch() {
        return isInOrder() ? options.batch : 1;
    }

    private void announce(Ring ring) {
        ring.announce(wantsNotifications || ring.role == QueueRole.CONTROL);
    }

    /** What to throw at a mistake of the driver. The device stops. */
    DriverMistake fail(String message) {
        DriverMistake thrown = new DriverMistake(address + ": " + message);
        mistake = mistake == null ? thrown : mistake;
        return thrown;
    }

    private void checkMistake() {
        if (mistake != null) {
            throw new DriverMistake(mistake.getMessage() + " (the device has stopped)");
        }
    }

    @Override
    public String toString() {
        return address;
    }
}
