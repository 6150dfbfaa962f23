package ixy4j;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that this program ends: by Ctrl-C (SIGINT), SIGTERM or SIGHUP, or {@link #request()}. The JVM then waits until this
 * is closed, at most 15 seconds, so that the program can leave its loop, give its cards back and say what it did:
 *
 * <pre>{@code
 * try (Stop stop = Stop.onSignals();
 *         Device card = Device.open(address)) {
 *     while (!stop.isRequested()) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * It is opened before the cards, so that it is closed after them. May be used by any thread.
 */
public final class Stop implements AutoCloseable {
    // In ms. A device of another process that hangs takes 5 s to be closed; to wait for one to come takes 10.
    private static final long LIMIT = 15_000;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "stop");
    private final long limit;
    private final Set<IdleStrategy> sleepers =
            Collections.newSetFromMap(new WeakHashMap<>()); // those that are in use; guarded by itself

    private Stop(long limit) {
        this.limit = limit;
    }

    /** From now on, a JVM that is to end waits for this to be closed; so does {@code System.exit} of whoever has it. */
    public static Stop onSignals() {
        return onSignals(LIMIT);
    }

    static Stop onSignals(long limit) {
        Stop stop = new Stop(limit);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Whether the program is to end. Cheap enough to be asked for each batch. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Has the program end, as a signal does. */
    public void request() {
        requested.countDown();
        synchronized (sleepers) {
            sleepers.forEach(IdleStrategy::wake);
        }
    }

    /** Has a request end the sleep of a thread that idles by this strategy, which is returned: held as long as somebody has it. */
    public <S extends IdleStrategy> S wakes(S strategy) {
        synchronized (sleepers) {
            sleepers.add(strategy);
        }
        if (isRequested()) {
            strategy.wake();
        }
        return strategy;
    }

    /**
     * Waits until the program is to end, or some time has passed; whether it is to end.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    private void end() {
        request();
        try {
            if (!closed.await(limit, TimeUnit.MILLISECONDS)) {
                System.err.println(
                        "ixy4j: not ended within " + limit / 1000 + " s, so cards may not have been given back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // a hook that is to end
        }
    }

    /** The program has ended what it had begun; the JVM may end. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending: the hook runs, and ends now
        }
    }
}
