package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.spi.DmaMemory;
import java.util.concurrent.locks.LockSupport;

/** The control queue (5.1.6.5): one command at a time, in three descriptors: class and command, data, answer. */
final class ControlQueue {
    static final int RX = 0; // a class, and its commands
    static final int RX_PROMISC = 0;
    static final int MAC = 1;
    static final int MAC_ADDR_SET = 1;
    static final int MQ = 4;
    static final int MQ_VQ_PAIRS_SET = 0;

    private static final int NO_ANSWER = 0xff;
    private static final int SCRATCH = 64; // bytes for one command and its answer
    private static final int DATA = 8; // offset there
    private static final int ANSWER = 32;

    final Virtqueue virtqueue;
    private final String address;
    private final long scratch;
    private final SplitRing split; // one of them is null
    private final PackedRing packed;
    private int next; // descriptor of a split virtqueue
    private boolean isAwaited; // an answer, so that nothing else can be asked

    ControlQueue(Transport transport, int index, int size, boolean isPacked, DmaMemory memory, long at) {
        virtqueue = new Virtqueue(index, size, memory, at);
        address = transport.address();
        scratch = at + Virtqueue.bytes(size);
        split = isPacked ? null : new SplitRing(virtqueue, transport);
        packed = isPacked ? new PackedRing(virtqueue, transport) : null;
        restart();
    }

    /** How much memory it takes. */
    static long memory(int size) {
        return Virtqueue.bytes(size) + SCRATCH;
    }

    void restart() {
        next = 0;
        isAwaited = false;
        if (split != null) {
            split.restart();
        } else {
            packed.restart();
        }
    }

    /**
     * Gives a command and waits a second for the answer. If that comes later, the next command throws it away.
     *
     * @param data at most 8 bytes, the first in bits 7:0
     * @param what it is, for the message if it fails
     */
    void command(int commandClass, int command, long data, int bytes, String what) {
        if (isAwaited) {
            await("answer what it was asked before, and then to " + what);
        }
        give(commandClass, command, data, bytes);
        isAwaited = true;
        await(what);
        int answer = Byte.toUnsignedInt(RawMemory.getByteAcquire(scratch + ANSWER));
        if (answer != 0) {
            throw VirtioTrouble.command(address, what, answer);
        }
    }

    private void give(int commandClass, int command, long data, int bytes) {
        RawMemory.setShort(scratch, (short) (commandClass | command << 8));
        RawMemory.setLong(scratch + DATA, data);
        RawMemory.setByte(scratch + ANSWER, (byte) NO_ANSWER);
        long iova = virtqueue.memory().iova(scratch);
        if (split != null) {
            // Descriptors go round, as a device that keeps the order wants it (2.7.5).
            split.put(next);
            descriptor(iova, 2, VirtioQueue.NEXT);
            descriptor(iova + DATA, bytes, VirtioQueue.NEXT);
            descriptor(iova + ANSWER, 1, VirtioQueue.WRITE);
            split.publish();
        } else {
            packed.put(iova, 2, 0, VirtioQueue.NEXT);
            packed.put(iova + DATA, bytes, 0, VirtioQueue.NEXT);
            packed.put(iova + ANSWER, 1, 0, VirtioQueue.WRITE);
            packed.publish();
        }
    }

    private void await(String what) {
        long deadline = System.nanoTime() + 1_000_000_000L;
        while (!isAnswered()) {
            if (System.nanoTime() - deadline > 0) {
                throw VirtioTrouble.command(address, what, -1);
            }
            LockSupport.parkNanos(20_000);
        }
        isAwaited = false;
    }

    private boolean isAnswered() {
        if (split != null && split.ready() > 0) {
            split.next();
            return true;
        }
        if (packed != null && packed.isUsed()) {
            packed.seen += 3; // one used descriptor for the three
            return true;
        }
        return false;
    }

    private void descriptor(long iova, int length, int flags) {
        long descriptor = virtqueue.descriptors() + 16L * next;
        next = (next + 1) & (virtqueue.size() - 1);
        RawMemory.setLong(descriptor, iova);
        RawMemory.setInt(descriptor + 8, length);
        RawMemory.setInt(descriptor + 12, flags | next << 16);
    }
}
