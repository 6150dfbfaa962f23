package ixy4j.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IdleStrategy;
import ixy4j.linux.Linux;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import java.lang.foreign.Arena;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver that sleeps, with a thread that plays its card. */
public final class Sleeper {
    /** How many frames it receives; {@code -Dixy4j.frames=N} is more. */
    public static final int FRAMES = Integer.getInteger("ixy4j.frames", 5000);

    private Sleeper() {}

    /** Whether the eventfd is readable, which it is no longer then. */
    public static boolean fired(RxInterrupt interrupt) {
        try (Arena arena = Arena.ofConfined()) {
            return Linux.attempt(
                            "read", interrupt.descriptor(), arena.allocate(8, 8).address(), 8)
                    == 8;
        }
    }

    /**
     * The next frame comes when the one before was received, after a pause of any length. One that is slept through lies there
     * until the sleep ends by its limit, a second later.
     *
     * @param arrive lets a frame arrive
     * @param step a round of the card
     */
    public static void receivesEach(RxQueue queue, PacketPool pool, Runnable arrive, Runnable step)
            throws InterruptedException {
        AtomicInteger received = new AtomicInteger();
        long seed = System.nanoTime();
        Thread player = Thread.ofPlatform().daemon().start(() -> {
            Random random = new Random(seed);
            for (int i = 0; i < FRAMES; i++) {
                arrive.run();
                while (received.get() <= i) {
                    step.run();
                }
                for (int pause = random.nextInt(3000); pause > 0; pause--) {
                    Thread.onSpinWait();
                }
            }
        });
        PacketBatch batch = pool.batch(8);
        RxInterrupt interrupt = queue.interrupt();
        int late = 0;
        try (IdleStrategy idle = IdleStrategy.interrupt(queue)) {
            while (received.get() < FRAMES) {
                int frames = queue.receive(batch);
                batch.free();
                received.addAndGet(frames);
                long before = System.nanoTime();
                idle.idle(received.get() < FRAMES ? frames : 1);
                boolean limit = System.nanoTime() - before > 990_000_000;
                late += limit && interrupt.isReady() ? 1 : 0;
                assertTrue(late < 2, "slept through, seed " + seed); // once may be a machine that stood still
            }
        }
        player.join();
    }
}
