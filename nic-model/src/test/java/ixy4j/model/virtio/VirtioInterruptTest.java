package ixy4j.model.virtio;

import static ixy4j.model.Sleeper.fired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.DeviceOptions;
import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.model.Sleeper;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver that sleeps, on an emulated virtio device: step by step, and with a thread that plays the device. */
@Timeout(120)
class VirtioInterruptTest {
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);

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

    @ParameterizedTest
    @EnumSource(names = {"SPLIT_POLLED", "PACKED_POLLED", "SPLIT_IN_ORDER", "PACKED_IN_ORDER"})
    @Timeout(3600)
    void noFrameIsSleptThrough(VirtioKind kind) throws InterruptedException {
        try (VirtioBench bench = new VirtioBench(kind.options(1).wantsNotifications(false), OPTIONS);
                PacketPool pool = PacketPool.create(256, bench.device())) {
            RxQueue queue = bench.device().rxQueue(0, pool);
            Sleeper.receivesEach(queue, pool, () -> bench.arrive(new byte[60]), bench.card::step);
            assertEquals(Sleeper.FRAMES, bench.device().stats().rxPackets());
        }
    }
}
