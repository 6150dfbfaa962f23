package ixy4j.bench.run;

/**
 * Forwards, and takes the time from each poll to the next; or does nothing, and takes the time from each turn to the next.
 * What a loop that does nothing sees is the machine's and the JVM's share of what the forwarder sees.
 */
final class GapLoop extends PacketLoop {
    private final Direction there;
    private final Direction back; // null for one way
    private final Handover handover; // null if nobody answers
    private final Gaps polls = new Gaps();
    private final Gaps control = new Gaps();
    private volatile boolean idle;

    GapLoop(int cpu, Direction there, Direction back, Handover handover) {
        super(cpu);
        this.there = there;
        this.back = back;
        this.handover = handover;
    }

    /** From now on it does nothing, or forwards. */
    void setIdle(boolean nothing) {
        idle = nothing;
    }

    @Override
    void loop() {
        while (!isStopped()) {
            if (idle) {
                idle();
            } else {
                forward();
            }
        }
    }

    /** A gap counts where it began while it was measured: long ones would be missing more often otherwise. */
    private void forward() {
        final Direction there = this.there;
        final Direction back = this.back;
        long last = System.nanoTime();
        while (!idle && !isStopped()) {
            final boolean counts = isMeasuring();
            if (!counts) {
                handOver();
            }
            there.forward();
            if (back != null) {
                back.forward();
            }
            long now = System.nanoTime();
            if (counts) {
                polls.add(now, now - last);
            }
            last = now;
        }
    }

    private void idle() {
        long last = System.nanoTime();
        while (idle && !isStopped()) {
            final boolean counts = isMeasuring();
            if (!counts) {
                handOver();
            }
            long now = System.nanoTime();
            if (counts) {
                control.add(now, now - last);
            }
            last = now;
        }
    }

    private void handOver() {
        if (handover != null) {
            handover.send();
        }
    }

    /** Gaps between polls; when it has ended. */
    Gaps polls() {
        return polls;
    }

    /** Gaps of the loop that does nothing; when it has ended. */
    Gaps control() {
        return control;
    }
}
