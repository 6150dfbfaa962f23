package ixy4j.bench.run;

import ixy4j.linux.Affinity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How far apart two processors are: a number goes from one to the other and back through a line of the cache, again and again.
 * A virtual machine does not know whether its processors are two threads of one core or two cores, and its host may change
 * that at any time; rates differ by a factor of two to three between the two.
 */
final class Placement {
    private static final VarHandle BALL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int AT = 16; // in longs: away from what else is in the line of the array's header
    private static final int SETS = 60; // until the first 40 are over, the JIT has compiled what is measured
    private static final int COUNTED = 20; // whose median counts: a processor may be taken away in some
    private static final int ROUNDS = 4000;

    private final long[] ball = new long[2 * AT];
    private volatile Throwable failure;

    private Placement() {}

    /** How long a line takes from one processor to another, in ns. Takes some tens of milliseconds. */
    static double handover(int from, int to) throws InterruptedException {
        return new Placement().measure(from, to);
    }

    private double measure(int from, int to) throws InterruptedException {
        double[] nanos = new double[SETS];
        Thread there = start(from, () -> send(nanos));
        Thread back = start(to, this::answer);
        there.join();
        back.join();
        if (failure != null) {
            throw new IllegalStateException(
                    "the distance of processors " + from + " and " + to + " is unknown: " + failure);
        }
        Arrays.sort(nanos, SETS - COUNTED, SETS);
        return nanos[SETS - COUNTED / 2];
    }

    private Thread start(int cpu, Runnable player) {
        Thread thread = new Thread(
                () -> {
                    Affinity.pin(cpu);
                    player.run();
                },
                "placement");
        thread.setUncaughtExceptionHandler((ended, e) -> failure = e);
        thread.start();
        return thread;
    }

    private void send(double[] nanos) {
        long number = 0;
        for (int set = 0; set < SETS; set++) {
            long start = System.nanoTime();
            for (int i = 0; i < ROUNDS; i++) {
                BALL.setRelease(ball, AT, ++number);
                await(-number);
            }
            nanos[set] = (System.nanoTime() - start) / (2.0 * ROUNDS);
        }
    }

    private void answer() {
        for (long number = 1; number <= (long) SETS * ROUNDS; number++) {
            await(number);
            BALL.setRelease(ball, AT, -number);
        }
    }

    private void await(long number) {
        while ((long) BALL.getAcquire(ball, AT) != number && failure == null) {
            Thread.onSpinWait();
        }
    }
}
