package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.RxQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No frame is slept through, whenever it comes. A wake-up that is lost is a test that hangs: these sleep for hours. */
@Timeout(60)
class SleepTest {
    private static final long HOURS = 10_000_000_000_000L; // ns
    private static final int FRAMES = Integer.getInteger("ixy4j.frames", 5000);

    /** The moments at which a frame can come. */
    enum Moment {
        BEFORE_IT_IS_ARMED,
        BETWEEN_ARMING_AND_LOOKING,
        BETWEEN_LOOKING_AND_SLEEPING,
        IN_ITS_SLEEP
    }

    @ParameterizedTest
    @EnumSource
    void aFrameWakesWheneverItComes(Moment moment) {
        for (int which = 0; which < 2; which++) {
            try (PlayedQueue first = new PlayedQueue();
                    PlayedQueue second = new PlayedQueue();
                    Sleep sleep = new Sleep(HOURS, first, second)) {
                PlayedQueue queue = which == 0 ? first : second;
                switch (moment) {
                    case BEFORE_IT_IS_ARMED -> queue.frame();
                    case BETWEEN_ARMING_AND_LOOKING -> queue.afterArming = queue::frame;
                    case BETWEEN_LOOKING_AND_SLEEPING -> queue.afterLooking = queue::frame;
                    case IN_ITS_SLEEP -> later(queue::frame);
                }
                sleep.sleep();
                assertEquals(1, queue.take());
            }
        }
    }

    private static void later(Runnable what) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                return; // nobody does that
            }
            what.run();
        });
    }

    @Test
    void anInterruptOfAFrameThatWasTakenWakesOnceForNothing() {
        try (PlayedQueue queue = new PlayedQueue();
                Sleep sleep = new Sleep(HOURS, queue)) {
            queue.afterLooking = queue::frame;
            sleep.sleep();
            queue.afterLooking = () -> {};
            assertEquals(1, queue.take());
            later(queue::frame);
            sleep.sleep();
            assertEquals(1, queue.take());
            assertEquals(2, queue.interrupts, "and none while it was not armed");
        }
    }

    @Test
    void itIsWokenBeforeItSleepsAndInItsSleep() {
        try (PlayedQueue queue = new PlayedQueue();
                Sleep sleep = new Sleep(HOURS, queue)) {
            sleep.wake();
            sleep.sleep();
            later(sleep::wake);
            sleep.sleep();
            assertEquals(0, queue.take());
        }
    }

    @Test
    void aRequestToStopWakes() throws InterruptedException {
        try (PlayedQueue queue = new PlayedQueue();
                Stop stop = Stop.onSignals();
                IdleStrategy strategy = stop.wakes(IdleStrategy.interrupt(queue))) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> {
                while (!stop.isRequested()) {
                    strategy.idle(queue.take());
                }
                ended.countDown();
            });
            stop.request();
            ended.await();
            assertTrue(stop.isRequested());
        }
    }

    @Test
    void aCardThatNeverStopsIsSlowedDownAndNamed() {
        List<String> said = new ArrayList<>();
        Logger log = Logger.getLogger("ixy4j");
        Handler handler = new Listener(said);
        log.addHandler(handler);
        try (PlayedQueue queue = new PlayedQueue();
                Sleep sleep = new Sleep(HOURS, queue)) {
            queue.storm = true;
            while (said.isEmpty()) {
                sleep.sleep();
            }
            String text = said.getFirst();
            assertTrue(text.startsWith("WARNING the queue that is played is interrupted again and again"), text);
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                sleep.sleep();
            }
            assertTrue(System.nanoTime() - start >= 10_000_000, "a millisecond each");
            assertEquals(List.of(text), said, "told once");
            queue.storm = false;
            queue.frame();
            sleep.sleep();
            assertEquals(1, queue.take());
        } finally {
            log.removeHandler(handler);
        }
    }

    /** Notes what is logged. */
    private static final class Listener extends Handler {
        private final List<String> said;

        Listener(List<String> said) {
            this.said = said;
        }

        @Override
        public void publish(LogRecord message) {
            said.add(message.getLevel() + " " + message.getMessage());
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void aQueueWithoutInterruptsIsRefused() {
        RxQueue queue = batch -> 0;
        String message = assertThrows(IxyException.class, () -> IdleStrategy.adaptive(queue))
                .getMessage();
        assertTrue(message.endsWith(" has no interrupts: poll"), message);
    }

    /** One thread brings frames with random pauses, each after the one before was taken, and another sleeps. */
    @Test
    @Timeout(3600)
    void noneWaitsForTheNext() throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (PlayedQueue queue = new PlayedQueue();
                Sleep sleep = new Sleep(HOURS, queue)) {
            Thread source = Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < FRAMES; i++) {
                    queue.frame();
                    while (queue.isReady()) {
                        Thread.onSpinWait();
                    }
                    for (int pause = random.nextInt(2000); pause > 0; pause--) {
                        Thread.onSpinWait();
                    }
                }
            });
            int taken = 0;
            while (taken < FRAMES) {
                sleep.sleep();
                int now = queue.take();
                assertTrue(now <= 1, "seed " + seed);
                taken += now;
            }
            source.join();
            assertFalse(queue.isReady());
        }
    }

    @Test
    void adaptiveLearnsHowLongToPoll() {
        try (PlayedQueue queue = new PlayedQueue();
                Sleep sleep = new Sleep(HOURS, queue)) {
            AdaptiveIdle idle = new AdaptiveIdle(sleep);
            long longest = idle.patience();
            queue.afterLooking = () -> later(queue::frame); // long after it fell asleep
            for (int i = 0; i < 8; i++) {
                idleUntilAFrame(idle, queue);
            }
            long shortest = idle.patience();
            assertTrue(shortest < longest / 8, "polling was in vain: " + shortest + " ns");
            queue.afterLooking = queue::frame; // at once
            for (int i = 0; i < 1000 && idle.patience() <= shortest; i++) {
                idleUntilAFrame(idle, queue);
            }
            assertTrue(idle.patience() > shortest, "sleep was in vain");
        }
    }

    /** What waits for room to be sent interrupts nobody, so who has some does not sleep for hours. */
    @Test
    void whoKeepsFramesRestsForAMoment() {
        try (PlayedQueue queue = new PlayedQueue();
                Sleep sleep = new Sleep(HOURS, queue);
                AdaptiveIdle adaptive = new AdaptiveIdle(sleep);
                InterruptIdle interrupt = new InterruptIdle(sleep)) {
            for (IdleStrategy idle : new IdleStrategy[] {adaptive, interrupt}) {
                long end = System.nanoTime() + 2_000_000;
                while (System.nanoTime() < end) {
                    idle.idle(0, 7);
                }
            }
            assertEquals(0, queue.interrupts);
        }
    }

    private static void idleUntilAFrame(AdaptiveIdle idle, PlayedQueue queue) {
        while (queue.take() == 0) {
            idle.idle(0);
        }
        idle.idle(1);
    }
}
