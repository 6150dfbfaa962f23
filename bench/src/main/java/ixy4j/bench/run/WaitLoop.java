package ixy4j.bench.run;

import ixy4j.IdleStrategy;

/** Forwards, and waits where there is nothing to forward. */
final class WaitLoop extends PacketLoop {
    private final Direction there;
    private final Direction back; // null for one way
    private final IdleStrategy idle;

    WaitLoop(int cpu, Direction there, Direction back, IdleStrategy idle) {
        super(cpu);
        this.there = there;
        this.back = back;
        this.idle = idle;
    }

    @Override
    void loop() {
        while (!isStopped()) {
            int moved = there.forward() + (back == null ? 0 : back.forward());
            idle.idle(moved, there.kept() + (back == null ? 0 : back.kept()));
        }
    }

    @Override
    void wake() {
        idle.wake();
    }
}
