package ixy4j.virtio;

import static ixy4j.virtio.Features.*;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.linux.Cleanup;
import ixy4j.memory.Refusal;
import ixy4j.packet.Ethernet;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.telemetry.Log;
import ixy4j.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A virtio network device, whatever leads to it. Read it with "Virtual I/O Device (VIRTIO) Version 1.2" at hand: section
 * numbers are its. Left out on purpose: offloads, indirect descriptors and event indexes. A
 * device stops as a whole only, so closing one queue, or its pool, closes all.
 */
public final class VirtioDevice implements Device {
    // Taken where they are offered; MTU only where it is neither too low nor too high for us, MQ only where needed.
    private static final long WANTED = MAC
            | MRG_RXBUF
            | STATUS
            | CTRL_VQ
            | CTRL_RX
            | CTRL_MAC_ADDR
            | ANY_LAYOUT
            | VERSION_1
            | ACCESS_PLATFORM
            | RING_PACKED
            | IN_ORDER;

    // Fields of the device configuration (5.1.4): offset, and those of 2 bytes.
    private static final int CONFIG_MAC = 0;
    private static final int CONFIG_STATUS = 6;
    private static final int CONFIG_PAIRS = 8;
    private static final int CONFIG_MTU = 10;

    private static final int LINK_UP = 1;
    private static final int LEAST_SIZE = 4; // of a virtqueue: a command takes three descriptors
    private static final int USUAL_MTU = 1500;
    private static final int ETHERNET_HEADER = 14; // which an MTU does not count
    private static final int NOMINAL_SPEED = 10_000; // Mbit/s: a virtio device has no speed of its own

    private final Transport transport;
    private final VirtioOptions driverOptions;
    private final DeviceOptions options;
    private final RxPackets[] rxQueues; // one for each pair, as transmit queues
    private final TxPackets[] txQueues;
    private final List<VirtioQueue> queues = new ArrayList<>(); // of all pairs
    private ControlQueue control; // null without CTRL_VQ
    private long features;
    int longest = PacketPool.ROOM; // bytes of a frame to be sent, without a VLAN tag
    private DmaMemory rings;
    private int[] eventFds; // of receive queues; null if there are none
    private IxyException noInterrupts; // why
    private long localMac; // where the device has none, or was given another
    private boolean isMacGiven;
    private boolean promiscuous;
    private long errors;
    private IxyException failure; // for good
    private boolean opened; // the device was told that its driver is ready, and was not reset since
    private boolean closed;
    private boolean isNew; // what plays the device now was told nothing yet

    private VirtioDevice(Transport transport, VirtioOptions driverOptions, DeviceOptions options) {
        this.transport = transport;
        this.driverOptions = driverOptions;
        this.options = options;
        promiscuous = options.promiscuous();
        try {
            int pairs = Math.max(options.rxQueues(), options.txQueues());
            rxQueues = new RxPackets[pairs];
            txQueues = new TxPackets[pairs];
            negotiate();
            localMac = readMac();
            makeQueues();
            setUpInterrupts();
            queues.forEach(queue -> transport.enableQueue(queue.virtqueue));
            if (control != null) {
                transport.enableQueue(control.virtqueue);
            }
            opened = true;
            transport.onDisconnect(this::lookUp);
            goLive();
            Telemetry.opened(
                    this, Arrays.copyOf(rxQueues, options.rxQueues()), Arrays.copyOf(txQueues, options.txQueues()));
        } catch (RuntimeException | Error e) {
            // 3.1.1: a driver that gives up says so; then all is undone.
            Cleanup.after(e, () -> transport.setStatus(transport.status() | Status.FAILED), this::close);
            throw e;
        }
    }

    /**
     * Takes a device and sets it up.
     *
     * @param driverOptions what the address has for the driver
     * @throws IllegalArgumentException if there are fewer queues than asked for
     * @throws IxyException if the device cannot be used
     */
    public static Device open(Transport transport, VirtioOptions driverOptions, DeviceOptions options) {
        return new VirtioDevice(transport, driverOptions, options);
    }

    // ---- initialisation (3.1.1)

