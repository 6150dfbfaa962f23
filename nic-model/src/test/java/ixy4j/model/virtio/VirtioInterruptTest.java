package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.DeviceOptions;
import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.linux.Linux;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import java.lang.foreign.Arena;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver that sleeps, on an emulated virtio device: step by step, and with a thread that plays the device. */
@Timeout(120)
class VirtioInterruptTest {
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final int FRAMES = Integer.getInteger("ixy4j.frames", 5000);

    /** Whether the eventfd is readable, which it is no longer then. */
    private static boolean fired(RxInterrupt interrupt) {
        try (Arena arena = Arena.ofConfined()) {
            return Linux.attempt(
                            "read", interrupt.descriptor(), arena.allocate(8, 8).address(), 8)
                    == 8;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptComesWhenItIsArmedAndForTheQueueThatHasFrames(VirtioKind kind) {
        try (VirtioBench bench = new VirtioBench(kind.options(1).pairs(2), OPTIONS.withQueues(2, 2));
                PacketPool pool = PacketPool.create(512, bench.device())) {
            RxQueue[] queues = {bench.device().rxQueue(0, pool), bench.device().rxQueue(1, pool)};
            RxInterrupt first = queues[0].interrupt();
            RxInterrupt other = queues[1].interrupt();
            PacketBatch batch = pool.batch(8);
            bench.settle();
            bench.arrive(new byte[60]);
            bench.settle();
            assertTrue(first.isReady());
            assertFalse(fired(first), "it is not armed");
            first.arm();
            other.arm();
            assertTrue(first.isReady(), "of what was used before, the look tells");
            assertEquals(1, queues[0].receive(batch));
            assertFalse(first.isReady());
            bench.settle();
            bench.arrive(new byte[60]);
            bench.settle();
            assertTrue(fired(first));
            assertFalse(fired(other));
            first.disarm();
            bench.arrive(new byte[60]);
            bench.settle();
            assertFalse(fired(first));
            assertEquals(2, queues[0].receive(batch));
            batch.free();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLIT", "PACKED"})
    void theCloseOfTheDeviceWakes(VirtioKind kind) throws InterruptedException {
        try (VirtioBench bench = new VirtioBench(kind.options(1), OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            IdleStrategy idle = IdleStrategy.interrupt(queue);
            Thread closing = Thread.ofPlatform().daemon().start(bench::close);
            PacketBatch batch = pool.batch(8);
            assertThrows(RuntimeException.class, () -> {
                while (true) {
                    idle.idle(queue.receive(batch));
                }
            });
            closing.join();
            idle.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLIT", "PACKED"})
    void itCannotKeepInterruptsApart(VirtioKind kind) {
        try (VirtioBench bench = new VirtioBench(kind.options(1), OPTIONS.withModeration(50));
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            String message = assertThrows(IxyException.class, queue::interrupt).getMessage();
            assertTrue(message.endsWith(" cannot keep interrupts apart: leave the moderation at 0"), message);
        }
    }

    /**
     * The next frame comes when the one before was received, after a pause of any length. One that is slept through lies there
     * until the sleep ends by its limit, a second later.
     */
    @ParameterizedTest
    @EnumSource(names = {"SPLIT_POLLED", "PACKED_POLLED", "SPLIT_IN_ORDER", "PACKED_IN_ORDER"})
    @Timeout(3600)
    void noFrameIsSleptThrough(VirtioKind kind) throws InterruptedException {
        AtomicInteger received = new AtomicInteger();
        long seed = System.nanoTime();
        try (VirtioBench bench = new VirtioBench(kind.options(1).wantsNotifications(false), OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            Thread player = Thread.ofPlatform().daemon().start(() -> {
                Random random = new Random(seed);
                for (int i = 0; i < FRAMES; i++) {
                    bench.arrive(new byte[60]);
                    while (received.get() <= i) {
                        bench.card.step();
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
            assertEquals(FRAMES, bench.device().stats().rxPackets(), "seed " + seed);
        }
    }
}
