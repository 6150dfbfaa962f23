package ixy4j.apps;

import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.linux.Affinity;

/** The thread that moves packets: calls one step over and over, until it is told to stop or the step says it is done. */
final class PacketThread extends Thread {
    /** One turn. */
    interface Step {
        /**
         * Moves what there is to move, without waiting.
         *
         * @return how many frames were received or sent, or {@link #DONE}
         */
        int turn();

        /** How many frames wait for room to be sent. */
        default int kept() {
            return 0;
        }

        /** Nothing is to be done any more. */
        int DONE = -1;

        /** Ends what it began, in little time: called once after the last turn, on the same thread, also when it was stopped. */
        default void end() {}
    }

    private final Step step;
    private final IdleStrategy idle;
    private final Integer cpu; // null for any
    private volatile boolean stopped;
    private volatile Throwable failure;

    private PacketThread(Step step, IdleStrategy idle, Integer cpu) {
        super("packets");
        this.step = step;
        this.idle = idle;
        this.cpu = cpu;
        setDaemon(true); // where it does not stop, the command ends without it
    }

    /** Runs a step until it is done, its time is over or a signal comes; meanwhile each second reports. */
    static void run(RunOptions options, Step step, IdleStrategy idle, Reporter reporter) throws InterruptedException {
        run(options.cpu, options.seconds, step, idle, reporter::second);
    }

    /**
     * Runs a step for so many seconds.
     *
     * @param cpu the processor, null for any
     * @param eachSecond on this thread, when another second is over
     */
    static void run(Integer cpu, double seconds, Step step, IdleStrategy idle, Runnable eachSecond)
            throws InterruptedException {
        PacketThread thread = new PacketThread(step, idle, cpu);
        long start = System.nanoTime();
        thread.start();
        try {
            for (int second = 1; thread.isAlive() && second - 1 < seconds; second++) {
                double end = Math.min(second, seconds);
                if (thread.waitUntil(start + (long) (end * 1e9))) {
                    break;
                }
                if (end == second && thread.isAlive()) {
                    eachSecond.run();
                }
            }
        } finally {
            thread.end();
        }
        if (thread.failure instanceof RuntimeException e) {
            throw e;
        } else if (thread.failure instanceof Error e) {
            throw e;
        }
    }

    /** Whether a signal came before that time, or before this thread's end. */
    private boolean waitUntil(long time) throws InterruptedException {
        while (isAlive()) {
            long left = time - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (StopSignal.await(Math.min(left, 10_000_000))) {
                return true;
            }
        }
        return false;
    }

    /** Ends it; as long as it runs, no card can be closed, for it uses their memory. */
    private void end() throws InterruptedException {
        stopped = true;
        idle.wake();
        long deadline = StopSignal.deadline();
        for (join(100); isAlive(); join(100)) {
            interrupt(); // it may wait for a back end
            if (System.nanoTime() - deadline > 0) {
                StopSignal.giveUp();
            }
        }
    }

    @Override
    public void run() {
        StopSignal.enter();
        try {
            if (cpu != null) {
                Affinity.pin(cpu);
            }
            move(step);
        } catch (RuntimeException | Error e) {
            if (!(e instanceof IxyException && isInterrupted())) { // which only those who end it do
                failure = e;
            }
        } finally {
            StopSignal.leave();
        }
    }

    private void turns(Step step, IdleStrategy idle) {
        while (!stopped) {
            int moved = step.turn();
            if (moved == Step.DONE) {
                return;
            }
            idle.idle(moved, step.kept());
        }
    }

    private void move(Step step) {
        try {
            turns(step, idle);
            step.end();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e); // no argument of the user's: those were looked at before
        }
    }
}
