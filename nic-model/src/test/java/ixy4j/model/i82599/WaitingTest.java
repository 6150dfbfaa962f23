package ixy4j.model.i82599;

import static ixy4j.model.Sleeper.fired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IdleStrategy;
import ixy4j.model.ModelFunction;
import ixy4j.model.Sleeper;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A driver that sleeps, on the emulated card: step by step, and with a thread that plays the card. */
@Timeout(120)
class WaitingTest {
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);

    private final TestWire wire = new TestWire();
    private final Card card = Card.stepped(wire);

    private void settle() {
        while (card.step()) {
            // until nothing changes
        }
    }

    @Test
    void anInterruptComesWhenItIsArmedAndForTheQueueThatHasFrames() {
        try (Device device = Device.open(new ModelFunction("model:test", card), OPTIONS.withQueues(3, 1));
                PacketPool pool = PacketPool.create(512, device)) {
            RxQueue[] queues = {device.rxQueue(0, pool), device.rxQueue(1, pool), device.rxQueue(2, pool)};
            RxInterrupt first = queues[0].interrupt();
            RxInterrupt other = queues[2].interrupt();
            PacketBatch batch = pool.batch(8);
            settle();
            wire.arrive(new byte[60]);
            settle();
            assertTrue(first.isReady());
            assertFalse(fired(first), "it is not armed");
            first.arm();
            other.arm();
            settle();
            assertTrue(fired(first), "the cause was noted");
            assertFalse(fired(other));
            assertEquals(1, queues[0].receive(batch));
            assertFalse(first.isReady());
            wire.arrive(new byte[60]);
            settle();
            assertTrue(fired(first), "still armed");
            first.disarm();
            wire.arrive(new byte[60]);
            settle();
            assertFalse(fired(first));
            assertEquals(2, queues[0].receive(batch));
        }
    }

    @Test
    void withModerationTheSecondInterruptWaits() {
        long[] now = {1};
        Card slow = new Card(wire, CardOptions.STEPPED, () -> now[0]);
        try (Device device = Device.open(new ModelFunction("model:test", slow), OPTIONS.withModeration(100));
                PacketPool pool = PacketPool.create(256, device)) {
            RxInterrupt interrupt = device.rxQueue(0, pool).interrupt();
            interrupt.arm();
            for (int i = 0; i < 1000; i++) { // until the link is up
                now[0] += 1_000_000;
                slow.step();
            }
            for (int i = 0; i < 3; i++) {
                wire.arrive(new byte[60]);
                while (slow.step()) {
                    now[0] += 1000;
                }
                assertEquals(i != 1, fired(interrupt), "frame " + i);
                now[0] += i == 0 ? 50_000 : 100_000;
            }
        }
    }

    @Test
    void theCloseOfTheCardWakes() {
        try (Device device = Device.open(new ModelFunction("model:test", card), OPTIONS);
                PacketPool pool = PacketPool.create(256, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            IdleStrategy idle = IdleStrategy.interrupt(queue);
            Thread closing = Thread.ofPlatform().daemon().start(device::close);
            assertThrows(IllegalStateException.class, () -> {
                PacketBatch batch = pool.batch(8);
                while (true) {
                    idle.idle(queue.receive(batch));
                }
            });
            closing.join();
            idle.close();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(3600)
    void noFrameIsSleptThrough() throws InterruptedException {
        try (Device device = Device.open(new ModelFunction("model:test", card), OPTIONS);
                PacketPool pool = PacketPool.create(256, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            settle(); // what comes before the link is up is lost
            Sleeper.receivesEach(queue, pool, () -> wire.arrive(new byte[60]), card::step);
            assertEquals(Sleeper.FRAMES, device.stats().rxPackets());
        }
    }
}
