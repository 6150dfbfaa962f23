package ixy4j.packet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two queues are closed while the pool's own thread looks for buffers: each buffer comes back, and once. */
@JCStressTest
@Outcome(
        id = {"2, 8", "5, 8", "8, 8"},
        expect = Expect.ACCEPTABLE,
        desc = "those of none, one or both, and all at last")
@Outcome(expect = Expect.FORBIDDEN, desc = "a buffer was lost, came twice, or in part")
@State
public class ClosingStress {
    /** A queue that has three buffers, known by the thread of the pool only. */
    static final class Queue extends PacketQueue {
        private final int[] slots = new int[3];

        Queue(PacketPool pool) {
            super("a queue");
            fill(pool, slots, slots.length);
            use(pool);
        }

        @Override
        public void close() {
            shut();
            release();
        }

        @Override
        protected void giveBack(PacketPool pool) {
            free(pool, slots, 0, slots.length);
        }
    }

    private final PacketPool pool = new Pools().pool(8);
    private final Queue first = new Queue(pool);
    private final Queue second = new Queue(pool);

    /** Another thread. */
    @Actor
    public void close() {
        first.close();
        second.close();
        first.close();
    }

    /** The pool's own thread. */
    @Actor
    public void take(II_Result r) {
        r.r1 = pool.available();
    }

    /** What is left. */
    @Arbiter
    public void count(II_Result r) {
        r.r2 = pool.available();
    }
}
