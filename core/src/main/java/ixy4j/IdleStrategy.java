package ixy4j;

import ixy4j.packet.RxQueue;

/**
 * What a thread does whose receive queues had nothing: it polls on, or sleeps until an interrupt. The thread calls
 * {@link #idle} after each turn over all of its queues:
 *
 * <pre>{@code
 * try (IdleStrategy strategy = stop.wakes(IdleStrategy.adaptive(rx))) {
 *     while (!stop.isRequested()) {
 *         int frames = rx.receive(batch) + tx.transmit(batch);
 *         strategy.idle(frames, batch.size());
 *     }
 * }
 * }</pre>
 *
 * It belongs to that thread, but for {@link #wake}, and is closed before the cards.
 */
public interface IdleStrategy extends AutoCloseable {
    /**
     * Called after each turn. Allocates nothing.
     *
     * @param moved how many frames were received or sent in it; at 0 it may wait
     * @param kept how many wait for room to be sent: as nothing interrupts when there is some, it waits for a moment only
     */
    void idle(int moved, int kept);

    /** The same for a thread that keeps none. */
    default void idle(int moved) {
        idle(moved, 0);
    }

    /** Ends its sleep, or the next one if it does not sleep now; by any thread. */
    default void wake() {}

    @Override
    default void close() {}

    /** Polls on, whatever happens: the fastest, and a whole processor. */
    static IdleStrategy poll() {
        return (moved, kept) -> {};
    }

    /**
     * Sleeps whenever there is nothing: the least processor time at low rates.
     *
     * @param queues all that the thread receives from
     * @throws IxyException if one of them has no interrupts
     */
    static IdleStrategy interrupt(RxQueue... queues) {
        return new InterruptIdle(new Sleep(queues));
    }

    /**
     * Polls on for a while, and sleeps then. How long it polls is learned: the longer, the more often a frame came soon after it
     * fell asleep, so that it polls where frames come close to one another and sleeps where they do not.
     *
     * @param queues all that the thread receives from
     * @throws IxyException if one of them has no interrupts
     */
    static IdleStrategy adaptive(RxQueue... queues) {
        return new AdaptiveIdle(new Sleep(queues));
    }
}
