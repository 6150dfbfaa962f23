package ixy4j.apps;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and SIGTERM: the command stops, gives its cards back and prints its totals, and only then the JVM ends. */
final class StopSignal {
    private static final CountDownLatch REQUESTED = new CountDownLatch(1);
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile int exitCode;

    private StopSignal() {}

    /** Installs the handler. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(StopSignal::stop, "stop"));
    }

    private static void stop() {
        if (FINISHED.getCount() == 0) {
            return; // no signal: the end of the command
        }
        REQUESTED.countDown();
        try {
            FINISHED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode); // the JVM itself would say 130 or 143, though all went well
    }

    /** Waits until a time has passed or a signal came; whether a signal came. */
    static boolean await(long nanos) throws InterruptedException {
        return REQUESTED.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the process. */
    static void exit(int code) {
        exitCode = code;
        FINISHED.countDown();
        System.exit(code);
    }
}
