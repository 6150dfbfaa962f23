package ixy4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays all running cards of this process in one thread, in turn: two cards and their driver then fill two processors,
 * not three. It starts with the first card and ends with the last. When nothing happens it first spins, then sleeps for
 * so short that a frame is not late by more than 100 µs.
 */
public final class CardThread {
    private static final int SPINS = 2000; // rounds without work before it sleeps
    private static final long SLEEP = 40_000; // ns; the kernel adds about 50 µs

    private static final List<EmulatedCard> CARDS = new ArrayList<>();
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
    }

    /** Plays it no more; it may be in the middle of a last round. */
    public static void remove(EmulatedCard card) {
        synchronized (CARDS) {
            CARDS.remove(card);
            running = CARDS.toArray(new EmulatedCard[0]);
        }
    }

    private static void run() {
        int idle = 0;
        while (!ends()) {
            boolean work = false;
            for (EmulatedCard card : running) {
                work |= step(card);
            }
            idle = work ? 0 : idle + 1;
            if (idle > SPINS) {
                LockSupport.parkNanos(SLEEP);
            } else if (idle > 0) {
                Thread.onSpinWait();
            }
        }
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
