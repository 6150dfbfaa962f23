package ixy4j.bench.harness;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and SIGTERM: what runs is ended, what was measured is written, and only then the JVM ends. */
final class Interruption {
    private static final int SIGNAL_DELAY = 300; // ms
    private static final int LIMIT = 15; // s: what runs is killed, so all that is left is to write some files
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean came;
    private static volatile int exitCode = 1;
    private static Thread measuring; // null if nothing is to be interrupted; under the lock of this class

    private Interruption() {}

    /** From now on a signal ends these processes and interrupts the calling thread. */
    static synchronized void install(Processes processes) {
        measuring = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(processes), "stop"));
    }

    /** From now on a signal only waits until all is written: an interrupt would make that fail. */
    @SuppressWarnings("ThreadInterrupted") // it has served its purpose
    static synchronized void release() {
        measuring = null;
        Thread.interrupted();
    }

    private static void stop(Processes processes) {
        if (FINISHED.getCount() == 0) {
            return; // no signal: the end of the command
        }
        try {
            came = true;
            processes.close();
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly); // JMH starts its own
            interrupt();
            if (!FINISHED.await(LIMIT, TimeUnit.SECONDS)) {
                giveUp();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            exitCode = 1;
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Says so, where somebody reads that: nobody may read what else is printed, which is what the command waits for then. */
    private static void giveUp() throws InterruptedException {
        exitCode = 1;
        Thread saying = Thread.ofPlatform()
                .daemon()
                .start(() -> System.err.println("ixy: not ended within " + LIMIT
                        + " s: nobody reads what is printed, or a file cannot be written"));
        saying.join(1000);
    }

    private static synchronized void interrupt() {
        if (measuring != null) {
            measuring.interrupt();
        }
    }

    /** Whether a signal came. */
    static boolean came() {
        return came;
    }

    /**
     * Something that this process had started failed. Ctrl-C goes to all processes of a terminal, so the end of that one may
     * be seen before the signal that ended it.
     *
     * @throws InterruptedException if a signal came
     */
    static void awaitSignal() throws InterruptedException {
        Thread.sleep(SIGNAL_DELAY); // a signal ends this sleep
        if (came) {
            throw new InterruptedException();
        }
    }

    /** Ends the process. */
    static void exit(int code) {
        exitCode = code;
        FINISHED.countDown();
        try {
            System.exit(code);
        } finally { // where there is no memory even for that
            Runtime.getRuntime().halt(code);
        }
    }
}
