package ixy4j.packet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Packets that were sent come in their order and with their contents, or not yet; and no buffer is lost. */
@JCStressTest
@Outcome(id = "0, 0, 22, 12", expect = Expect.ACCEPTABLE, desc = "nothing is there yet")
@Outcome(id = "1, 2, 22, 12", expect = Expect.ACCEPTABLE, desc = "both are there")
@Outcome(expect = Expect.FORBIDDEN, desc = "what was published together came in part, empty, or in disorder")
@State
public class ChannelStress {
    private final Pools pools = new Pools();
    private final PacketPool sender = pools.pool(4);
    private final PacketPool receiver = pools.pool(2);
    private final PacketChannel channel = PacketChannel.between(sender, receiver, 2);
    private final PacketBatch out = sender.batch(2);
    private final PacketBatch in = receiver.batch(2);
    private int order;

    /** Two packets that have nothing in them yet. */
    public ChannelStress() {
        for (int i = 0; i < 2; i++) {
            out.add(60);
            out.set32(i, 20, 0);
        }
    }

    /** The sender. */
    @Actor
    public void send() {
        out.set32(0, 20, 1);
        out.set32(1, 20, 2);
        channel.send(out);
    }

    /** The receiver. */
    @Actor
    public void receive(IIII_Result r) {
        int count = channel.receive(in);
        r.r1 = count > 0 ? (int) in.get32(0, 20) : 0;
        r.r2 = count > 1 ? (int) in.get32(1, 20) : 0;
    }

    /** What is left. */
    @Arbiter
    public void count(IIII_Result r) {
        channel.receive(in);
        order = (int) (10 * in.get32(0, 20) + in.get32(1, 20));
        in.free();
        r.r3 = 10 * sender.available() + receiver.available();
        r.r4 = order;
    }
}
