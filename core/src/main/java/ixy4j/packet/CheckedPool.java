package ixy4j.packet;

import ixy4j.spi.DmaMemory;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReference;

/** A pool that knows which buffers are taken, and who is in it, for tests. */
final class CheckedPool extends PacketPool {
    private final BitSet taken = new BitSet();
    private final AtomicReference<Thread> user = new AtomicReference<>();
    private volatile RuntimeException failure; // the first that was found

    private CheckedPool(DmaMemory memory, int[] buffers, boolean isWhole) {
        super(memory, buffers, isWhole);
    }

    /** As the type of its superclass, so that callers need not know this class. */
    static PacketPool of(DmaMemory memory, int[] buffers, boolean isWhole) {
        return new CheckedPool(memory, buffers, isWhole);
    }

    @Override
    int allocate() {
        enter();
        int buffer = super.allocate();
        if (buffer >= 0) {
            allocated(buffer);
        }
        user.set(null);
        return buffer;
    }

    @Override
    int allocate(int[] buffers, int start, int count) {
        enter();
        int got = super.allocate(buffers, start, count);
        for (int i = start; i < start + got; i++) {
            allocated(buffers[i]);
        }
        user.set(null);
        return got;
    }

    @Override
    void free(int buffer) {
        enter();
        freed(buffer);
        super.free(buffer);
        user.set(null);
    }

    @Override
    void free(int[] buffers, int start, int count) {
        enter();
        for (int i = start; i < start + count; i++) {
            freed(buffers[i]);
        }
        super.free(buffers, start, count);
        user.set(null);
    }

    @Override
    void leave(int buffer) {
        enter();
        freed(buffer);
        user.set(null);
    }

    @Override
    void adopt(int buffer) {
        enter();
        allocated(buffer);
        user.set(null);
    }

    private void allocated(int buffer) {
        int id = index(buffer);
        if (taken.get(id)) {
            throw found("buffer " + id + " is allocated twice: the pool's stack is damaged");
        }
        taken.set(id);
    }

    private void freed(int buffer) {
        int id = index(buffer);
        if (buffer < 0 || !taken.get(id)) {
            throw found("buffer " + id + " is freed twice, or was never allocated");
        }
        taken.clear(id);
    }

    /** Finds a second thread by chance, but never wrongly. After a failure the pool stays unusable. */
    private void enter() {
        Thread thread = Thread.currentThread();
        Thread other = user.compareAndExchange(null, thread);
        RuntimeException failure = this.failure;
        if (failure != null) {
            throw new IllegalStateException("a pool is used after it failed: " + failure.getMessage(), failure);
        }
        if (thread.equals(other)) {
            throw new IllegalStateException("a pool is used after one of its calls failed");
        }
        if (other != null) {
            throw new IllegalStateException("a pool is used by " + thread + " while " + other + " is in it");
        }
    }

    private IllegalStateException found(String what) {
        IllegalStateException found = new IllegalStateException(what);
        failure = found;
        return found;
    }
}
