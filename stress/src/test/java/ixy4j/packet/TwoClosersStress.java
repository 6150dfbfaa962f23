package ixy4j.packet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads close the same queues: each gives its buffers back once. */
@JCStressTest
@Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "all are back")
@Outcome(expect = Expect.FORBIDDEN, desc = "a buffer was lost, or came twice")
@State
public class TwoClosersStress {
    private final PacketPool pool = new Pools().pool(8);
    private final ClosingStress.Queue first = new ClosingStress.Queue(pool);
    private final ClosingStress.Queue second = new ClosingStress.Queue(pool);

    /** One. */
    @Actor
    public void close() {
        first.close();
        second.close();
    }

    /** The other. */
    @Actor
    public void closeToo() {
        second.close();
        first.close();
    }

    /** What is there then. */
    @Arbiter
    public void count(I_Result r) {
        r.r1 = pool.available();
    }
}
