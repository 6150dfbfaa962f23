package ixy4j.bench.harness;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C and SIGTERM: what runs is ended, what was measured is written, and only then the JVM ends. */
final class Interruption {
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean came;
    private static volatile int exitCode;

    private Interruption() {}

    /** From now on a signal ends these processes and interrupts the calling thread. */
    static void install(Processes processes) {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(processes, main), "stop"));
    }

    private static void stop(Processes processes, Thread main) {
        if (FINISHED.getCount() == 0) {
            return; // no signal: the end of the command
        }
        came = true;
        processes.close();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly); // JMH starts its own
        main.interrupt();
        try {
            FINISHED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** Whether a signal came. */
    static boolean came() {
        return came;
    }

    /** Ends the process. */
    static void exit(int code) {
        exitCode = code;
        FINISHED.countDown();
        System.exit(code);
    }
}