    /** Steps 1 to 6: reset, and an agreement on features. */
    private void negotiate() {
        transport.setStatus(0);
        transport.setStatus(Status.ACKNOWLEDGE);
        transport.setStatus(Status.ACKNOWLEDGE | Status.DRIVER);
        long offered = transport.features();
        features = choose(offered);
        transport.setFeatures(features);
        String layout = isPacked() ? "packed" : "split";
        Log.debug(address(), ": features 0x", hex(features), " of 0x", hex(offered), ", virtqueues are ", layout);
        if (!transport.isLegacy()) {
            transport.setStatus(Status.ACKNOWLEDGE | Status.DRIVER | Status.FEATURES_OK);
            int status = transport.status();
            if ((status & Status.FEATURES_OK) == 0) {
                throw VirtioTrouble.features(transport.address(), features, status);
            }
        }
    }

    private static String hex(long features) {
        return Long.toHexString(features);
    }

    private long choose(long offered) {
        long chosen = offered & WANTED;
        if (driverOptions.ring().equals("split")) {
            chosen &= ~RING_PACKED;
        } else if (driverOptions.ring().equals("packed") && (chosen & RING_PACKED) == 0) {
            throw VirtioTrouble.noPacked(transport.address());
        }
        if (transport.hasFixedQueueSizes()) {
            chosen &= ~IN_ORDER; // descriptors would go round all of a queue (2.7.5), and we may want fewer buffers
        }
        if ((chosen & CTRL_VQ) == 0) {
            chosen &= ~CTRL_RX; // needs it (5.1.3.1)
        }
        if ((chosen & CTRL_RX) == 0) {
            chosen &= ~CTRL_MAC_ADDR; // its command needs that (5.1.6.5.2.2)
        }
        int mtu = (offered & MTU) != 0 ? transport.config(CONFIG_MTU, 2) : 0;
        if (mtu >= USUAL_MTU) {
            longest = Math.min(mtu + ETHERNET_HEADER, PacketPool.ROOM); // a driver must not send longer ones (5.1.4.2)
            // A buffer must have room for its frames (5.1.4.2), also for those with a VLAN tag.
            chosen |= longest + Ethernet.TAG <= PacketPool.ROOM ? MTU : 0;
        }
        boolean several = (offered & chosen & CTRL_VQ) != 0 && (offered & MQ) != 0;
        return several && rxQueues.length > 1 ? chosen | MQ : chosen;
    }

