package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.model.DriverMistake;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.virtio.Features;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the driver sets up devices of all sorts: whatever they offer, it works with it, or says that it cannot. */
class VirtioSetupTest {
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final MacAddress OTHER = MacAddress.parse("02:aa:bb:cc:dd:ee");

    private static Device open(VirtioCard card) {
        return VirtioDevice.open(card, VirtioOptions.NONE, OPTIONS);
    }

    /** Each feature may be missing, alone or with others. */
    @Test
    void anyFeaturesCanBeOffered() {
        long[] bits = new long[13];
        int count = 0;
        for (int i = 0; i < 64; i++) {
            if ((VirtioCardOptions.ALL >>> i & 1) != 0) {
                bits[count++] = 1L << i;
            }
        }
        for (int set = 0; set < 1 << count; set++) {
            long offered = 0;
            for (int i = 0; i < count; i++) {
                offered |= (set >>> i & 1) != 0 ? bits[i] : 0;
            }
            String what = "offered " + Ring.hex(offered);
            boolean old = (offered & Features.VERSION_1) == 0;
            if (FeatureRules.wrong(offered, offered) == null && (!old || offered >>> 32 == 0)) {
                VirtioCardOptions options = new VirtioCardOptions().name(what).features(offered);
                VirtioCard card = new VirtioCard(old ? options.legacy() : options);
                try (Device device = open(card)) {
                    assertTrue(device.linkSpeed() > 0, what);
                    // several pairs are not asked for; an address is set by a command only with receive modes
                    long left = Features.MQ | ((offered & Features.CTRL_RX) == 0 ? Features.CTRL_MAC_ADDR : 0);
                    assertEquals(offered & ~left, features(card), what);
                }
            }
        }
    }

    private static long features(VirtioCard card) {
        long features = 0;
        for (int i = 0; i < 64; i++) {
            features |= card.has(1L << i) ? 1L << i : 0;
        }
        return features;
    }

    /** Queues of any size work, or are refused; mind that a command has three descriptors. */
    @ParameterizedTest
    @EnumSource
    void queuesOfAnySize(VirtioKind kind) {
        for (int size = 2; size <= 512; size *= 2) {
            for (boolean fixed : new boolean[] {false, true}) {
                VirtioCard card = new VirtioCard(kind.options(size).queueSize(size, fixed));
                String what = kind + " with queues of " + size + (fixed ? "" : " or fewer");
                try (Device device = open(card);
                        PacketPool pool = PacketPool.create(1024, device)) {
                    device.rxQueue(0, pool);
                    TxQueue tx = device.txQueue(0, pool);
                    device.setPromiscuous(true);
                    device.setPromiscuous(false);
                    device.setPromiscuous(true);
                    assertTrue(card.isPromiscuous(), what);
                    card.settle();
                    sendsThreeTimesItsSize(card, tx, pool.batch(1), size, what);
                } catch (DriverMistake e) {
                    throw new AssertionError(what + ": " + e.getMessage(), e);
                } catch (IxyException e) {
                    assertTrue(size < 4, what + ": " + e.getMessage());
                }
            }
        }
    }

    /** One frame after the other, as a forwarder does that never sends an empty batch. */
    private static void sendsThreeTimesItsSize(VirtioCard card, TxQueue tx, PacketBatch batch, int size, String what) {
        for (int i = 0; i < 3 * size; i++) {
            batch.add(60);
            assertEquals(1, tx.transmit(batch), what + ", frame " + i);
            card.settle();
        }
    }

    /** Who takes an MTU has buffers for its frames (5.1.4.2), with a VLAN tag or without; and sends none that are longer. */
    @ParameterizedTest
    @ValueSource(ints = {68, 1499, 1500, 1838, 1839, 1841, 1842, 1843, 9000, 65535})
    void anyMtu(int mtu) {
        for (VirtioKind kind : VirtioKind.values()) {
            VirtioCardOptions options = kind.options(1).mtu(mtu);
            VirtioCard card = new VirtioCard(options.features(options.features | Features.MTU));
            try (Device device = open(card);
                    PacketPool pool = PacketPool.create(256, device)) {
                RxQueue rx = device.rxQueue(0, pool);
                PacketBatch batch = pool.batch(1);
                card.arrive(TinyDriver.frame(60, 1));
                card.settle();
                assertEquals(1, rx.receive(batch), kind + " with an MTU of " + mtu);
                batch.free();
                assertEquals(mtu >= 1500 && mtu <= 1838, card.has(Features.MTU));
                if (card.has(Features.MTU)) {
                    card.arrive(tagged(mtu + 18));
                    card.settle();
                    assertEquals(1, rx.receive(batch), kind + " with a tag and an MTU of " + mtu);
                    assertArrayEquals(tagged(mtu + 18), batch.toArray(0));
                    batch.free();
                }
                sendsNothingLonger(card, device.txQueue(0, pool), batch, mtu < 1500 ? 1856 : Math.min(mtu + 14, 1856));
                assertEquals(2, device.stats().txWrongLength());
            }
        }
    }

