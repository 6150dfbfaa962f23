package ixy4j.bench.run;

import ixy4j.linux.Affinity;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/** The thread that moves packets, and what it takes the time of. */
abstract class PacketLoop extends Thread {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int cpu;
    private volatile boolean stopped;
    private volatile boolean measuring;
    private volatile Throwable failure;
    private long wallStart;
    private long cpuStart;

    PacketLoop(int cpu) {
        super("packets");
        this.cpu = cpu;
        setDaemon(true);
    }

    @Override
    public final void run() {
        try {
            if (cpu >= 0) {
                Affinity.pin(cpu);
            }
            loop();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Runs until it is {@link #isStopped()}. */
    abstract void loop();

    /** Ends its sleep, where it sleeps. */
    void wake() {
        // it polls
    }

    final boolean isStopped() {
        return stopped;
    }

    /** Whether what happens now counts. */
    final boolean isMeasuring() {
        return measuring;
    }

    /** From now on, or no more. */
    final void setMeasuring(boolean on) {
        measuring = on;
    }

    /** From now on it is looked at how much of its processor it has. */
    final void beginTiming() {
        wallStart = System.nanoTime();
        cpuStart = THREADS.getThreadCpuTime(threadId());
    }

    /** Up to now. */
    final void endTiming(Map<String, Double> figures) {
        long cpu = THREADS.getThreadCpuTime(threadId());
        if (cpu > 0 && cpuStart >= 0) { // -1 if the thread has ended
            figures.put(Outcome.SHARE, Math.min(1, (double) (cpu - cpuStart) / (System.nanoTime() - wallStart)));
        }
    }

    /** Ends the loop and waits for it; an error that ended it before is thrown here. */
    final void end() throws InterruptedException {
        stopped = true;
        wake();
        join();
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
