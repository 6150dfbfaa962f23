package ixy4j.xdp;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.memory.Refusal;
import ixy4j.packet.Ethernet;
import ixy4j.packet.PacketPool;
import ixy4j.packet.PacketQueue;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.telemetry.Log;
import ixy4j.telemetry.Telemetry;
import ixy4j.xdp.XdpSocket.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An interface of the kernel, whose driver stays in the kernel and hands frames over through AF_XDP. Read it with Linux's
 * Documentation/networking/af_xdp.rst at hand. A device stops as a whole only, so closing one queue, or its pool, closes all.
 *
 * <p>Opening attaches the program, which hands everything to the kernel at first; each receive queue that is opened puts its
 * sockets into the program's map. All of it is held by descriptors, so it is gone when the process is, however that ends.
 */
final class XdpDevice implements Device {
    private static final long PATIENCE = 2_000_000_000; // ns

    // Drivers whose cards know the size of a buffer in KiB only. With the usual MTU they receive no frame that is
    // longer than a
    // buffer of ours, so that they can be told more than there is.
    private static final Set<String> COUNT_KIB = Set.of("igb", "igc", "ixgbe");
    private static final int USUAL_MTU = 1500;

    private final XdpAddress address;
    private final DeviceOptions options;
    private final Interface at;
    private final int[] queues; // of the interface, by number
    private final XdpSocket[] sockets; // of each of these, null before it is needed
    private final XdpRxQueue[] rxQueues;
    private final XdpTxQueue[] txQueues;
    private final Attachment attachment;
    private final int chunk; // what the kernel takes a buffer for
    final int longest; // bytes of a frame to be sent, without a VLAN tag
    private MacAddress ownMac;
    private MacAddress givenMac; // null if it is the interface's
    private boolean promiscuous;
    private long errors;
    private Counts counts = Counts.NONE; // of sockets that are closed
    private volatile IxyException failure; // for good
    private volatile boolean opened = true; // its sockets may be used
    private boolean closed;

