package ixy4j.apps;

import ixy4j.apps.traffic.Returns;
import ixy4j.apps.traffic.Sender;

/** Sends frames and takes back what comes of them. */
final class RoundTrip implements PacketThread.Step {
    private static final long SILENCE = 100_000_000; // ns without a frame, after which none is waited for
    private static final long PATIENCE = 2_000_000_000; // ns; RFC 2544, 26.1, has two seconds

    private final Sender sender;
    private final Returns returns;

    RoundTrip(Sender sender, Returns returns) {
        this.sender = sender;
        this.returns = returns;
    }

    @Override
    public int turn() {
        long time = returns.now();
        int went = sender.turn();
        returns.sent(went, time);
        int came = returns.receive();
        return sender.isDone() ? DONE : went + came;
    }

    /** What is still on its way counts, as long as it comes soon. */
    @Override
    public void end() {
        long begin = returns.now();
        long last = begin;
        for (long now = begin;
                returns.lost() > 0 && now - last < SILENCE && now - begin < PATIENCE;
                now = returns.now()) {
            if (returns.receive() > 0) {
                last = now;
            }
        }
    }
}
