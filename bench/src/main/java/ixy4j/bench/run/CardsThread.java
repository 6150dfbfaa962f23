package ixy4j.bench.run;

import ixy4j.linux.Affinity;
import ixy4j.vfiouser.Ending;

/** The thread that plays cards in memory. It never sleeps, so that no frame waits for it to wake up. */
final class CardsThread implements AutoCloseable {
    /** One round of all cards. */
    interface Round {
        /** Whether there was anything to do. */
        boolean turn();
    }

    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /**
     * Starts it.
     *
     * @param cpu the processor that it stays on, -1 for any
     */
    CardsThread(int cpu, Round round) {
        thread = new Thread(() -> run(cpu, round), "cards");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int cpu, Round round) {
        try {
            if (cpu >= 0) {
                Affinity.pin(cpu);
            }
            while (!stopped) {
                if (!round.turn()) {
                    Thread.onSpinWait();
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Why it ended before its time, in one line; null if it did not. */
    String complaint() {
        return failure == null ? null : "the cards ended: " + failure;
    }

    @Override
    public void close() {
        stopped = true;
        Ending.of(thread); // or it might play cards that are closed
    }
}
