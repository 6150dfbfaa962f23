package ixy4j.apps;

import ixy4j.IxyException;

/** Ends a command that would wait for ever for a card that takes no frame any more. Asked once a second. */
final class Stall {
    /** Seconds without a frame, after which none is to be expected. */
    static final int PATIENCE = 10;

    private final String card;
    private final long count;
    private final double pause;
    private long before;
    private int seconds;

    /**
     * Begins to watch.
     *
     * @param count frames that are to be sent
     * @param pause seconds that may lie between two of them
     */
    Stall(String card, long count, double pause) {
        this.card = card;
        this.count = count;
        this.pause = pause;
    }

    /**
     * Looks after a second.
     *
     * @param sent frames so far
     * @throws IxyException if none has been sent for too long
     */
    void second(long sent) {
        seconds = sent == before ? seconds + 1 : 0;
        before = sent;
        if (seconds >= PATIENCE + pause) {
            throw new IxyException(card + " has taken no frame for " + seconds + " s: " + (count - sent) + " of "
                    + count + " are not sent");
        }
    }
}
