package ixy4j.packet;

/**
 * How a thread can sleep until a receive queue has frames, for those who sleep in a loop of their own;
 * {@link ixy4j.IdleStrategy} does it for all others. The order is what matters, or a frame that comes at the wrong moment
 * wakes nobody: {@link #arm}, then look whether it {@link #isReady}, and only then wait at the descriptor; after
 * that, read 8 bytes of it, or an eventfd stays readable (an interface's descriptor refuses that, and need not be read), and
 * {@link #disarm}. Belongs to the queue's thread.
 */
public interface RxInterrupt {
    /**
     * The descriptor of a file that an interrupt makes readable: an eventfd, or for an interface by AF_XDP an epoll(7) file, readable as long
     * as there are frames. Open until the card is closed, which ends a poll(2) of it.
     */
    int descriptor();

    /** Asks for an interrupt at the next frame. Of one that has come already, there may be none. */
    void arm();

    /** Asks for none any more: who polls does not want to be interrupted. One may be under way. */
    void disarm();

    /** Whether a frame has come that was not received. */
    boolean isReady();
}
