package ixy4j.bench.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far apart the processors of two threads are at this moment: when it is asked for, they leave their work and hand a number to
 * and fro through a line of the cache, for some ten microseconds. A virtual machine does not know whether its processors are two
 * threads of one core or two cores, and its host may change that at any time; rates differ by a factor of two to three between
 * the two.
 */
final class Handover {
    private static final VarHandle BALL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int AT = 16; // in longs: away from what else is in the line of the array's header
    private static final int UNCOUNTED = 20; // round trips until both are at it
    private static final int COUNTED = 100;
    private static final long PATIENCE = 10_000_000; // ns

    private final long[] ball = new long[2 * AT]; // odd: to be answered
    private volatile int asked;
    private int done; // of the thread that sends
    private volatile double nanos = Double.NaN;

    /** Asks for one; what the last one gave, in ns, NaN if there was none. For any thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread asks
    double ask() {
        asked++;
        return nanos;
    }

    /** What the last one gave, in ns, NaN if there was none. For any thread. */
    double last() {
        return nanos;
    }

    /** Called by the one thread now and then: sends, if somebody asked. */
    void send() {
        if (asked != done) {
            done = asked;
            nanos = measure();
        }
    }

    private double measure() {
        long deadline = System.nanoTime() + PATIENCE;
        long start = 0;
        for (int i = 0; i < UNCOUNTED + COUNTED; i++) {
            if (i == UNCOUNTED) {
                start = System.nanoTime();
            }
            BALL.setRelease(ball, AT, 2L * i + 1);
            while ((long) BALL.getAcquire(ball, AT) != 2L * i + 2) {
                Thread.onSpinWait();
                if (System.nanoTime() - deadline > 0) {
                    BALL.setRelease(ball, AT, 0L);
                    return Double.NaN; // the other has ended, or gets no time
                }
            }
        }
        long end = System.nanoTime();
        BALL.setRelease(ball, AT, 0L);
        return (double) (end - start) / (2 * COUNTED);
    }

    /** Called by the other thread all the time: answers until there is nothing more to answer. */
    void answer() {
        long number = (long) BALL.getAcquire(ball, AT);
        while (number != 0) {
            if ((number & 1) != 0) {
                BALL.compareAndSet(ball, AT, number, number + 1); // unless the other has given up
            } else {
                Thread.onSpinWait();
            }
            number = (long) BALL.getAcquire(ball, AT);
        }
    }
}
