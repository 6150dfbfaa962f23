package ixy4j.bench.ring;

import ixy4j.packet.PacketPool;
import java.util.stream.IntStream;

/** The last one freed is the first taken, as in the driver. */
final class StackBuffers extends Buffers {
    private static final int TWO_KIB = 2048;

    private final int[] free;
    private int available;

    StackBuffers(PacketPool pool) {
        this(pool, RingQueue.drain(pool));
    }

    private StackBuffers(PacketPool pool, int[] free) {
        super(pool);
        this.free = free;
        available = free.length;
    }

    /** Buffers in the memory of that pool whose frames start each 2 KiB: fewer than the pool has. */
    static StackBuffers of2Kib(PacketPool pool) {
        int[] starts = RingQueue.drain(pool);
        int first = IntStream.of(starts).min().orElse(0);
        int last = IntStream.of(starts).max().orElse(0);
        return new StackBuffers(
                pool,
                IntStream.iterate(first, start -> start <= last, start -> start + TWO_KIB)
                        .toArray());
    }

    @Override
    int available() {
        return available;
    }

    @Override
    int take() {
        return free[--available];
    }

    @Override
    void give(int[] ids, int start, int count) {
        System.arraycopy(ids, start, free, available, count);
        available += count;
    }
}
