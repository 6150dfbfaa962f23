package ixy4j;

import ixy4j.linux.EventFd;
import ixy4j.linux.Poller;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import ixy4j.telemetry.Log;
import ixy4j.telemetry.Telemetry;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Sleeps until one of several receive queues has frames, or somebody wakes it. */
final class Sleep implements AutoCloseable {
    private static final long LIMIT = 1_000_000_000; // ns; an interrupt that a card has lost costs no more
    private static final long SHORT = 1_000_000; // ns
    private static final long SOON = 100_000; // ns
    private static final long MOMENT = 50_000; // ns, to which the kernel adds as much
    private static final int STORM = 1000; // short sleeps in a row that brought nothing

    private final long limit;
    private final RxQueue[] queues;
    private final RxInterrupt[] interrupts;
    private final EventFd wakeup;
    private final Poller poller;
    private int vain; // sleeps in a row that were short and brought no work
    private boolean told;
    private long restingSince; // 0 if it was not since there was work

    Sleep(RxQueue... queues) {
        this(LIMIT, queues);
    }

    Sleep(long limit, RxQueue... queues) {
        this.limit = limit;
        this.queues = queues.clone();
        interrupts = Arrays.stream(queues).map(Sleep::interrupt).toArray(RxInterrupt[]::new);
        wakeup = new EventFd(); // not before: one of them may have thrown
        int[] descriptors = new int[interrupts.length + 1];
        for (int i = 0; i < interrupts.length; i++) {
            descriptors[i] = interrupts[i].descriptor();
        }
        descriptors[interrupts.length] = wakeup.descriptor();
        poller = new Poller(descriptors.length, descriptors);
    }

    private static RxInterrupt interrupt(RxQueue queue) {
        try {
            RxInterrupt interrupt = queue.interrupt();
            Log.debug(queue, ": who waits sleeps until an interrupt");
            return interrupt;
        } catch (IxyException e) {
            Log.debug(queue, ": who waits polls: ", e.getMessage());
            throw e;
        }
    }

    /**
     * Sleeps, if there is nothing. A frame that comes before it is armed is seen by the look that follows; one that comes after
     * that causes an interrupt, which the eventfd keeps.
     *
     * @return how long, in ns
     */
    long sleep() {
        if (vain >= STORM) {
            LockSupport.parkNanos(SHORT); // a card that never stops gets no more of this processor
        }
        long start = System.nanoTime();
        for (RxInterrupt interrupt : interrupts) {
            interrupt.arm();
        }
        int woken = isReady() ? -1 : poller.await(limit);
        for (RxInterrupt interrupt : interrupts) {
            interrupt.disarm();
        }
        long slept = System.nanoTime() - start;
        if (Telemetry.isRecording()) {
            Telemetry.slept(start, woken >= 0);
        }
        vain = slept < SHORT ? Math.min(vain + 1, STORM) : 0;
        if (vain == STORM && !told && woken >= 0 && woken < queues.length && !isReady()) {
            told = true;
            Log.warning(
                    queues[woken],
                    " is interrupted again and again although it has no frame, ",
                    STORM,
                    " times in a row: from now on it is looked at once a millisecond");
        }
        return slept;
    }

    private boolean isReady() {
        boolean ready = false;
        for (RxInterrupt interrupt : interrupts) {
            ready |= interrupt.isReady();
        }
        return ready;
    }

    /** Waits for room to send, of which nobody tells: at first it polls, since a card that sends has some soon. */
    void rest() {
        long now = System.nanoTime();
        restingSince = restingSince == 0 ? now : restingSince;
        if (now - restingSince < SOON) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(MOMENT);
        }
    }

    /** There was work since. */
    void worked() {
        vain = 0;
        restingSince = 0;
    }

    void wake() {
        wakeup.signal();
    }

    @Override
    public void close() {
        wakeup.close(this);
    }
}
