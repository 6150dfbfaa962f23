package ixy4j.packet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A channel for one packet: the second takes the buffer that came back for the first, which nobody may still look at. */
@JCStressTest
@Outcome(
        id = {"0, 0", "0, 1", "1, 0", "1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "in order, as far as they came")
@Outcome(expect = Expect.FORBIDDEN, desc = "a packet was written to after it was received")
@State
public class ChannelWayBackStress {
    private final Pools pools = new Pools();
    private final PacketPool sender = pools.pool(2);
    private final PacketPool receiver = pools.pool(1);
    private final PacketChannel channel = PacketChannel.between(sender, receiver, 1);
    private final PacketBatch out = sender.batch(1);
    private final PacketBatch in = receiver.batch(1);

    /** The sender, whose pool has one buffer but for that in the channel. */
    @Actor
    public void send() {
        for (int i = 1; i <= 2; i++) {
            if (out.add(60) >= 0) {
                out.set32(0, 20, i);
            }
            channel.send(out);
        }
    }

    /** The receiver: gives the buffer of the first packet back in exchange for the second. */
    @Actor
    public void receive(II_Result r) {
        r.r1 = receiveOne();
        r.r2 = receiveOne();
    }

    private int receiveOne() {
        int value = channel.receive(in) == 0 ? 0 : (int) in.get32(0, 20);
        in.free();
        return value;
    }
}
