package ixy4j.vhostuser;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Doorbell;
import ixy4j.linux.EventFd;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.linux.UnixSocket;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.telemetry.Log;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import ixy4j.virtio.Transport;
import ixy4j.virtio.Virtqueue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A virtio device that another process plays, reached through a socket: the front end of the Vhost-user Protocol. The back
 * end maps our memory and reads and writes virtqueues and frames there, so no frame goes through the socket. The protocol is
 * QEMU's, docs/interop/vhost-user.rst.
 *
 * <p>It has no configuration space and no control queue, and features that need one are not offered. Any thread may call
 * anything: requests exclude one another, and {@link #notify} and {@link #isConnected} wait for none. A back end has 5
 * seconds for each answer.
 */
public final class VhostUserTransport implements Transport, DmaSpace {
    private static final int QUEUE_SIZE = 4096; // the protocol has no limit to ask for
    private static final long RECONNECT_EVERY = 100_000_000; // ns

    /** Features that are between the driver and whoever moves frames, and need nothing that is not here. */
    private static final long CARRIED =
            Features.MRG_RXBUF | Features.ANY_LAYOUT | Features.VERSION_1 | Features.RING_PACKED | Features.IN_ORDER;

    /** What a virtqueue is notified by: two eventfds, which outlast back ends. */
    private record Ring(int kick, EventFd call, Doorbell bell) {}

    private final VhostUserAddress address;
    private final int answerMillis;
    private final Endpoint endpoint;
    private final Object lock = new Object(); // held for each request
    private final List<DmaMemory> memories = new ArrayList<>();
    private final Ring[] rings = new Ring[2 * BackEnd.MOST_PAIRS]; // by number of virtqueue, null until it was enabled
    private final BitSet running = new BitSet();
    // by the first back end: the driver should not choose anew where another offers more
    private final long firstOffered;
    private long features; // in use
    private int status;
    private long lastAttempt = System.nanoTime() - RECONNECT_EVERY;
    private boolean closed;
    private final AtomicLong strangers = new AtomicLong(); // that connected to us and were no back end
    private volatile BackEnd backEnd;
    private volatile Runnable onDisconnect = () -> {};

    /**
     * Connects to a back end, or waits 10 seconds for one to connect, as the address says. While it waits, others that
     * connect and do not talk as a back end does are sent away.
     *
     * @throws IxyException if there is none, or it does not answer, or wrongly; if this thread is interrupted
     */
    public VhostUserTransport(VhostUserAddress address) {
        this(address, 10_000, 5_000);
    }

    VhostUserTransport(VhostUserAddress address, int connectMillis, int answerMillis) {
        this.address = address;
        this.answerMillis = answerMillis;
        endpoint = new Endpoint(address);
        try {
            backEnd = watched(first(connectMillis));
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, endpoint::close);
            throw e;
        }
        firstOffered = backEnd.features();
        Log.debug(address.text(), ": connected to a back end; virtqueues that it has: ", backEnd.queues());
    }

    private BackEnd first(int millis) {
        String trouble = null;
        for (UnixSocket socket = endpoint.first(millis); socket != null; socket = endpoint.first(millis)) {
            Conversation conversation = converse(socket);
            try {
                return new BackEnd(conversation, address.path());
            } catch (RuntimeException | Error e) {
                Cleanup.after(e, conversation::close);
                if (!isStranger(conversation, e)) {
                    throw e;
                }
                trouble = e.getMessage();
            }
        }
        throw VhostUserTrouble.nobodyCame(address.path(), millis, strangers.get(), trouble);
    }

    private Conversation converse(UnixSocket socket) {
        return new Conversation(socket, address.path(), answerMillis);
    }

    private BackEnd watched(BackEnd next) {
        try {
            next.conversation.watch(this::gone);
            return next;
        } catch (RuntimeException | Error e) { // no more threads
            Cleanup.after(e, next.conversation::close);
            throw e;
        }
    }

    private void gone() {
        onDisconnect.run();
        for (Ring ring : rings) {
            if (ring != null) {
                ring.call.signal(); // who sleeps is to look
            }
        }
        Log.debug(address(), ": the back end went away");
    }

    @Override
    public String address() {
        return address.text();
    }

    @Override
    public boolean needsFile() {
        return true;
    }

    @Override
    public boolean isLegacy() {
        return (backEnd.features() & Features.VERSION_1) == 0;
    }

    @Override
    public long features() {
        return backEnd.features() & firstOffered & CARRIED;
    }

    @Override
    public void setFeatures(long wanted) {
        if ((wanted & ~features()) != 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s offers features 0x%x, of which 0x%x are none",
                    address(),
                    features(),
                    wanted & ~features()));
        }
        synchronized (lock) {
            backEnd.setFeatures(wanted);
            features = wanted;
        }
    }

    /** Where the back end does not keep it, what was written last. */
    @Override
    public int status() {
        synchronized (lock) {
            return isConnected() && backEnd.hasStatus() ? backEnd.status() : status;
        }
    }

    @Override
    public void setStatus(int value) {
        synchronized (lock) {
            if (value != 0) {
                tellStatus(value);
            } else if (isConnected()) {
                unlessGone(() -> {
                    running.stream().forEach(backEnd::stop);
                    tellStatus(0);
                });
            }
            if (value == 0) {
                running.clear(); // even if there is no connection, whose end has the back end unmap all
            }
            status = value;
            if ((value & Status.DRIVER_OK) != 0) {
                backEnd.conversation.settle();
            }
        }
    }

    private void tellStatus(int value) {
        if (backEnd.hasStatus()) {
            backEnd.setStatus(value);
        } else if (!isConnected()) {
            throw backEnd.conversation.ended();
        }
    }

    /** Does something that is needless once the back end closed the connection. */
    private void unlessGone(Runnable action) {
        try {
            action.run();
        } catch (IxyException e) {
            if (!backEnd.conversation.isGone()) {
                throw e;
            }
        }
    }

    /** There is no configuration space, so no feature that says what is in it; all is 0. */
    @Override
    public int config(int offset, int bytes) {
        return 0;
    }

    /** Ignored: there is no configuration space. */
    @Override
    public void setConfig(int offset, int value) {}

    @Override
    public int queueSize(int queue) {
        return queue < backEnd.queues() ? QUEUE_SIZE : 0;
    }

    @Override
    public boolean hasFixedQueueSizes() {
        return false;
    }

    /** Has the back end map this memory before it returns; one that is not there does so when it comes back. */
    @Override
    public void map(DmaMemory memory) {
        synchronized (lock) {
            memories.add(memory);
            try {
                MemoryTable table = MemoryTable.of(memories, address.path());
                if (isConnected()) {
                    unlessGone(() -> backEnd.setMemory(table));
                }
            } catch (RuntimeException | Error e) {
                memories.remove(memory);
                throw e;
            }
        }
    }

    /** Never fails: where the back end does not obey, the connection is ended, and it keeps pages that nobody else gets. */
    @Override
    public void unmap(DmaMemory memory) {
        synchronized (lock) {
            // Some back ends refuse an empty table. The last memory leaves with the connection.
            if (memories.remove(memory) && !memories.isEmpty() && isConnected()) {
                try {
                    backEnd.setMemory(MemoryTable.of(memories, address.path()));
                } catch (IxyException e) {
                    assert !isConnected() : e; // which whoever comes next is told
                }
            }
        }
    }

    @Override
    public void enableQueue(Virtqueue queue) {
        int index = queue.index();
        synchronized (lock) {
            if (index >= backEnd.queues()) {
                throw new IllegalArgumentException(
                        address() + " has no virtqueue " + index + ", but " + backEnd.queues());
            }
            if (!memories.contains(queue.memory())) {
                throw new IllegalArgumentException(address() + " cannot reach the memory of virtqueue " + index);
            }
            if (running.get(index)) {
                throw new IllegalStateException("virtqueue " + index + " of " + address() + " runs already");
            }
            if (rings[index] == null) {
                rings[index] = newRing();
            }
            backEnd.start(queue, rings[index].kick, rings[index].call.descriptor());
            running.set(index);
        }
        notify(index); // a ring is started by its first kick (Ring states)
    }

    private static Ring newRing() {
        int kick = (int) Linux.call("eventfd", 0, Abi.EFD_CLOEXEC | Abi.EFD_NONBLOCK);
        try {
            // Even if nobody waits at the second: some back ends take a queue without it for one that is not ready.
            return new Ring(kick, new EventFd(), new Doorbell(kick, -1, 8));
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> Linux.call("close", kick));
            throw e;
        }
    }

    @Override
    public void notify(int queue) {
        rings[queue].bell.ring(1);
    }

    @Override
    public int[] interrupts(int receiveQueues) {
        synchronized (lock) {
            int[] descriptors = new int[receiveQueues];
            for (int i = 0; i < receiveQueues; i++) {
                rings[2 * i] = newRing();
                descriptors[i] = rings[2 * i].call.descriptor();
            }
            return descriptors;
        }
    }

    @Override
    public boolean isConnected() {
        return backEnd.conversation.isOpen();
    }

    /** Has this run after each end of a connection but {@link #close}, and at once where there is none. */
    @Override
    public void onDisconnect(Runnable action) {
        onDisconnect = action;
        if (!isConnected()) {
            action.run();
        }
    }

    /**
     * Tries to find a back end again, at most ten times a second. Then it has our memory and the same features, offers no
     * others than the first did, and has status 0 and no virtqueue.
     *
     * @throws IxyException without the option {@code reconnect}, or if the back end is another than before
     */
    @Override
    public boolean reconnect() {
        if (isConnected()) {
            return true;
        }
        if (!address.reconnect()) {
            throw backEnd.conversation.ended();
        }
        backEnd.conversation.awaitEndTold(); // or what it does might come after the new beginning
        synchronized (lock) {
            if (isConnected()) {
                return true; // another thread was faster
            }
            if (closed) {
                throw new IllegalStateException(address() + " is closed");
            }
            if (System.nanoTime() - lastAttempt < RECONNECT_EVERY) {
                return false;
            }
            backEnd.conversation.close();
            UnixSocket socket = endpoint.again();
            BackEnd next = socket == null ? null : greet(converse(socket));
            boolean found = next != null && resume(next);
            lastAttempt = System.nanoTime();
            return found;
        }
    }

    /** A new back end; null if it went away meanwhile, or is not ready, or whoever connected to us is none. */
    private BackEnd greet(Conversation conversation) {
        try {
            return new BackEnd(conversation, address.path());
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, conversation::close);
            if (isStranger(conversation, e) || conversation.isGone() || conversation.isSilent()) {
                return null;
            }
            throw e;
        }
    }

    /** Whether a greeting failed because anybody can connect to a socket at which we listen; counts those. */
    private boolean isStranger(Conversation conversation, Throwable failure) {
        boolean stranger = endpoint.isListening() && failure instanceof IxyException && !conversation.isInterrupted();
        if (stranger) {
            strangers.incrementAndGet();
        }
        return stranger;
    }

    /** Brings a new back end to where the last one was; false if it went away meanwhile, or is not ready. */
    private boolean resume(BackEnd next) {
        Conversation conversation = next.conversation;
        try {
            long missing = features & ~next.features();
            if (missing != 0) {
                throw VhostUserTrouble.fewerFeatures(address.path(), missing);
            }
            for (int i = next.queues(); i < rings.length; i++) {
                if (rings[i] != null) {
                    throw VhostUserTrouble.fewerQueues(address.path(), i, next.queues());
                }
            }
            next.setFeatures(features);
            if (!memories.isEmpty()) {
                next.setMemory(MemoryTable.of(memories, address.path()));
            }
            running.clear();
            status = 0;
            backEnd = watched(next);
            Log.debug(address(), ": a back end came back");
            return true;
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, conversation::close);
            if (conversation.isGone() || conversation.isSilent()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public long strangers() {
        return strangers.get();
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            List<Runnable> steps = new ArrayList<>(List.of(backEnd.conversation::close, endpoint::close));
            for (Ring ring : rings) {
                if (ring != null) {
                    steps.add(() -> Retired.file(ring.bell, ring.kick));
                    steps.add(() -> ring.call.close(this));
                }
            }
            Cleanup.run(steps);
        }
    }

    @Override
    public String toString() {
        return address() + (isConnected() ? "" : ", not connected");
    }
}
