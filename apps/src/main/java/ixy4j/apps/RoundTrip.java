package ixy4j.apps;

import ixy4j.apps.traffic.Returns;
import ixy4j.apps.traffic.Sender;

/** Sends frames and takes back what comes of them. */
final class RoundTrip implements PacketThread.Step {
    private static final long SILENCE = 100_000_000; // ns without a frame, after which none is waited for
    private static final long PATIENCE = 2_000_000_000; // ns; RFC 2544, 26.1, has two seconds

    private final Sender sender;
    private final Returns returns;
    private long first; // when the first frames were handed over, 0 before
    private long last; // when the last were
    private int lastWent; // how many those were

    RoundTrip(Sender sender, Returns returns) {
        this.sender = sender;
        this.returns = returns;
    }

    @Override
    public int turn() {
        sender.fill();
        long time = returns.now();
        int went = sender.transmit();
        returns.sent(went, time);
        if (went > 0) {
            first = first == 0 ? time : first;
            last = time;
            lastWent = went;
        }
        int came = returns.receive();
        return sender.isDone() ? DONE : went + came;
    }

    /** The rate at which frames were handed over, in Mpps; 0 if there were not two at different times. */
    double offered() {
        return last == first ? 0 : (sender.handedOver() - lastWent) * 1e3 / (last - first);
    }

    /** What is still on its way counts, as long as it comes soon. */
    @Override
    public void end() {
        long begin = returns.now();
        long latest = begin;
        for (long now = begin;
                returns.lost() > 0 && now - latest < SILENCE && now - begin < PATIENCE;
                now = returns.now()) {
            if (returns.receive() > 0) {
                latest = now;
            }
        }
    }
}
