package ixy4j.model;

import ixy4j.linux.EventFd;
import ixy4j.linux.Poller;
import ixy4j.model.wire.Wire;
import java.util.Arrays;

/**
 * How the thread of the cards sleeps. A driver's access to a register wakes it, and a frame on a wire that can say so, as a TAP can.
 * A tail is memory, which says nothing, so it looks every 100 µs and, once nothing has happened for a while, every
 * millisecond; but every 100 µs as long as a wire has to be asked. A driver that itself sleeps touches a register when it wakes.
 */
final class CardSleep {
    private static final long SHORT = 40_000; // ns; the kernel adds about 50 µs
    private static final long LONG = 1_000_000; // ns
    private static final long QUIET = 10_000_000; // ns without work, before it sleeps for long

    private final EventFd wakeup = new EventFd();
    private int[] descriptors = {wakeup.descriptor()};
    private Poller poller = new Poller(1, descriptors);
    private boolean everyWireTells;
    private boolean deaf; // a frame on a wire ended the last sleep; were it not taken, it would end each
    private volatile boolean asleep;

    /** From now on it is woken; a look at the cards follows. */
    void begin() {
        asleep = true;
    }

    /**
     * Sleeps.
     *
     * @param idle how long nothing has happened, in ns
     */
    void sleep(EmulatedCard[] cards, long idle) {
        find(cards);
        long nanos = everyWireTells && idle > QUIET ? LONG : SHORT;
        deaf = poller.await(nanos, deaf ? 1 : descriptors.length) > 0;
    }

    /** It is awake. */
    void end() {
        asleep = false;
    }

    void wake() {
        if (asleep) {
            asleep = false;
            wakeup.signal();
        }
    }

    /** What there is to wait for. Wires come and go. */
    private void find(EmulatedCard[] cards) {
        int[] found = new int[1 + cards.length];
        int count = 1;
        found[0] = wakeup.descriptor();
        boolean all = true;
        for (EmulatedCard card : cards) {
            int descriptor = card.wire().descriptor();
            all &= descriptor != Wire.ASK;
            if (descriptor >= 0) {
                found[count++] = descriptor;
            }
        }
        everyWireTells = all;
        found = Arrays.copyOf(found, count);
        if (!Arrays.equals(found, descriptors)) {
            descriptors = found;
            poller = new Poller(1, found);
        }
    }
}
