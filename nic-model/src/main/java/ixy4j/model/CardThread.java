package ixy4j.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Plays all running cards of this process in one thread, in turn: two cards and their driver then fill two processors,
 * not three. It starts with the first card and ends with the last. When nothing happens it first spins, then sleeps: as
 * {@link CardSleep} says.
 */
public final class CardThread {
    private static final long SPIN = 200_000; // ns without work before it sleeps

    private static final List<EmulatedCard> CARDS = new ArrayList<>();
    private static final CardSleep SLEEP = new CardSleep();
    private static volatile EmulatedCard[] running = {};
    private static Thread thread;

    private CardThread() {}

    /** Plays a card from now on. */
    public static void add(EmulatedCard card) {
        synchronized (CARDS) {
            CARDS.add(card);
            running = CARDS.toArray(new EmulatedCard[0]);
            if (thread == null) {
                thread = Thread.ofPlatform().name("ixy4j-model").daemon().start(CardThread::run);
            }
        }
        wake();
    }

    /** Plays it no more; it may be in the middle of a last round. */
    public static void remove(EmulatedCard card) {
        synchronized (CARDS) {
            CARDS.remove(card);
            running = CARDS.toArray(new EmulatedCard[0]);
        }
        wake();
    }

    /** A driver has done something, so cards that sleep are to look. Costs next to nothing while they do not; for any thread. */
    public static void wake() {
        SLEEP.wake();
    }

    private static void run() {
        long idleSince = 0;
        while (!ends()) {
            EmulatedCard[] cards = running;
            if (round(cards)) {
                idleSince = 0;
                continue;
            }
            long now = System.nanoTime();
            idleSince = idleSince == 0 ? now : idleSince;
            if (now - idleSince < SPIN) {
                Thread.onSpinWait();
            } else {
                SLEEP.begin();
                if (!round(cards)) { // a driver that came before begin() woke nobody
                    SLEEP.sleep(cards, now - idleSince);
                } else {
                    idleSince = 0;
                }
                SLEEP.end();
            }
        }
    }

    private static boolean round(EmulatedCard[] cards) {
        boolean work = false;
        for (EmulatedCard card : cards) {
            work |= step(card);
        }
        return work;
    }

    private static boolean ends() {
        if (running.length > 0) {
            return false;
        }
        synchronized (CARDS) {
            if (CARDS.isEmpty()) {
                thread = null;
                return true;
            }
            return false;
        }
    }

    /** A card that cannot go on ends; the others do not. */
    private static boolean step(EmulatedCard card) {
        try {
            return card.step();
        } catch (RuntimeException | Error e) {
            card.fail(e);
            return true;
        }
    }
}
