package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import ixy4j.spi.DmaMemory;

/** What receive queues of both layouts have in common: what is to be done with a buffer that the device has used. */
abstract class RxPackets extends VirtioQueue implements RxQueue {
    private int rest; // buffers to come of a frame that is being dropped
    private long element; // with IN_ORDER, the last that was read: length in bits 63:32, id in bits 31:0
    int left; // buffers that it stands for, and that were not looked at yet
    long packets; // delivered
    long broken;
    long poolEmpty;
    long unread;

    RxPackets(VirtioDevice device, Layout layout, DmaMemory memory, long address) {
        super(device, layout, memory, address);
    }

    @Override
    final void open(PacketPool pool) {
        fill(pool, slots, depth);
        use(pool);
        refill();
    }

    /** The pool, if a batch is of it and the device is as it was; null if the device is not. */
    final PacketPool ready(PacketBatch batch) {
        final PacketPool pool = poolOf(batch);
        return !attention || device.attend(this) ? pool : null;
    }

    /** Forgets what was begun: the device starts again. */
    final void forget() {
        rest = 0;
        left = 0;
    }

    /**
     * Begins what may be several buffers: a device that keeps the order may write one element for them, with id and
     * length of the last (2.7.9, 2.8.8).
     *
     * @param seen how many buffers were seen before; slots go round
     * @param most how many they can be
     */
    final void begin(long used, int seen, int most) {
        element = used;
        left = 1 + ((slot((int) used) - seen) & (depth - 1));
        if (left > most) {
            throw device.misbehaved(VirtioTrouble.wrongId(name, (int) used, slots, chain));
        }
    }

    /** Its next buffer, as an element of its own. All but the last were used completely. */
    final long next(int seen) {
        left--;
        long id = (long) (seen & (depth - 1)) * chain;
        return left == 0 ? element : (long) (header + PacketPool.ROOM) << 32 | id;
    }

    /**
     * Puts the frame in a used buffer into a batch, or drops and counts it.
     *
     * @param length what the device says that it wrote, behind the header
     * @return the buffer that takes its place with the device
     */
    final int replace(int buffer, int length, PacketPool pool, PacketBatch batch) {
        if (Integer.compareUnsigned(length - ETHERNET_HEADER, LONGEST) <= 0
                && rest == 0
                && (length < PacketPool.ROOM || !mergeable || buffersOf(buffer, pool) == 1)) {
            int fresh = allocate(pool);
            if (fresh < 0 && findBuffers(pool)) {
                fresh = allocate(pool);
            }
            if (fresh >= 0) {
                int packet = batch.size();
                buffers(batch)[packet] = buffer;
                lengths(batch)[packet] = length;
                noteLength(batch, length);
                setSize(batch, packet + 1);
                packets++;
                bytes += length;
                return fresh;
            }
            poolEmpty++;
            return buffer;
        }
        drop(buffer, length, pool);
        return buffer;
    }

    /**
     * How many buffers a frame has, as its header says. Only a frame that fills its first can have more (5.1.6.4.1), so this
     * line, which the device has just written, is fetched for no other.
     */
    private static int buffersOf(int buffer, PacketPool pool) {
        return Short.toUnsignedInt(RawMemory.getShort(address(pool, buffer) - 2));
    }

    /** Counts a frame that is broken, or comes in several buffers, which a frame never needs (5.1.6.4), once. */
    private void drop(int buffer, int length, PacketPool pool) {
        if (rest > 0) {
            rest--;
            return;
        }
        broken++;
        if (mergeable && length >= PacketPool.ROOM) {
            int buffers = buffersOf(buffer, pool); // 0 is nonsense, and more than there are descriptors too
            rest = buffers <= depth ? Math.max(0, buffers - 1) : 0;
        }
    }

    @Override
    public final long packets() {
        return packets;
    }

    @Override
    public final long bytes() {
        return bytes + FCS * packets;
    }

    @Override
    public final long dropped() {
        return broken + poolEmpty + unread;
    }

    @Override
    public final RxInterrupt interrupt() {
        return device.interrupt(this);
    }

    /** Wants an interrupt at the next used buffer. */
    abstract void arm();

    /** Wants none any more. */
    abstract void disarm();

    /** Whether a buffer was used that no one took, or the device is to be asked what happened. */
    final boolean isReady() {
        return attention || pending() > 0;
    }

    /** How many buffers the device used that no one took. */
    abstract int pending();

    @Override
    final void stopped() {
        if (isOpen()) {
            unread += pending();
            release();
        }
    }
}
