package ixy4j.xdp;

import ixy4j.linux.Errno;
import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.TxQueue;

/** A transmit queue: one of the interface's. The kernel sends in the calls by which it is told that there are frames. */
final class XdpTxQueue extends XdpQueue implements TxQueue {
    private static final int CLEAN_BATCH = 32;
    private static final int USUAL = 1514; // bytes that a frame may have before a batch calls it odd
    private static final long LOOK = 1_000_000; // ns between two looks at why the kernel sends nothing

    private final int cleanBatch; // so many buffers may stay with the kernel that is done with them
    private XdpSocket socket; // null before it is opened
    private int[] given; // by number, the length of the frame in a buffer that the kernel has, 0 of others
    private final boolean isShort; // frames of usual lengths may be too long
    private long lastLook = System.nanoTime();
    boolean asked; // somebody wants to know what was sent; a race that does no harm
    long sent; // handed to the kernel
    long done; // that came back
    long wrongLength;
    long unsent;
    private volatile boolean ended; // and what follows is what done and bytes came to
    private long packetsAtEnd;
    private long bytesAtEnd;

    XdpTxQueue(XdpDevice device, String name, int depth) {
        super(device, name, depth);
        cleanBatch = Math.min(CLEAN_BATCH, depth / 2);
        isShort = device.longest < USUAL;
    }

    /** Opens it with a socket in whose memory the pool is. */
    void open(PacketPool pool, XdpSocket socket) {
        this.socket = socket;
        given = new int[buffersIn(pool)];
        use(pool);
    }

    @Override
    public int transmit(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        device.check();
        if (sent - done >= cleanBatch || asked || batch.size() == 0) {
            asked = false;
            collect(pool);
        }
        final int dropped = isOdd(batch) || isShort ? dropLong(batch, device.longest) : 0;
        wrongLength += dropped;
        final int count = Math.min(batch.size(), depth - (int) (sent - done));
        if (count > 0) {
            give(buffers(batch), lengths(batch), count);
            removeFirst(batch, count);
        }
        if (socket.tx.consumed() != (int) sent) {
            tell();
        }
        return count + dropped;
    }

    private void give(int[] buffers, int[] lengths, int count) {
        final Ring tx = socket.tx;
        int at = (int) sent;
        for (int i = 0; i < count; i++) {
            int buffer = buffers[i];
            int length = lengths[i];
            given[index(buffer)] = length;
            long descriptor = tx.descriptor(at++);
            RawMemory.setLong(descriptor, buffer);
            RawMemory.setLong(descriptor + 8, length); // and no options
        }
        sent += count;
        tx.publish(at);
    }

    /** Has the kernel send, which it does for so many frames a call. */
    private void tell() {
        final Ring tx = socket.tx;
        int before;
        int now = tx.consumed();
        do {
            if (!tx.needsWakeup()) {
                return; // a driver looks by itself
            }
            before = now;
            wakeups++;
            socket.nudge.send();
            now = tx.consumed();
        } while (now != before && now != (int) sent);
        if (now == before) {
            look();
        }
    }

    /** Whether the kernel has left frames where they are, and looks at them only when it is told again. By any thread. */
    boolean isHeldUp() {
        return isOpen() && socket.tx.consumed() != (int) sent && socket.tx.needsWakeup();
    }

    /** Tells it again, for who does not transmit meanwhile. By any thread, perhaps at the same time, which does no harm. */
    void tellAgain() {
        if (isHeldUp()) {
            socket.nudge.send();
        }
    }

    /** Finds out why the kernel takes nothing; most often, what it has is on its way. */
    private void look() {
        long now = System.nanoTime();
        if (now - lastLook >= LOOK) {
            lastLook = now;
            if (socket.nudge.trySend() == Errno.ENXIO) {
                device.look();
            }
        }
    }

    /** Takes back what the kernel is done with. */
    private void collect(PacketPool pool) {
        final Ring completion = socket.completion;
        final int back = completion.produced() - (int) done;
        if (back < 0 || back > sent - done) {
            throw device.misbehaved(
                    name + ": the index of the completion ring jumped by " + back + ", of " + (sent - done));
        }
        for (int i = 0; i < back; i++) {
            long address = RawMemory.getLong(completion.address((int) done));
            int buffer = (int) address;
            int number = index(buffer);
            if (number < 0 || number >= given.length || given[number] == 0) {
                throw device.misbehaved(name + ": the kernel has sent the address 0x" + Long.toHexString(address)
                        + ", which it was not given");
            }
            bytes += given[number];
            given[number] = 0;
            done++;
            free(pool, buffer);
        }
        if (back > 0) {
            completion.release((int) done);
        }
    }

    /** Whether the kernel has sent what it was given; asked by any thread. */
    boolean isDrained() {
        if (!isOpen() || socket.completion.produced() == (int) sent) {
            return true;
        }
        socket.nudge.send(); // by another thread, perhaps at the same time, which does no harm
        return socket.completion.produced() == (int) sent;
    }

    @Override
    public long packets() {
        return ended ? packetsAtEnd : done;
    }

    @Override
    public long bytes() {
        return (ended ? bytesAtEnd : bytes) + FCS * packets();
    }

    @Override
    public long dropped() {
        return wrongLength + unsent;
    }

    /** The fields of a call that is under way are only read here, once. */
    @Override
    void settle() {
        if (isOpen() && !ended) {
            long before = done;
            bytesAtEnd = bytes;
            long with = Math.max(0, sent - before);
            long back = Math.clamp(socket.completion.produced() - (int) before, 0, with);
            for (int i = 0; i < back; i++) {
                int number = index((int) RawMemory.getLong(socket.completion.address((int) before + i)));
                bytesAtEnd += number >= 0 && number < given.length ? given[number] : 0;
            }
            packetsAtEnd = before + back;
            unsent += with - back;
            ended = true;
        }
    }

    @Override
    void stopped() {
        release();
    }

    @Override
    protected void giveBack(PacketPool pool) {
        for (int number = 0; number < given.length; number++) {
            if (given[number] != 0) {
                given[number] = 0;
                free(pool, buffer(number));
            }
        }
    }
}
