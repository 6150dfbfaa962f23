package ixy4j.intel;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.Pools;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.Spaces;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The property of {@code StoreOrderTest}: what a tail hands over to the card is written before it, descriptor and frame. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "nothing was handed over yet")
@Outcome(id = "1, 60, 42", expect = Expect.ACCEPTABLE, desc = "a frame, complete")
@Outcome(expect = Expect.FORBIDDEN, desc = "the tail came before what it hands over")
@State
public class TailStress {
    private static final int SIZE = 64; // descriptors
    private static final int BYTES = 2048; // for a ring, and a tail behind it
    private static final int TESTS = 4096; // at once, at most
    private static final DmaMemory MEMORY = DmaMemory.allocate((long) TESTS * BYTES, Spaces.VIRTUAL);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final long ring = MEMORY.address() + (long) (NEXT.getAndIncrement() & (TESTS - 1)) * BYTES;
    private final long tail = ring + SIZE * 16 + 512;
    private final PacketPool pool = new Pools().pool(8);
    private final long delta = Pools.delta(pool); // from our addresses to those of the card
    private final PacketBatch batch = pool.batch(1);
    private final AdvancedTxQueue queue = new AdvancedTxQueue("a queue", ring, SIZE, tail, () -> {});

    /** An empty ring, where another was before. */
    public TailStress() {
        RawMemory.setLong(ring, 0);
        RawMemory.setLong(ring + 8, 0);
        RawMemory.setInt(tail, 0);
        queue.open(pool);
        batch.add(60);
        batch.set32(0, 20, 0);
    }

    /** The driver. */
    @Actor
    public void transmit() {
        batch.set32(0, 20, 42);
        queue.transmit(batch);
    }

    /** The card, which knows where the buffer is. */
    @Actor
    public void send(III_Result r) {
        r.r1 = RawMemory.getIntAcquire(tail);
        if (r.r1 == 1) {
            r.r2 = (int) RawMemory.getLong(ring + 8) & 0xffff;
            r.r3 = Integer.reverseBytes(RawMemory.getInt(RawMemory.getLong(ring) - delta + 20));
        }
    }
}
