package ixy4j.xdp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.Devices;
import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.Machine;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.DmaSpace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only an interface of the kernel can do to its user, beyond what every driver must do. */
class XdpDeviceTest {
    private static final DeviceOptions SMALL = DeviceOptions.DEFAULT.withRingSize(64);
    private Veth veth;

    @AfterEach
    void unplug() {
        if (veth != null) {
            veth.close();
        }
    }

    private String plug(int queues) {
        veth = new Veth(queues);
        return "xdp:" + veth.name;
    }

    private static byte[] frame(int length, int number) {
        byte[] frame = new byte[length];
        frame[0] = 2;
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xb5;
        frame[14] = (byte) number;
        return frame;
    }

    private static String refusal(String address) {
        Exception e = assertThrows(IxyException.class, () -> Device.open(address));
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        return e.getMessage();
    }

    /** By whatever name, and for whatever purpose. */
    @Test
    void anInterfaceInUseIsRefusedWithoutMatch() {
        plug(1);
        Veth.run("ip link property add dev " + veth.name + " altname " + veth.name + "alt");
        Veth.run("ip addr add 203.0.113.1/24 dev " + veth.name);
        for (String name : List.of(veth.name, veth.name + "alt")) {
            assertTrue(refusal("xdp:" + name).contains(veth.name + ", which has the address 203.0.113.1"));
        }
        assertTrue(refusal("xdp:" + veth.name + ":0").startsWith("there is no interface "));
        Veth.run("ip addr flush dev " + veth.name);
        String bridge = veth.name + "r";
        Veth.run("ip link add " + bridge + " type bridge");
        try {
            Veth.run("ip link set " + veth.name + " master " + bridge);
            assertTrue(refusal("xdp:" + veth.name).contains("is a part of a bridge"));
            Device.open("xdp:" + veth.name + "?match=udp:9").close();
        } finally {
            Veth.run("ip link del " + bridge);
        }
        Device.open("xdp:" + veth.name).close();
    }

    @Test
    void aNameIsShownAsItCanBeTyped() {
        Machine.needsRoot();
        assertTrue(refusal("xdp:a%0Ab").contains("interface a%0Ab in"));
    }

