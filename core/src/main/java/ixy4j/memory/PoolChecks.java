package ixy4j.memory;

import java.util.BitSet;

/** The checking mode of a pool: who has which buffer, and which thread uses the pool. */
final class PoolChecks {
    private final int capacity;
    private final BitSet taken;
    private Thread owner;

    PoolChecks(int capacity) {
        this.capacity = capacity;
        this.taken = new BitSet(capacity);
    }

    void allocated(int id) {
        thread();
        if (taken.get(id)) {
            throw new IllegalStateException("buffer " + id + " is allocated twice: the pool's stack is damaged");
        }
        taken.set(id);
    }

    void allocated(int[] ids, int start, int count) {
        for (int i = start; i < start + count; i++) {
            allocated(ids[i]);
        }
    }

    void freed(int id) {
        thread();
        if (id < 0 || id >= capacity) {
            throw new IllegalStateException("buffer " + id + " is not of this pool, which has 0 to " + (capacity - 1));
        }
        if (!taken.get(id)) {
            throw new IllegalStateException("buffer " + id + " is freed twice, or was never allocated");
        }
        taken.clear(id);
    }

    void freed(int[] ids, int start, int count) {
        for (int i = start; i < start + count; i++) {
            freed(ids[i]);
        }
    }

    private void thread() {
        Thread current = Thread.currentThread();
        if (owner == null) {
            owner = current;
        } else if (owner != current) {
            throw new IllegalStateException("a pool of " + owner + " is used by " + current);
        }
    }
}
