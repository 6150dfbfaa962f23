package ixy4j.apps;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The end of a command before its time: by Ctrl-C, SIGTERM and SIGHUP, by output that cannot be written, by an error on a
 * thread. The command stops, gives its cards back and prints its totals, and only then the JVM ends; one that does not stop
 * is ended all the same.
 */
final class StopSignal {
    private static final long LIMIT = 15_000_000_000L; // ns; a server that hangs has 5 s for each of two cards
    private static final CountDownLatch REQUESTED = new CountDownLatch(1);
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static final Set<Thread> WAITING = new HashSet<>(); // for others, so to be interrupted; guarded by itself
    private static volatile boolean shuttingDown;
    private static volatile boolean failed; // on a thread of its own
    private static volatile int exitCode = 1;

    /** A command was told to end while it waited for others. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(RuntimeException cause) {
            super(cause);
        }
    }

    private StopSignal() {}

    /** Installs the handlers, of signals and of what a thread throws that nobody catches. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(StopSignal::stop, "stop"));
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            Failure.tellOfThread(error);
            failed = true;
            request();
            // Others may wait for this thread, so another one begins the end, which has a limit then.
            new Thread(() -> System.exit(1), "end").start();
        });
    }

    private static void stop() {
        if (FINISHED.getCount() == 0) {
            return; // no signal: the end of the command
        }
        try {
            shuttingDown = true;
            request();
            long end = System.nanoTime() + LIMIT;
            while (!FINISHED.await(100, TimeUnit.MILLISECONDS)) {
                interruptWaiting(); // again, for one that came to wait just now
                if (System.nanoTime() - end > 0) {
                    giveUp();
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(exitCode); // the JVM itself would say 130 or 143, though all went well
    }

    /** Ends the process as it is; says which threads of ours are in the way. */
    static void giveUp() {
        try {
            Output.ERR.print("ixy: not ended within " + LIMIT / 1_000_000_000
                    + " s, so cards may not have been given back: " + Failure.whereabouts());
            Output.ERR.drainSoon();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** By when anyone who was told to stop at a time should have done so, for {@link System#nanoTime}. */
    static long deadline() {
        return System.nanoTime() + LIMIT;
    }

    /** Has the command end. */
    static void request() {
        REQUESTED.countDown();
        interruptWaiting();
    }

    private static void interruptWaiting() {
        synchronized (WAITING) {
            WAITING.forEach(Thread::interrupt);
        }
    }

    /** Whether the command is to end. */
    static boolean isRequested() {
        return REQUESTED.getCount() == 0;
    }

    /** Whether the JVM is ending, by a signal or an error on some thread: what is not done soon is not done at all. */
    static boolean isShuttingDown() {
        return shuttingDown;
    }

    /** Waits until a time has passed or the command is to end; whether it is. */
    static boolean await(long nanos) throws InterruptedException {
        return REQUESTED.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Does something that may wait for others, until the command is to end.
     *
     * @throws Stopped if it failed because of that, or did not begin
     */
    static <T> T untilStopped(Supplier<T> action) {
        enter();
        try {
            return action.get();
        } catch (RuntimeException e) {
            throw isRequested() ? new Stopped(e) : e;
        } finally {
            leave();
        }
    }

    /** From now on this thread is interrupted when the command is to end. */
    static void enter() {
        synchronized (WAITING) {
            WAITING.add(Thread.currentThread());
            if (isRequested()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** From now on it is not, and no interrupt is left. */
    @SuppressWarnings("ThreadInterrupted") // it has served its purpose
    static void leave() {
        synchronized (WAITING) {
            WAITING.remove(Thread.currentThread());
            Thread.interrupted();
        }
    }

    /** Ends the process, after all that was printed is read, or nobody reads it. */
    static void exit(int code) {
        int last = 1;
        try {
            last = finishOutput() && !failed ? code : Math.max(code, 1);
        } catch (RuntimeException | Error e) {
            last = 1;
        } finally {
            end(last);
        }
    }

    private static void end(int code) {
        exitCode = code;
        FINISHED.countDown();
        try {
            System.exit(code);
        } finally { // where there is no memory even for that
            Runtime.getRuntime().halt(code);
        }
    }

    /** Whether standard output got all that it should. */
    private static boolean finishOutput() {
        boolean all = Output.OUT.drain();
        if (Output.OUT.failure() != null) {
            Output.ERR.print("ixy: " + Output.OUT.failure());
        } else if (!all) {
            Output.ERR.print("ixy: nobody reads standard output: the end of it is lost");
        }
        if (Output.OUT.dropped() > 0) {
            Output.ERR.print("ixy: " + Output.OUT.dropped()
                    + " lines of standard output were left out: nobody read them in time");
        }
        Output.ERR.drainSoon();
        return all;
    }
}
