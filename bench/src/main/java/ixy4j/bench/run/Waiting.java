package ixy4j.bench.run;

import ixy4j.IdleStrategy;
import ixy4j.packet.RxQueue;

/** What a packet thread does while its receive queues have nothing: the ways of the library, and the rules of others. */
public enum Waiting {
    /** Polls on. */
    POLL("poll"),
    /** Sleeps at once. */
    INTERRUPT("interrupt"),
    /** Polls for a while, and learns how long that should be. */
    ADAPTIVE("adaptive"),
    /** Polls while more than 1.2 Mpps came on average, as ixy does. */
    AVERAGE("ixy's rule"),
    /** Sleeps after 300 polls without a frame, as l3fwd-power of DPDK does. */
    EMPTY_POLLS("l3fwd-power's rule");

    private final String text;

    Waiting(String text) {
        this.text = text;
    }

    /** Its name for a reader. */
    public String text() {
        return text;
    }

    IdleStrategy over(RxQueue... queues) {
        return switch (this) {
            case POLL -> IdleStrategy.poll();
            case INTERRUPT -> IdleStrategy.interrupt(queues);
            case ADAPTIVE -> IdleStrategy.adaptive(queues);
            case AVERAGE -> new AverageIdle(IdleStrategy.interrupt(queues));
            case EMPTY_POLLS -> new EmptyPollsIdle(IdleStrategy.interrupt(queues));
        };
    }
}
