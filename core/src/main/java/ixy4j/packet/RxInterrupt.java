package ixy4j.packet;

/**
 * How a thread can sleep until a receive queue has frames, for those who sleep in a loop of their own;
 * {@link ixy4j.IdleStrategy} does it for all others. The order is what matters, or a frame that comes at the wrong moment
 * wakes nobody: {@link #arm}, then look whether it {@link #isReady}, and only then wait at the descriptor; after that, read its 8 bytes, or it
 * stays readable, and {@link #disarm}. Belongs to the
 * queue's thread.
 */
public interface RxInterrupt {
    /** The descriptor of an eventfd that an interrupt makes readable; open until the card is closed, which ends a poll(2) of it. */
    int descriptor();

    /** Asks for an interrupt at the next frame. Of one that has come already, there may be none. */
    void arm();

    /** Asks for none any more: who polls does not want to be interrupted. One may be under way. */
    void disarm();

    /** Whether a frame has come that was not received. */
    boolean isReady();
}