    XdpDevice(XdpAddress address, DeviceOptions options) {
        this.address = address;
        this.options = options;
        at = new Interface(address.name());
        try {
            if (!at.isUp()) {
                throw XdpTrouble.isDown(at.ownName());
            }
            checkUse();
            boolean ofKib = isZeroCopy() && COUNT_KIB.contains(at.driver());
            chunk = ofKib ? XdpSocket.CHUNK_OF_KIB : XdpSocket.CHUNK;
            int mtu = at.mtu();
            longest = Math.min(mtu + Ethernet.HEADER, PacketPool.ROOM);
            int most = ofKib ? USUAL_MTU : XdpSocket.LONGEST - Ethernet.HEADER - Ethernet.TAG;
            if (mtu > most) {
                throw XdpTrouble.mtu(at.ownName(), mtu, most);
            }
            queues = chooseQueues();
            sockets = new XdpSocket[queues.length];
            rxQueues = new XdpRxQueue[options.rxQueues()];
            txQueues = new XdpTxQueue[options.txQueues()];
            for (int i = 0; i < rxQueues.length; i++) {
                rxQueues[i] = new XdpRxQueue(this, "receive queue " + i + " of " + address(), options.ringSize());
            }
            for (int i = 0; i < txQueues.length; i++) {
                txQueues[i] = new XdpTxQueue(this, "transmit queue " + i + " of " + address(), options.ringSize());
            }
            ownMac = at.macAddress();
            promiscuous = options.promiscuous();
            attachment = new Attachment(address, at, queues[queues.length - 1] + 1, only(ownMac, promiscuous));
        } catch (RuntimeException | Error e) {
            at.close();
            throw e;
        }
        try {
            if (promiscuous) {
                at.setPromiscuous(true);
            }
            Telemetry.opened(this, rxQueues, txQueues);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::close);
            throw e;
        }
    }

    private void checkUse() {
        if (address.match().isAll() && !options.force()) {
            String use = InterfaceUse.of(at);
            if (use != null) {
                throw XdpTrouble.used(address.text(), at.ownName(), use);
            }
        }
    }

    /** Those that the address names, or all that there are, so that no frame is missed. */
    private int[] chooseQueues() {
        int there = at.rxQueues();
        int[] chosen = address.queues().isEmpty()
                ? IntStream.range(0, there).toArray()
                : address.queues().stream().mapToInt(Integer::intValue).toArray();
        if (chosen[chosen.length - 1] >= there) {
            throw XdpTrouble.noQueue(at.ownName(), "receive", chosen[chosen.length - 1], there);
        }
        int wanted = Math.max(options.rxQueues(), options.txQueues());
        if (chosen.length < wanted) {
            throw XdpTrouble.tooFewQueues(at.ownName(), chosen.length, wanted);
        }
        int last = chosen[options.txQueues() - 1];
        if (last >= at.txQueues()) { // the kernel would take frames there, and send none
            throw XdpTrouble.noQueue(at.ownName(), "transmit", last, at.txQueues());
        }
        return chosen;
    }

    // ---- queues

    @Override
    public synchronized RxQueue rxQueue(int index, PacketPool pool) {
        check("receive", index, rxQueues, pool);
        XdpRxQueue queue = rxQueues[index];
        int[] places = IntStream.range(0, queues.length)
                .filter(i -> i % rxQueues.length == index)
                .toArray();
        withSockets(XdpQueue.memory(pool), its -> queue.open(pool, its), places);
        try {
            for (int place : places) {
                attachment.put(queues[place], sockets[place].descriptor());
            }
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::stop);
            throw e;
        }
        return queue;
    }

    @Override
    public synchronized TxQueue txQueue(int index, PacketPool pool) {
        check("transmit", index, txQueues, pool);
        XdpTxQueue queue = txQueues[index];
        withSockets(XdpQueue.memory(pool), its -> queue.open(pool, its[0]), index);
        return queue;
    }

    /** Opens a queue with the sockets of some queues of the interface; those that are made for it go if that fails. */
    private void withSockets(DmaMemory memory, Consumer<XdpSocket[]> opening, int... places) {
        List<Integer> made = new ArrayList<>();
        try {
            XdpSocket[] its = new XdpSocket[places.length];
            for (int i = 0; i < its.length; i++) {
                if (sockets[places[i]] == null) {
                    sockets[places[i]] = new XdpSocket(memory, chunk, options.ringSize());
                    made.add(places[i]);
                    bind(sockets[places[i]], queues[places[i]]);
                } else if (!sockets[places[i]].memory.equals(memory)) {
                    throw XdpTrouble.otherMemory(address(), queues[places[i]]);
                }
                its[i] = sockets[places[i]];
            }
            opening.accept(its);
        } catch (RuntimeException | Error e) {
            for (int place : made) {
                Cleanup.after(e, sockets[place]::close);
                sockets[place] = null;
            }
            throw e;
        }
    }

    private boolean isZeroCopy() {
        return address.copy().equals("zero");
    }

    /** The kernel lets go of a queue some time after the socket that had it was closed. Others may close this meanwhile. */
    private void bind(XdpSocket socket, int queue) {
        int copying = isZeroCopy() ? XdpSocket.ZERO_COPY : XdpSocket.COPY;
        long deadline = System.nanoTime() + PATIENCE;
        int error = socket.bind(at.index(), queue, copying);
        while (error == Errno.EBUSY && System.nanoTime() - deadline < 0) {
            try {
                wait(1); // without the lock
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IxyException(address() + ": interrupted while queue " + queue + " was busy", e);
            }
            if (!opened) {
                throw Refusal.stopped(address(), closed);
            }
            error = socket.bind(at.index(), queue, copying);
        }
        if (error == 0 && socket.isZeroCopy() != isZeroCopy()) {
            error = Errno.EOPNOTSUPP; // the kernel took it, and does otherwise
        }
        if (error != 0) {
            throw XdpTrouble.notBound(at.ownName(), at.index(), queue, isZeroCopy(), error);
        }
        Log.debug(address(), ": socket at queue ", queue, ", copy=", copying == XdpSocket.COPY ? "copy" : "zero");
    }

    private void check(String kind, int index, PacketQueue[] queues, PacketPool pool) {
        if (!opened) {
            throw Refusal.notOpen(kind + " queue " + index, address(), closed);
        }
        if (index < 0 || index >= queues.length || queues[index].isOpen()) {
            throw Refusal.noSuchQueue(toString(), kind, index, queues.length);
        }
        if (!pool.isMappedFor(this)) {
            throw Refusal.unreachable(toString());
        }
    }

    synchronized RxInterrupt interrupt(XdpRxQueue queue) {
        checkOpen();
        if (options.moderation() > 0) {
            throw XdpTrouble.noModeration(address());
        }
        return new XdpInterrupt(queue, queue.descriptor());
    }

    @Override
    public int descriptors() {
        return (queues.length + txQueues.length) * options.ringSize();
    }

    // ---- when the interface is not as it was

    /** Asked by each queue before it goes on. */
    void check() {
        final IxyException failure = this.failure;
        if (failure != null) {
            throw IxyException.again(failure);
        }
    }

    /**
     * Has the kernel look again at frames that it could not take when it was told of them: its own queues were full, or the
     * interface was down. Who transmits tells it anyway; this is for who has nothing to transmit, and only receives.
     */
    void tellAgain() {
        for (XdpTxQueue queue : txQueues) {
            queue.tellAgain();
        }
    }

    /** Whether there are such frames. By any thread. */
    boolean isHeldUp() {
        boolean held = false;
        for (XdpTxQueue queue : txQueues) {
            held |= queue.isHeldUp();
        }
        return held;
    }

    /** Looks whether the interface is still there; from then on, all fails if it is not. By any thread. */
    void look() {
        if (failure == null && opened && at.name() == null) {
            failure = XdpTrouble.lost(address());
        }
    }

    /** The kernel did what it must not do; or another thread has just closed the device, and this is no ring any more. */
    synchronized RuntimeException misbehaved(String what) {
        if (!opened) {
            return Refusal.stopped(address(), true);
        }
        errors++;
        failure = new IxyException(what + ": its rings are broken; open it again");
        return failure;
    }

    // ---- addresses, link, counters

    @Override
    public String address() {
        return address.text();
    }

    @Override
    public DmaSpace dmaSpace() {
        return Kernel.SPACE;
    }

    @Override
    public synchronized MacAddress macAddress() {
        checkNotClosed();
        return ownMac;
    }

    /** The interface keeps its own besides, which its stack may need; this one goes with the device. */
    @Override
    public synchronized void setMacAddress(MacAddress mac) {
        mac.checkOwn();
        checkOpen();
        at.setAddress(mac, true);
        try {
            attachment.replace(only(mac, promiscuous));
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> at.setAddress(mac, false));
            throw e;
        }
        if (givenMac != null) {
            at.setAddress(givenMac, false);
        }
        givenMac = mac;
        ownMac = mac;
    }

    @Override
    public synchronized void setPromiscuous(boolean wanted) {
        checkOpen();
        if (wanted != promiscuous) {
            attachment.replace(only(ownMac, wanted));
            at.setPromiscuous(wanted);
            promiscuous = wanted;
        }
    }

    /** Whose frames the program looks at: an interface may hand over more, as that of a bridge does. */
    private static MacAddress only(MacAddress own, boolean promiscuous) {
        return promiscuous ? null : own;
    }

    @Override
    public synchronized int linkSpeed() {
        checkNotClosed();
        check();
        return at.linkSpeed();
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
        check();
    }

    /** Counts of the driver, and of the sockets. Also looks whether the interface is still there. */
    @Override
    public synchronized DeviceStats stats() {
        look();
        Counts kernel = opened ? ask() : counts;
        if (opened && failure == null && kernel.wrongFills() + kernel.wrongFrames() > 0) {
            failure = XdpTrouble.wrongMemory(address(), kernel.wrongFills() + kernel.wrongFrames());
        }
        long rxPackets = 0;
        long rxBytes = 0;
        long broken = 0;
        long poolEmpty = 0;
        long unread = 0;
        for (XdpRxQueue rx : rxQueues) {
            rxPackets += rx.packets + rx.dropped();
            rxBytes += rx.bytes();
            broken += rx.broken;
            poolEmpty += rx.poolEmpty;
            unread += rx.unread;
        }
        long txPackets = 0;
        long txBytes = 0;
        long wrongLength = 0;
        long unsent = 0;
        for (XdpTxQueue tx : txQueues) {
            tx.asked = true;
            txPackets += tx.packets();
            txBytes += tx.bytes();
            wrongLength += tx.wrongLength;
            unsent += tx.unsent;
        }
        return new DeviceStats(
                rxPackets,
                rxBytes,
                txPackets,
                txBytes,
                kernel.dropped() + kernel.full(),
                0,
                0,
                0,
                broken,
                poolEmpty,
                unread,
                wrongLength,
                unsent,
                errors + kernel.wrongFills() + kernel.wrongFrames());
    }

    /** How many frames have come that no queue has delivered yet. */
    synchronized int pending() {
        int pending = 0;
        for (XdpRxQueue queue : rxQueues) {
            pending += queue.isOpen() ? queue.pending() : 0;
        }
        return pending;
    }

    private Counts ask() {
        Counts sum = Counts.NONE;
        for (XdpSocket socket : sockets) {
            sum = socket == null ? sum : sum.plus(socket.counts());
        }
        return sum;
    }

    // ---- the end

    /** Stops all for the sake of one queue, by any thread. */
    synchronized void stop() {
        if (!opened) {
            return;
        }
        List<XdpQueue> all = new ArrayList<>(List.of(rxQueues));
        all.addAll(List.of(txQueues));
        List<Runnable> steps = new ArrayList<>();
        List.of(rxQueues).forEach(queue -> steps.add(queue::wake));
        all.forEach(queue -> steps.add(queue::shut));
        // First: without a program, some drivers set their card up anew, and with zero copy then hand back as sent what
        // was not.
        steps.add(this::drain);
        List.of(txQueues).forEach(queue -> steps.add(queue::settle));
        steps.add(attachment::close); // from here on, frames go to the kernel
        steps.add(() -> counts = ask());
        List.of(rxQueues).forEach(queue -> steps.add(queue::settle));
        steps.add(() -> opened = false);
        Stream.of(sockets).filter(Objects::nonNull).forEach(socket -> steps.add(socket::close));
        all.forEach(queue -> steps.add(queue::stopped));
        Cleanup.run(steps);
    }

    private void drain() {
        LockSupport.parkNanos(100_000); // for a call that is under way in another thread
        long deadline = System.nanoTime() + 50_000_000L;
        for (XdpTxQueue queue : txQueues) {
            while (failure == null && !queue.isDrained() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            Cleanup.run(this::stop, () -> closed = true, at::close, () -> Telemetry.closed(this));
        }
    }

    @Override
    public String toString() {
        return address() + (closed ? ", closed" : "");
    }
}
