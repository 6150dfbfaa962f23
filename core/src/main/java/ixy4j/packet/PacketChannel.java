package ixy4j.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands packets from one thread to another, without a copy, a lock or an allocation. Each thread has a pool of its own, both
 * in the same memory ({@link PacketPool#split}), and one of them only sends, the other only receives; for the way back there
 * is another channel.
 *
 * <p>It is a ring, and works as that of a network card does: in each slot a packet goes one way, and a free buffer comes back
 * in exchange. So each pool has as many buffers as ever, but for those in the slots, which come from the sender's pool when
 * the channel is made. What the receiver has no free buffer for stays in the channel.
 */
public final class PacketChannel {
    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int TAIL = 16; // in longs: lines of the cache of their own, and of the prefetcher's pairs
    private static final int HEAD = 32;
    private static final int WORDS = 48;

    private final PacketPool sender;
    private final PacketPool receiver;
    private final int[] buffers;
    private final int[] lengths;
    private final long[] indices = new long[WORDS]; // how many packets were sent, and how many received
    private long headSeen; // the sender's; by the receiver's, the other line needs not travel for each call

    private PacketChannel(PacketPool sender, PacketPool receiver, int capacity) {
        this.sender = sender;
        this.receiver = receiver;
        buffers = new int[capacity];
        lengths = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            buffers[i] = sender.allocate();
            sender.leave(buffers[i]);
        }
    }

    /**
     * A channel; to be made before its threads begin, or by the sender's.
     *
     * @param capacity packets, a power of two from 1 to 65536; the sender's pool gives a buffer for each
     * @throws IllegalArgumentException if the pools do not share memory, or the sender's has too few free buffers
     */
    public static PacketChannel between(PacketPool sender, PacketPool receiver, int capacity) {
        if (capacity < 1 || capacity > 1 << 16 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "a channel has room for 1 to 65536 packets, a power of two, not " + capacity);
        }
        if (sender.equals(receiver) || !sender.memory.equals(receiver.memory)) {
            throw new IllegalArgumentException("a channel joins two pools of the same memory: split one");
        }
        if (sender.available() < capacity) {
            throw new IllegalArgumentException("a channel for " + capacity
                    + " packets needs as many free buffers, but the" + " sender's pool has " + sender.available());
        }
        return new PacketChannel(sender, receiver, capacity);
    }

    /** How many packets can be under way. */
    public int capacity() {
        return buffers.length;
    }

    /**
     * Sends packets from the front of a batch, as many as there is room for; never waits. What is not taken stays in the
     * batch, as with {@link TxQueue#transmit}. Holes are closed first.
     *
     * @return how many were taken
     * @throws IllegalArgumentException if the batch is not of the sender's pool
     */
    public int send(PacketBatch batch) {
        check(batch, sender, "sender");
        batch.compact();
        final long tail = indices[TAIL];
        final int count = Math.min(batch.size, room(tail, batch.size));
        for (int i = 0; i < count; i++) {
            put(tail + i, batch.buffers[i], batch.lengths[i]);
        }
        if (count > 0) {
            batch.removeFirst(count);
            publish(TAIL, tail + count);
        }
        return count;
    }

    /**
     * Sends one packet, and leaves a hole in its batch.
     *
     * @return whether there was room for it; if not, nothing has changed
     */
    public boolean send(PacketBatch batch, int packet) {
        check(batch, sender, "sender");
        int length = batch.checkPacket(packet);
        long tail = indices[TAIL];
        if (room(tail, 1) == 0) {
            return false;
        }
        put(tail, batch.leave(packet), length);
        publish(TAIL, tail + 1);
        return true;
    }

    /**
     * Puts packets that were sent into a batch, behind those in it, as far as it has room; never waits.
     *
     * @return how many were put
     * @throws IllegalArgumentException if the batch is not of the receiver's pool
     */
    public int receive(PacketBatch batch) {
        check(batch, receiver, "receiver");
        final long head = indices[HEAD];
        // Acquire: packets, and what their sender wrote into them, are read after the count that says they are there.
        final long sent = (long) INDEX.getAcquire(indices, TAIL) - head;
        final int room = Math.min(batch.capacity() - batch.size, sent == 0 ? 0 : receiver.available());
        final int count = (int) Math.min(sent, room);
        for (int i = 0; i < count; i++) {
            int slot = (int) (head + i) & (buffers.length - 1);
            int packet = buffers[slot];
            int free = receiver.allocate();
            receiver.leave(free);
            receiver.adopt(packet);
            buffers[slot] = free;
            batch.append(packet, lengths[slot]);
        }
        if (count > 0) {
            receiver.noteMoves(sender); // which the sender's thread wrote before it sent
            publish(HEAD, head + count);
        }
        return count;
    }

    private void check(PacketBatch batch, PacketPool pool, String end) {
        if (batch.pool != pool) {
            throw new IllegalArgumentException(
                    "a batch is of another pool than that of the " + end + " of this channel: they must be the same");
        }
    }

    /** How many slots are free, of those wanted: asks the other end only if what is known of it is not enough. */
    private int room(long tail, int wanted) {
        if (buffers.length - (tail - headSeen) < wanted) {
            // Acquire: the free buffer in a slot is read after the count that says it is there.
            headSeen = (long) INDEX.getAcquire(indices, HEAD);
        }
        return (int) (buffers.length - (tail - headSeen));
    }

    private void put(long index, int packet, int length) {
        int slot = (int) index & (buffers.length - 1);
        int free = buffers[slot];
        sender.leave(packet);
        sender.adopt(free);
        buffers[slot] = packet;
        lengths[slot] = length;
        sender.free(free);
    }

    /** Release: the other end sees slots, and packets, before the count. */
    private void publish(int index, long count) {
        INDEX.setRelease(indices, index, count);
    }
}