    /** Step 7: virtqueues, all of the pairs that are wanted, and the control queue, which comes after all there are. */
    private void makeQueues() {
        int pairs = rxQueues.length;
        boolean reported = (features & MQ) != 0;
        int most = reported ? transport.config(CONFIG_PAIRS, 2) : pairs; // without: queueSize says what there is
        if (pairs > most
                || (!reported && pairs > 1 && transport.queueSize(2 * pairs - 2) == 0)
                || (pairs > 1 && (features & (MQ | CTRL_VQ)) == CTRL_VQ)) {
            throw VirtioTrouble.tooFewPairs(transport.address(), pairs, reported ? most : 1);
        }
        int controlIndex = (features & CTRL_VQ) == 0 ? -1 : reported ? 2 * most : 2;
        int[] sizes = new int[2 * pairs];
        long bytes = 0;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = size(i, options.ringSize());
            bytes += Virtqueue.bytes(sizes[i]);
        }
        int controlSize = controlIndex < 0 ? 0 : size(controlIndex, 64);
        rings = DmaMemory.allocate(bytes + ControlQueue.memory(controlSize), this);
        long at = rings.address();
        for (int i = 0; i < sizes.length; i++) {
            queues.add(makeQueue(i, sizes[i], at));
            at += Virtqueue.bytes(sizes[i]);
        }
        if (controlIndex >= 0) {
            control = new ControlQueue(transport, controlIndex, controlSize, isPacked(), rings, at);
        }
    }

    /** The size of a queue: the device's, or less where that may be. */
    private int size(int queue, int wanted) {
        int most = transport.queueSize(queue);
        int size = transport.hasFixedQueueSizes() ? most : Math.min(Integer.highestOneBit(most), wanted);
        if (size < LEAST_SIZE || size > 32768 || Integer.bitCount(size) != 1) {
            throw VirtioTrouble.noQueue(transport.address(), queue, most);
        }
        return size;
    }

    /** Whether anybody will wait or not: a queue has to have its vector before it is enabled. Until it is asked for, none comes. */
    private void setUpInterrupts() {
        try {
            eventFds = transport.interrupts(options.rxQueues());
        } catch (IxyException e) {
            noInterrupts = e;
            Log.debug(address(), ": no interrupts: ", e.getMessage());
        }
    }

    private VirtioQueue makeQueue(int index, int size, long at) {
        boolean receive = index % 2 == 0; // 5.1.2
        boolean hasCount = (features & (MRG_RXBUF | VERSION_1)) != 0; // the header has the number of buffers (5.1.6.1)
        // 5.1.6.6: without these, the header has a descriptor of its own
        int chain = (features & (ANY_LAYOUT | VERSION_1)) != 0 ? 1 : 2;
        VirtioQueue.Layout layout = new VirtioQueue.Layout(
                (receive ? "receive" : "transmit") + " queue " + index / 2 + " of " + address(),
                index,
                size,
                Math.min(size / chain, options.ringSize()),
                (features & MRG_RXBUF) != 0,
                hasCount ? 12 : 10,
                chain,
                (features & IN_ORDER) != 0);
        if (receive) {
            rxQueues[index / 2] = isPacked()
                    ? new PackedRxQueue(this, transport, layout, rings, at)
                    : new SplitRxQueue(this, transport, layout, rings, at);
            return rxQueues[index / 2];
        }
        txQueues[index / 2] = isPacked()
                ? new PackedTxQueue(this, transport, layout, rings, at)
                : new SplitTxQueue(this, transport, layout, rings, at);
        return txQueues[index / 2];
    }

    private boolean isPacked() {
        return (features & RING_PACKED) != 0;
    }

    /** Step 8: the device is live, and is told what it can be told only then. */
    private void goLive() {
        transport.setStatus(transport.status() | Status.DRIVER_OK);
        if ((features & MQ) != 0) {
            int pairs = rxQueues.length;
            control.command(ControlQueue.MQ, ControlQueue.MQ_VQ_PAIRS_SET, pairs, 2, "use " + pairs + " queue pairs");
        }
        if ((features & CTRL_RX) != 0 || !promiscuous) {
            setPromiscuous(promiscuous);
        }
        if (isMacGiven) {
            setMacAddress(macAddress());
        }
    }

    // ---- queues

    @Override
    public synchronized RxQueue rxQueue(int index, PacketPool pool) {
        check(rxQueues, index, options.rxQueues(), "receive", pool);
        rxQueues[index].open(pool);
        transport.notify(rxQueues[index].virtqueue.index());
        return rxQueues[index];
    }

    @Override
    public synchronized TxQueue txQueue(int index, PacketPool pool) {
        check(txQueues, index, options.txQueues(), "transmit", pool);
        txQueues[index].open(pool);
        return txQueues[index];
    }

    synchronized RxInterrupt interrupt(RxPackets queue) {
        checkOpen();
        if (options.moderation() > 0) {
            throw VirtioTrouble.noModeration(address());
        }
        if (noInterrupts != null) {
            throw IxyException.again(noInterrupts);
        }
        return new UsedBufferInterrupt(queue, eventFds[queue.virtqueue.index() / 2]);
    }

    private void check(VirtioQueue[] queues, int index, int count, String kind, PacketPool pool) {
        if (!opened) {
            throw Refusal.notOpen(kind + " queue " + index, address(), closed);
        }
        if (index < 0 || index >= count || queues[index].isOpen()) {
            throw Refusal.noSuchQueue(toString(), kind, index, count);
        }
        if (!pool.isMappedFor(this)) {
            throw Refusal.unreachable(toString());
        }
    }

    // ---- when the device is not as it was

    /** Each queue is to ask before it goes on. */
    private void lookUp() {
        for (int i = 0; i < rxQueues.length; i++) {
            rxQueues[i].attention = true;
            txQueues[i].attention = true;
        }
    }

    /** Asked by a queue's thread before the next packet; whether it may go on. */
    synchronized boolean attend(VirtioQueue queue) {
        if (!queue.isOpen()) {
            throw queue.isClosed(); // by another thread, just now
        }
        queue.attention = false; // first: what happens from now on sets it again
        boolean ready = false;
        try {
            ready = isThere() && bringBack(queue);
        } finally {
            queue.attention |= !ready;
        }
        return ready;
    }

    private boolean isThere() {
        if (failure != null) {
            throw IxyException.again(failure);
        }
        if (transport.isConnected()) {
            return true;
        }
        isNew = true;
        return transport.reconnect();
    }

    /** Brings a queue back to a device that has lost it; false if that has gone away again meanwhile. */
    private boolean bringBack(VirtioQueue queue) {
        try {
            if (isNew) {
                startAgain(queue);
                isNew = false;
            }
            queue.restart();
            queue.refill();
            transport.enableQueue(queue.virtqueue);
            List<VirtioQueue> open = queues.stream().filter(VirtioQueue::isOpen).toList();
            if (open.stream().noneMatch(q -> q.attention)) {
                goLive();
                open.forEach(q -> transport.notify(q.virtqueue.index())); // not before (3.1.1)
            }
            return true;
        } catch (IxyException e) {
            if (failure == null && !transport.isConnected()) {
                return false;
            }
            throw e;
        }
    }

    /** Agrees on the same features again; the other queues that are open come back by themselves, on their own threads. */
    private void startAgain(VirtioQueue first) {
        long before = features;
        negotiate();
        if (features != before) {
            throw VirtioTrouble.misbehaved(String.format(
                    Locale.ROOT, "%s came back with other features, 0x%x and not 0x%x", address(), features, before));
        }
        for (VirtioQueue queue : queues) {
            if (queue.isOpen()) {
                queue.attention |= !queue.equals(first);
            } else {
                queue.restart();
                transport.enableQueue(queue.virtqueue);
            }
        }
        if (control != null) {
            control.restart();
            transport.enableQueue(control.virtqueue);
        }
    }

    /** The device did what it must not do: nothing that it says counts any more. */
    synchronized RuntimeException misbehaved(String what) {
        if (!opened && failure == null) {
            // another thread has just closed it: what was read was none of its memory any more
            return new IllegalStateException(address() + " is closed");
        }
        errors++;
        return fail(VirtioTrouble.misbehaved(what));
    }

    private IxyException fail(IxyException e) {
        if (failure == null) {
            failure = e;
        }
        lookUp();
        return e;
    }

    // ---- addresses, link, counters

    @Override
    public String address() {
        return transport.address();
    }

    private long readMac() {
        if ((features & MAC) == 0) {
            return driverOptions.mac(MacAddress.random().bits()); // 5.1.5: without one, the driver makes one up
        }
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = mac << 8 | transport.config(CONFIG_MAC + i, 1);
        }
        return mac;
    }

    @Override
    public int descriptors() {
        return queues.stream().mapToInt(queue -> queue.depth).sum(); // of all pairs, wanted or not
    }

    @Override
    public synchronized MacAddress macAddress() {
        checkNotClosed();
        return new MacAddress(localMac);
    }

    @Override
    public synchronized void setMacAddress(MacAddress address) {
        address.checkOwn();
        checkOpen();
        if ((features & CTRL_MAC_ADDR) != 0) {
            long reversed = Long.reverseBytes(address.bits() << 16); // the first byte on the wire first
            control.command(ControlQueue.MAC, ControlQueue.MAC_ADDR_SET, reversed, 6, "take the address " + address);
        } else if ((features & MAC) != 0 && transport.isLegacy()) {
            for (int i = 0; i < 6; i++) { // 5.1.4.2: legacy devices take it here
                transport.setConfig(CONFIG_MAC + i, (int) (address.bits() >>> (40 - 8 * i)) & 0xff);
            }
        } else if ((features & MAC) != 0) {
            throw VirtioTrouble.cannot(address(), "take another address", "VIRTIO_NET_F_CTRL_MAC_ADDR");
        }
        localMac = address.bits();
        isMacGiven = true;
    }

    @Override
    public synchronized void setPromiscuous(boolean wanted) {
        checkOpen();
        if ((features & CTRL_RX) != 0) {
            String what = wanted ? "become promiscuous" : "be promiscuous no longer";
            control.command(ControlQueue.RX, ControlQueue.RX_PROMISC, wanted ? 1 : 0, 1, what);
        } else if (!wanted) {
            throw VirtioTrouble.cannot(address(), "be anything but promiscuous", "VIRTIO_NET_F_CTRL_RX");
        }
        promiscuous = wanted;
    }

    @Override
    public synchronized int linkSpeed() {
        checkNotClosed();
        boolean there = transport.isConnected();
        boolean up = there && ((features & STATUS) == 0 || (transport.config(CONFIG_STATUS, 2) & LINK_UP) != 0);
        return up ? NOMINAL_SPEED : 0;
    }

    private void checkNotClosed() {
        if (closed) {
            throw Refusal.stopped(address(), true);
        }
    }

    private void checkOpen() {
        if (!opened) {
            throw Refusal.stopped(address(), closed);
        }
    }

    /** Counts of the driver: a virtio device has none. Also looks whether the device needs a reset. */
    @Override
    public synchronized DeviceStats stats() {
        if (!closed && failure == null && needsReset()) {
            errors++;
            fail(VirtioTrouble.needsReset(address()));
        }
        DeviceStats sum = DeviceStats.NONE;
        for (int i = 0; i < rxQueues.length && rxQueues[i] != null && txQueues[i] != null; i++) {
            RxPackets rx = rxQueues[i];
            TxPackets tx = txQueues[i];
            tx.asked = true;
            sum = new DeviceStats(
                    sum.rxPackets() + rx.packets + rx.dropped(),
                    sum.rxBytes() + rx.bytes(),
                    sum.txPackets() + tx.packets(),
                    sum.txBytes() + tx.bytes(),
                    0,
                    0,
                    0,
                    0,
                    sum.rxBroken() + rx.broken,
                    sum.rxPoolEmpty() + rx.poolEmpty,
                    sum.rxUnread() + rx.unread,
                    sum.txWrongLength() + tx.wrongLength,
                    sum.txUnsent() + tx.unsent,
                    errors + transport.strangers());
        }
        return sum;
    }

    private boolean needsReset() {
        try {
            return transport.isConnected() && (transport.status() & Status.DEVICE_NEEDS_RESET) != 0;
        } catch (IxyException e) {
            if (transport.isConnected()) {
                throw e;
            }
            return false; // it went away just now: its queues find that out
        }
    }

    // ---- memory, and the end

    @Override
    public DmaSpace dmaSpace() {
        return transport.dmaSpace();
    }

    /** Stops the device for the sake of one queue, by any thread. */
    synchronized void stop() {
        if (closed || !opened) {
            return;
        }
        try {
            stopAll();
        } catch (RuntimeException | Error e) {
            // A device that did not stop may still write to buffers: then all DMA is to end.
            Cleanup.after(e, this::close);
            throw e;
        }
    }

    /** Sends what is on its way, if it can be sent, then resets the device, which stops it, and empties the queues. */
    private void stopAll() {
        List<Runnable> steps = new ArrayList<>();
        queues.forEach(queue -> steps.add(queue::shut));
        steps.add(this::drain);
        steps.add(this::reset);
        queues.forEach(queue -> steps.add(queue::stopped));
        Cleanup.run(steps);
    }

    private void reset() {
        opened = false;
        if (transport.isConnected()) {
            transport.setStatus(0);
        }
    }

    private void drain() {
        long deadline = System.nanoTime() + 50_000_000L;
        for (TxPackets queue : txQueues) {
            // a queue that is broken has nothing to wait for
            while (opened && failure == null && !queue.isDrained() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        List<Runnable> steps = new ArrayList<>();
        if (rxQueues != null) {
            steps.add(this::stopAll);
        }
        steps.add(() -> closed = true);
        steps.add(() -> Telemetry.closed(this));
        steps.add(transport::close); // no more DMA, so that the rings can go
        if (rings != null) {
            steps.add(rings::close);
        }
        Cleanup.run(steps);
    }

    @Override
    public String toString() {
        return address() + (closed ? ", closed" : "");
    }
}