    @Test
    void aTransmitQueueMustBeThere() {
        plug(4);
        Veth.run("ethtool -L " + veth.name + " tx 1");
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Device.open("xdp:" + veth.name, DeviceOptions.DEFAULT.withQueues(1, 2)));
        assertTrue(e.getMessage().contains("has no transmit queue 1, but 1"), e.getMessage());
        Device.open("xdp:" + veth.name).close();
    }

    @Test
    void afterAPoolThatWasTooSmallAnotherIsTaken() {
        String address = plug(1);
        try (Device device = Device.open(address, SMALL);
                PacketPool small = PacketPool.create(63, device);
                PacketPool large = PacketPool.create(256, device)) {
            assertThrows(IllegalArgumentException.class, () -> device.rxQueue(0, small));
            assertEquals(63, small.available());
            device.rxQueue(0, large);
            Exception e = assertThrows(IllegalArgumentException.class, () -> device.txQueue(0, small));
            assertTrue(e.getMessage().contains("share a socket"), e.getMessage());
            device.txQueue(0, large.split(64));
        }
    }

    /** Nobody else tells the kernel of it, and a forwarder whose last frame it is has nothing more to transmit. */
    @Test
    void aFrameThatTheKernelRefusedGoesWhenSomebodyLooksForOthers() {
        String address = plug(1);
        try (PacketSocket wire = new PacketSocket(veth.peerIndex());
                Device device = Device.open(address, SMALL);
                PacketPool pool = PacketPool.create(256, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            RxInterrupt interrupt = rx.interrupt(); // makes a file, and the kernel looks once when it does
            PacketBatch batch = pool.batch(8);
            Veth.run("ip link set " + veth.name + " down");
            batch.add(frame(60, 7));
            assertEquals(1, device.txQueue(0, pool).transmit(batch));
            Veth.run("ip link set " + veth.name + " up");
            assertEquals(List.of(), wire.received());
            assertTrue(interrupt.isReady(), "who has that to do does not sleep");

            List<byte[]> sent = List.of();
            for (long end = System.nanoTime() + 10_000_000_000L; sent.isEmpty() && System.nanoTime() < end; ) {
                assertEquals(0, rx.receive(batch));
                sent = wire.received();
            }
            assertEquals(1, sent.size());
            assertArrayEquals(frame(60, 7), sent.getFirst());
            assertFalse(interrupt.isReady());
        }
    }

    /** As that of a pool which a vhost-user card shares. */
    @Test
    void memoryThatIsAFileIsTakenToo() {
        String address = plug(1);
        DmaSpace others = new DmaSpace() {
            @Override
            public boolean needsFile() {
                return true;
            }
        };
        try (PacketSocket wire = new PacketSocket(veth.peerIndex());
                Device device = Device.open(address, SMALL);
                PacketPool pool = PacketPool.create(256, device, others)) {
            RxQueue queue = device.rxQueue(0, pool);
            TxQueue back = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            wire.send(frame(60, 7));
            long deadline = System.nanoTime() + 5_000_000_000L;
            while (batch.size() == 0 && System.nanoTime() < deadline) {
                queue.receive(batch);
            }
            assertEquals(1, back.transmit(batch));
            List<byte[]> returned = wire.received();
            while (returned.isEmpty() && System.nanoTime() < deadline) {
                returned = wire.received();
            }
            assertArrayEquals(frame(60, 7), returned.getFirst());
        }
    }

    @Test
    void oneQueueReceivesFromAllOfTheInterface() throws InterruptedException {
        String address = plug(4);
        Veth.run("ip link set " + veth.peer + " mtu 1500");
        try (SpreadingEnd end = new SpreadingEnd(veth.peer, 4);
                Device device = Device.open(address, SMALL);
                PacketPool pool = Devices.pool(64, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            PacketBatch batch = pool.batch(64);
            boolean[] came = new boolean[40];
            for (int i = 0; i < came.length; i++) {
                assertTrue(end.send(frame(60, i)));
            }
            long deadline = System.nanoTime() + 5_000_000_000L;
            for (int count = 0; count < came.length && System.nanoTime() < deadline; ) {
                queue.receive(batch);
                for (int i = 0; i < batch.size(); i++) {
                    came[batch.get8(i, 14)] = true;
                }
                count += batch.free();
            }
            for (int i = 0; i < came.length; i++) {
                assertTrue(came[i], "frame " + i);
            }
            assertEquals(5 * 64, device.descriptors());
        }
    }

    /** Also those of usual lengths. */
    @Test
    void whatIsLongerThanTheMtuIsDroppedAndCounted() {
        String address = plug(1);
        Veth.run("ip link set " + veth.name + " mtu 1000");
        Device closed;
        try (Device device = Device.open(address, SMALL);
                PacketPool pool = Devices.pool(64, device)) {
            closed = device;
            TxQueue queue = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            batch.add(frame(1014, 1));
            batch.add(frame(1015, 2));
            batch.add(frame(1200, 3));
            assertEquals(3, queue.transmit(batch));
        }
        assertEquals(2, closed.stats().txWrongLength());
        assertEquals(1, closed.stats().txPackets());
    }

    @Test
    void whatWasSentIsCountedOnceSomebodyAsks() {
        String address = plug(1);
        try (Device device = Device.open(address, SMALL);
                PacketPool pool = Devices.pool(64, device)) {
            TxQueue queue = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            batch.add(frame(60, 1));
            queue.transmit(batch);
            device.stats();
            batch.add(frame(60, 2));
            queue.transmit(batch);
            assertTrue(device.stats().txPackets() >= 1);
        }
    }

    @Test
    void whoOnlyReceivesIsToldThatTheInterfaceIsGone() {
        String address = plug(1);
        try (Device device = Device.open(address, SMALL);
                PacketPool pool = Devices.pool(64, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            veth.close();
            veth = null;
            Exception e = assertThrows(IxyException.class, () -> {
                for (int i = 0; i < 10_000_000; i++) {
                    queue.receive(batch);
                }
            });
            assertEquals(
                    "the interface of " + address + " is gone: if it is there again, start this again", e.getMessage());
        }
    }

    /** And the socket is free for the next at once. */
    @Test
    void aCloseWakesWhoSleeps() throws Exception {
        String address = plug(1);
        for (int i = 0; i < 3; i++) {
            Device device = Device.open(address, SMALL);
            PacketPool pool = Devices.pool(64, device);
            RxQueue queue = device.rxQueue(0, pool);
            IdleStrategy idle = IdleStrategy.interrupt(queue);
            CompletableFuture<Long> slept = new CompletableFuture<>();
            Thread sleeper = Thread.ofPlatform().start(() -> {
                long start = System.nanoTime();
                idle.idle(0);
                slept.complete(System.nanoTime() - start);
            });
            while (sleeper.getState() == Thread.State.NEW || slept.isDone()) {
                Thread.onSpinWait();
            }
            TimeUnit.MILLISECONDS.sleep(20); // most likely it sleeps by now; if not, it finds out
            device.close();
            long nanos = slept.get(5, TimeUnit.SECONDS);
            assertTrue(nanos < 900_000_000, nanos + " ns, which is the end of a sleep by itself");
            idle.close();
            pool.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherMacAddressTakesThePlaceOfTheOneBefore(boolean promiscuous) {
        String address = plug(1);
        try (Device device = Device.open(address, SMALL.withPromiscuous(promiscuous))) {
            MacAddress first = MacAddress.parse("02:aa:00:00:00:01");
            MacAddress second = MacAddress.parse("02:aa:00:00:00:02");
            device.setMacAddress(first);
            assertTrue(Veth.run("bridge fdb show dev " + veth.name).contains(first.toString())
                    || Veth.run("ip maddr show dev " + veth.name).contains("link"));
            device.setMacAddress(second);
            device.setMacAddress(second);
            assertEquals(second, device.macAddress());
            String after = Veth.run("bridge fdb show dev " + veth.name);
            assertFalse(after.contains(first.toString()), after);
        }
    }
}
