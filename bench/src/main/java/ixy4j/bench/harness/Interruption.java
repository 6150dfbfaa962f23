package ixy4j.bench.harness;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C and SIGTERM: what runs is ended, what was measured is written, and only then the JVM ends. */
final class Interruption {
    private static final int SIGNAL_DELAY = 300; // ms
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean came;
    private static volatile int exitCode;
    private static Thread measuring; // null where nothing is to be interrupted; under the lock of this class

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
        came = true;
        processes.close();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly); // JMH starts its own
        interrupt();
        try {
            FINISHED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
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
     * @throws InterruptedException where a signal came
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
        System.exit(code);
    }
}
