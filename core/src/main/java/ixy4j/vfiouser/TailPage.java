package ixy4j.vfiouser;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.memory.RawMemory;
import java.util.concurrent.locks.LockSupport;

/**
 * Memory of ours that stands in for tails of a card which shares none: queues write tails there as they would into a
 * register, and a thread sends those that changed. A tail that moved twice meanwhile is sent once, which is what a card
 * would have seen that looked only then. No tail can come back to the value sent last without being sent in between, since
 * a card never gets further than to the tail that it knows, and a ring is never filled up to its own beginning.
 */
final class TailPage implements AutoCloseable {
    /** How many tails there can be: more than any Intel card has. */
    static final int TAILS = 512;

    private static final int STRIDE = 128; // two lines of the cache, as processors fetch them in pairs
    private static final long PAUSE = 50_000; // ns between looks while nothing changes; the kernel adds about as much

    /** Where tails are sent to. */
    interface Sender {
        /** Sends a tail without waiting for an answer; throws where nobody takes it. */
        void send(int offset, int tail);
    }

    private final Sender sender;
    private final long memory =
            Linux.call("mmap", 0, TAILS * STRIDE, Abi.PROT_READ_WRITE, Abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    private final int[] offsets = new int[TAILS]; // in the BAR
    private final int[] sent = new int[TAILS];
    private int count; // tails in use; this and the arrays are guarded by this
    private Thread thread; // null before the first tail
    private Throwable bug; // which ended the thread
    private volatile boolean closed;

    TailPage(Sender sender) {
        this.sender = sender;
    }

    /**
     * Our address of the tail register at an offset in the BAR, always the same; -1 if there is no room left.
     *
     * @param value what the register has, for the first time that it is asked for
     */
    synchronized long address(int offset, int value) {
        int index = find(offset);
        if (index == TAILS) {
            return -1;
        }
        if (index == count) {
            offsets[index] = offset;
            sent[index] = value;
            RawMemory.setIntRelease(slot(index), value);
            count++;
        }
        if (thread == null) {
            thread = Thread.ofPlatform().name("ixy4j-vfio-user-tails").daemon().start(this::run);
        }
        return slot(index);
    }

    private long slot(int index) {
        return memory + (long) index * STRIDE;
    }

    private int find(int offset) {
        int index = 0;
        while (index < count && offsets[index] != offset) {
            index++;
        }
        return index;
    }

    /** The register was written otherwise: what is in our memory for it is what the card has. */
    synchronized void wasSet(int offset, int value) {
        int index = find(offset);
        if (index < count) {
            sent[index] = value;
            RawMemory.setIntRelease(slot(index), value);
        }
    }

    /** Sends the tails that changed; whether there were any. Allocates nothing. */
    synchronized boolean flush() {
        if (bug != null) {
            throw new IxyException("the thread that sends tails has ended: " + bug, bug);
        }
        boolean any = false;
        for (int i = 0; i < count; i++) {
            // Acquire: what the tail hands over was written before it, and is seen by whoever reads the message.
            int tail = RawMemory.getIntAcquire(slot(i));
            if (tail != sent[i]) {
                sent[i] = tail;
                sender.send(offsets[i], tail);
                any = true;
            }
        }
        return any;
    }

    private void run() {
        try {
            while (!closed) {
                if (!flush()) {
                    LockSupport.parkNanos(PAUSE);
                }
            }
        } catch (IxyException e) {
            // The connection has ended, and keeps the reason for whoever reads a register next.
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                bug = e;
            }
        }
    }

    /** Ends its thread and unmaps the memory, which no queue writes to any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Thread running = thread;
            if (running != null) {
                LockSupport.unpark(running);
                Ending.of(running);
            }
            Retired.memory(this, memory, TAILS * STRIDE);
        }
    }
}
