package ixy4j.xdp;

import ixy4j.linux.EventFd;
import ixy4j.linux.EventPoll;
import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;

/**
 * A receive queue: the frames of one or several queues of an interface, each of which has a socket. A buffer that the kernel
 * has is known by its number, so that what the kernel says is only ever an index, and is checked.
 */
final class XdpRxQueue extends XdpQueue implements RxQueue {
    private static final int CONTINUED = 1; // XDP_PKT_CONTD: more of the frame follows in the next descriptor
    private static final int START_BITS = 48; // of a buffer; above them is where in it the frame starts
    private static final long START = (1L << START_BITS) - 1;
    private static final int ETHERNET_HEADER = 14;
    private static final int LONGEST = PacketPool.ROOM - ETHERNET_HEADER; // behind that
    private static final int LOOK =
            0xfff; // calls without a frame, less one, after which the kernel is asked for errors

    private XdpSocket[] sockets; // null before it is opened
    private int[] seen; // of each RX ring, how far we have read
    private int[] filled; // of each fill ring, how far we have written
    private boolean[] inPieces; // whether a frame in several pieces is being dropped
    private boolean[] given; // by number, the buffers that the kernel has
    private int turn; // the socket that is looked at first
    private EventPoll poll; // of all sockets, and of the end; null as long as nobody waits
    private EventFd end;
    private int empty; // calls that found nothing
    long packets; // delivered
    long broken;
    long poolEmpty;
    long unread;

    XdpRxQueue(XdpDevice device, String name, int depth) {
        super(device, name, depth);
    }

    /** Opens it with sockets in whose memory the pool is. */
    void open(PacketPool pool, XdpSocket... sockets) {
        int[] buffers = new int[sockets.length * depth];
        fill(pool, buffers, buffers.length);
        this.sockets = sockets;
        seen = new int[sockets.length];
        filled = new int[sockets.length];
        inPieces = new boolean[sockets.length];
        given = new boolean[buffersIn(pool)];
        for (int i = 0; i < buffers.length; i++) {
            give(i / depth, buffers[i]);
        }
        use(pool);
        for (int i = 0; i < sockets.length; i++) {
            sockets[i].fill.publish(filled[i]);
        }
    }

    @Override
    public int receive(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        device.check();
        final int before = batch.size();
        final int count = sockets.length;
        turn = turn + 1 < count ? turn + 1 : 0;
        for (int i = 0; i < count; i++) {
            int which = turn + i < count ? turn + i : turn + i - count;
            receive(which, pool, batch);
        }
        final int got = Math.max(0, batch.size() - before); // another thread may have closed the pool, and emptied it
        if (got == 0) {
            foundNone();
        }
        return got;
    }

    private void foundNone() {
        device.tellAgain();
        if ((++empty & LOOK) == 0 && !sockets[0].nudge.receive()) {
            device.look(); // the kernel tells who only receives in no other way
        }
    }

    private void receive(int which, PacketPool pool, PacketBatch batch) {
        final XdpSocket socket = sockets[which];
        final int ready = ready(which);
        final int most = Math.min(ready, batch.capacity() - batch.size());
        if (most > 0) {
            take(which, most, pool, batch);
        }
        if (socket.fill.needsWakeup()) {
            wakeups++;
            socket.nudge.receive();
        }
    }

    /** How many frames have come to a socket that were not taken. */
    private int ready(int which) {
        int ready = sockets[which].rx.produced() - seen[which];
        if (Integer.compareUnsigned(ready, depth) > 0) {
            throw device.misbehaved(name + ": the index of the RX ring jumped by " + Integer.toUnsignedString(ready)
                    + ", of " + depth + " entries");
        }
        return ready;
    }

    private void take(int which, int count, PacketPool pool, PacketBatch batch) {
        final Ring rx = sockets[which].rx;
        final int first = seen[which];
        for (int at = first; at != first + count; at++) {
            long descriptor = rx.descriptor(at);
            int buffer = taken(RawMemory.getLong(descriptor));
            int length = RawMemory.getInt(descriptor + 8);
            boolean goesOn = (RawMemory.getInt(descriptor + 12) & CONTINUED) != 0;
            if (goesOn || inPieces[which] || Integer.compareUnsigned(length - ETHERNET_HEADER, LONGEST) > 0) {
                inPieces[which] = goesOn;
                broken += goesOn || !isOpen() ? 0 : 1; // what is closed reads as zeros
                give(which, buffer);
            } else {
                give(which, replace(buffer, length, pool, batch));
            }
        }
        seen[which] = first + count;
        sockets[which].fill.publish(filled[which]);
        rx.release(first + count);
    }

    /** The buffer of a frame, which the kernel has no more. */
    private int taken(long address) {
        int buffer = (int) (address & START) + (int) (address >>> START_BITS);
        int number = index(buffer);
        if (number < 0 || number >= given.length || !given[number]) {
            throw device.misbehaved(name + ": the kernel hands over the address 0x" + Long.toHexString(address)
                    + ", which is of no buffer that it has");
        }
        given[number] = false;
        return buffer;
    }

    /** Puts a frame into a batch, or drops and counts it; the buffer that takes its place with the kernel. */
    private int replace(int buffer, int length, PacketPool pool, PacketBatch batch) {
        int fresh = allocate(pool);
        if (fresh < 0 && findBuffers(pool)) {
            fresh = allocate(pool);
        }
        if (fresh < 0) {
            poolEmpty++;
            return buffer;
        }
        int packet = batch.size();
        buffers(batch)[packet] = buffer;
        lengths(batch)[packet] = length;
        noteLength(batch, length);
        setSize(batch, packet + 1);
        packets++;
        bytes += length;
        return fresh;
    }

    /** Writes a buffer to a fill ring, where the kernel does not see it yet. */
    private void give(int which, int buffer) {
        given[index(buffer)] = true;
        RawMemory.setLong(sockets[which].fill.address(filled[which]++), buffer - XdpSocket.FRONT);
    }

    /** Whether there is something to do: frames to take, or to tell the kernel of that it did not take. */
    boolean isReady() {
        return pending() > 0 || device.isHeldUp();
    }

    /** How many frames have come that were not taken. */
    int pending() {
        int pending = 0;
        for (int i = 0; i < sockets.length; i++) {
            pending += Math.clamp(sockets[i].rx.produced() - seen[i], 0, depth);
        }
        return pending;
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public long bytes() {
        return bytes + FCS * packets;
    }

    @Override
    public long dropped() {
        return broken + poolEmpty + unread;
    }

    @Override
    public RxInterrupt interrupt() {
        return device.interrupt(this);
    }

    /** What poll(2) can wait for: readable as long as a socket has frames, and once this is closed. */
    int descriptor() {
        if (poll == null) {
            EventFd wakeup = new EventFd();
            EventPoll all = new EventPoll();
            all.add(wakeup.descriptor());
            for (XdpSocket socket : sockets) {
                all.add(socket.descriptor());
            }
            end = wakeup;
            poll = all;
        }
        return poll.descriptor();
    }

    /** Ends the sleep of whoever waits there. */
    void wake() {
        if (poll != null) {
            end.signal();
        }
    }

    @Override
    void settle() {
        if (isOpen()) {
            unread += pending();
        }
    }

    @Override
    void stopped() {
        if (poll != null) {
            poll.close(this);
            end.close(this);
        }
        release();
    }

    @Override
    protected void giveBack(PacketPool pool) {
        for (int number = 0; number < given.length; number++) {
            if (given[number]) {
                given[number] = false;
                free(pool, buffer(number));
            }
        }
    }
}