    private static byte[] tagged(int length) {
        byte[] frame = TinyDriver.frame(length, 1);
        frame[12] = (byte) 0x81;
        frame[13] = 0;
        return frame;
    }

    private static void sendsNothingLonger(VirtioCard card, TxQueue tx, PacketBatch batch, int longest) {
        card.sent();
        for (byte[] frame : List.of(
                TinyDriver.frame(longest, 1),
                TinyDriver.frame(longest + 1, 1),
                tagged(longest + 4),
                tagged(longest + 5))) {
            int front = Math.max(0, frame.length - 1856); // what a packet has room for only in front
            batch.add(frame.length - front);
            batch.prepend(0, front);
            batch.write(0, 0, frame, 0, frame.length);
            assertEquals(1, tx.transmit(batch), "sent, or dropped and counted");
            card.settle();
        }
        assertEquals(
                List.of(longest, longest + 4),
                card.sent().stream().map(frame -> frame.length).toList());
    }

    @Test
    void anOldDeviceTakesAnAddressWithoutACommand() {
        VirtioCard card = new VirtioCard(new VirtioCardOptions().legacy().without(Features.CTRL_MAC_ADDR));
        try (Device device = open(card)) {
            device.setMacAddress(OTHER);
            assertEquals(OTHER, device.macAddress());
            assertEquals(OTHER, card.mac());
        }
    }

    @Test
    void aNewDeviceDoesNot() {
        VirtioCard card = new VirtioCard(new VirtioCardOptions().without(Features.CTRL_MAC_ADDR));
        try (Device device = open(card)) {
            MacAddress own = device.macAddress();
            assertThrows(IxyException.class, () -> device.setMacAddress(OTHER));
            assertEquals(own, device.macAddress());
            assertEquals(own, card.mac());
        }
    }

    /** 5.1.6.5.2.2: commands about addresses need CTRL_RX too. */
    @Test
    void anAddressIsNotSetByACommandWithoutReceiveModes() {
        VirtioCard card = new VirtioCard(new VirtioCardOptions().without(Features.CTRL_RX));
        try (Device device = open(card)) {
            IxyException e = assertThrows(IxyException.class, () -> device.setMacAddress(OTHER));
            assertFalse(e instanceof DriverMistake, e.getMessage());
        }
    }

    @Test
    void withoutReceiveModesItIsWhatTheDeviceIs() {
        VirtioCard card = new VirtioCard(new VirtioCardOptions()
                .without(Features.CTRL_VQ | Features.CTRL_RX | Features.CTRL_MAC_ADDR | Features.MQ)
                .promiscuous(true));
        assertThrows(
                IxyException.class, () -> VirtioDevice.open(card, VirtioOptions.NONE, OPTIONS.withPromiscuous(false)));
    }

    /** From DRIVER_OK on, the device area is the device's: a queue that is opened later must leave it alone (2.7.8, 2.8.14). */
    @Test
    void whatTheDeviceSaysOfNotificationsOutlivesTheOpeningOfAQueue() {
        for (VirtioKind kind : VirtioKind.values()) {
            VirtioCard card = new VirtioCard(kind.options(1).wantsNotifications(false));
            try (Device device = open(card);
                    PacketPool pool = PacketPool.create(256, device)) {
                device.rxQueue(0, pool);
                TxQueue tx = device.txQueue(0, pool);
                long before = card.notifications(0) + card.notifications(1);
                PacketBatch batch = pool.batch(1);
                for (int i = 0; i < 3; i++) {
                    batch.add(TinyDriver.frame(60, i));
                    assertEquals(1, tx.transmit(batch));
                    card.settle();
                }
                assertEquals(3, card.sent().size());
                assertEquals(before, card.notifications(0) + card.notifications(1), kind + " did not want any");
            }
        }
    }

    @Test
    void aDeviceThatGivesUpIsFoundOut() {
        VirtioCard card = new VirtioCard(new VirtioCardOptions());
        try (Device device = open(card);
                PacketPool pool = PacketPool.create(256, device)) {
            RxQueue rx = device.rxQueue(0, pool);
            PacketBatch batch = pool.batch(1);
            card.giveUp();
            device.stats();
            IxyException e = assertThrows(IxyException.class, () -> rx.receive(batch));
            assertTrue(e.getMessage().contains("DEVICE_NEEDS_RESET"), e.getMessage());
        }
    }

    @Test
    void thePoolCanGoFirst() {
        VirtioCard card = new VirtioCard(new VirtioCardOptions());
        try (Device device = open(card)) {
            PacketPool pool = PacketPool.create(256, device);
            device.rxQueue(0, pool);
            card.settle();
            assertEquals(64, card.inFlight(0));
            pool.close();
            assertEquals(0, card.inFlight(0));
            assertEquals(0, card.status());
        }
    }
}
