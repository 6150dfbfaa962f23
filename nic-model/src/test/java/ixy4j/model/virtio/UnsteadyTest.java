package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.virtio.Transport;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that go away and come back at any moment, and those that answer late. */
class UnsteadyTest {
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:77");
    private static final int BUFFERS = 256;

    /** A way to an emulated device that can be cut. */
    private static final class Way {
        private static final Set<String> QUIET =
                Set.of("address", "isLegacy", "strangers", "map", "unmap", "dmaSpace", "close", "toString");

        final VirtioCard card;
        private Runnable onDisconnect;
        private boolean connected = true;
        int stepsToTheCut = -1; // never
        int heldBack = -1; // the queue whose notifications are

        Way(VirtioCard card) {
            this.card = card;
        }

        Transport transport() {
            return (Transport) Proxy.newProxyInstance(
                    Transport.class.getClassLoader(),
                    new Class<?>[] {Transport.class},
                    (self, method, args) -> call(method, args));
        }

        private Object call(Method method, Object... args) throws Throwable {
            switch (method.getName()) {
                case "onDisconnect" -> onDisconnect = (Runnable) args[0];
                case "reconnect" -> {
                    connected = true;
                    card.setStatus(0);
                }
                case "notify" -> {
                    return (int) args[0] == heldBack ? null : pass(method, args);
                }
                default -> {
                    return method.getName().equals("isConnected") ? connected : pass(method, args);
                }
            }
            return method.getReturnType() == boolean.class ? true : null;
        }

        private Object pass(Method method, Object... args) throws Throwable {
            if (!QUIET.contains(method.getName()) && stepsToTheCut-- == 0) {
                cut();
            }
            if (!connected && !QUIET.contains(method.getName())) {
                throw new IxyException("the device is gone");
            }
            try {
                return method.invoke(card, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        void cut() {
            connected = false;
            onDisconnect.run();
        }
    }

    /** It goes away, and while it is told what the one before knew, at each step of that, goes away again. */
    @ParameterizedTest
    @EnumSource(
            value = VirtioKind.class,
            names = {"SPLIT", "PACKED"})
    void aDeviceThatGoesAwayAgainWhileItComesBack(VirtioKind kind) {
        int steps = 0;
        for (boolean reached = true; reached; steps++) {
            reached = goesAwayAgain(kind, steps);
        }
        assertTrue(steps > 10, steps + " steps");
    }

    private static boolean goesAwayAgain(VirtioKind kind, int steps) {
        Way way = new Way(new VirtioCard(kind.options(1)));
        Device device = VirtioDevice.open(way.transport(), VirtioOptions.NONE, OPTIONS);
        try (PacketPool pool = PacketPool.create(BUFFERS, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            TxQueue tx = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(8);
            forward(way.card, rx, tx, batch);
            device.setMacAddress(OTHER);
            way.cut();
            way.stepsToTheCut = steps;
            tx.transmit(batch);
            rx.receive(batch);
            tx.transmit(batch);
            rx.receive(batch);
            boolean reached = way.stepsToTheCut < 0;
            way.stepsToTheCut = -1;
            forward(way.card, rx, tx, batch);
            forward(way.card, rx, tx, batch);
            assertTrue(way.card.isPromiscuous());
            assertEquals(OTHER, way.card.mac());
            device.close();
            assertEquals(BUFFERS, pool.available(), "after " + steps + " steps");
            return reached;
        }
    }

    private static void forward(VirtioCard card, RxQueue rx, TxQueue tx, PacketBatch batch) {
        tx.transmit(batch);
        rx.receive(batch);
        batch.free();
        card.settle();
        card.sent();
        byte[] frame = new byte[60];
        frame[0] = 2;
        frame[20] = 77;
        card.arrive(frame);
        card.settle();
        assertEquals(1, rx.receive(batch));
        assertEquals(77, batch.get8(0, 20));
        assertEquals(1, tx.transmit(batch));
        card.settle();
        assertEquals(77, card.sent().getFirst()[20]);
    }

    @ParameterizedTest
    @EnumSource(
            value = VirtioKind.class,
            names = {"SPLIT", "PACKED"})
    void anAnswerThatComesLateIsNotTakenForThatOfTheNextCommand(VirtioKind kind) {
        Way way = new Way(new VirtioCard(kind.options(1)));
        try (Device device = VirtioDevice.open(way.transport(), VirtioOptions.NONE, OPTIONS)) {
            way.heldBack = 2;
            String asked = "did not answer within a second when asked to ";
            Exception first = assertThrows(IxyException.class, () -> device.setPromiscuous(false));
            assertTrue(first.getMessage().contains(asked + "be promiscuous no longer"), first.getMessage());
            Exception second = assertThrows(IxyException.class, () -> device.setPromiscuous(true));
            assertTrue(second.getMessage().contains(asked + "answer what it was asked before"), second.getMessage());
            way.heldBack = -1;
            way.card.notify(2);
            assertFalse(way.card.isPromiscuous());
            device.setPromiscuous(true);
            assertTrue(way.card.isPromiscuous());
            device.setPromiscuous(false);
            assertFalse(way.card.isPromiscuous());
        }
    }

    @Test
    void whatIsNoCutIsToldToTheUser() {
        Way way = new Way(new VirtioCard(VirtioKind.SPLIT.options(1)));
        Device device = VirtioDevice.open(way.transport(), VirtioOptions.NONE, OPTIONS);
        try (PacketPool pool = PacketPool.create(BUFFERS, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            way.card.giveUp();
            device.stats();
            Exception e = assertThrows(IxyException.class, () -> rx.receive(pool.batch(8)));
            assertFalse(e.getMessage().isEmpty());
        }
        device.close();
    }
}
