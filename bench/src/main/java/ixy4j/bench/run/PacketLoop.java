package ixy4j.bench.run;

import ixy4j.linux.Affinity;

/** The thread that moves packets, and what it takes the time of. */
abstract class PacketLoop extends Thread {
    private final int cpu;
    private volatile boolean stopped;
    private volatile boolean measuring;
    private volatile Throwable failure;

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

    /** Ends the loop and waits for it; an error that ended it before is thrown here. */
    final void end() throws InterruptedException {
        stopped = true;
        join();
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
