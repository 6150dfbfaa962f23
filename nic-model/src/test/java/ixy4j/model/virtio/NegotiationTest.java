package ixy4j.model.virtio;

import static ixy4j.model.virtio.TinyDriver.CONTROL;
import static ixy4j.model.virtio.TinyDriver.MODERN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.model.DriverMistake;
import ixy4j.spi.DmaMemory;
import ixy4j.virtio.Features;
import ixy4j.virtio.Virtqueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How a driver and the device get to know each other: status, features, configuration, where queues are. */
class NegotiationTest {
    private TinyDriver driver;

    private VirtioCard card(VirtioCardOptions options) {
        close();
        driver = new TinyDriver(options, 16);
        return driver.card;
    }

    private VirtioCard card() {
        return card(new VirtioCardOptions());
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    private static void assertMistake(String wanted, Executable action) {
        String message = assertThrows(DriverMistake.class, action).getMessage();
        assertTrue(message.contains(wanted), message);
    }

    private static VirtioCard atDriver(VirtioCard card) {
        card.setStatus(0);
        card.setStatus(1);
        card.setStatus(3);
        return card;
    }

    // ---- status

    @Test
    void theStepsInTheirOrder() {
        VirtioCard card = card();
        assertEquals(0, card.status());
        atDriver(card).setFeatures(MODERN);
        card.setStatus(11);
        assertEquals(11, card.status());
        card.setStatus(15);
        assertEquals(15, card.status());
        card.setStatus(0);
        assertEquals(0, card.status());
        assertFalse(card.has(Features.VERSION_1));
    }

    @Test
    void stepsThatAreLeftOut() {
        assertMistake("bits 1 must be set before", () -> card().setStatus(2));
        assertMistake("bits 8 must be set before", () -> atDriver(card()).setStatus(7));
        assertMistake(
                "FEATURES_OK is set, which the legacy interface does not have",
                () -> atDriver(card(new VirtioCardOptions().legacy())).setStatus(11));
        assertMistake("features are set while the status is 1", () -> {
            VirtioCard card = card();
            card.setStatus(1);
            card.setFeatures(MODERN);
        });
        assertMistake("features are set while the status is 11", () -> {
            card();
            driver.negotiate(MODERN);
            driver.card.setFeatures(MODERN);
        });
    }

    @Test
    void bitsThatAreClearedOrDoNotExist() {
        assertMistake("a driver must not clear a bit", () -> atDriver(card()).setStatus(1));
        assertMistake("bits that a driver does not set", () -> card().setStatus(16));
        assertMistake("bits that a driver does not set", () -> card().setStatus(64));
        assertMistake("after FAILED", () -> {
            VirtioCard card = atDriver(card());
            card.setStatus(131);
            card.setStatus(139);
        });
    }

    @Test
    void aDeviceThatGaveUp() {
        card();
        driver.negotiate(MODERN);
        driver.enable(0);
        driver.live();
        driver.card.giveUp();
        assertEquals(79, driver.card.status());
        driver.giveRx(0, 0, 2048);
        driver.card.arrive(TinyDriver.frame(60, 1));
        driver.card.notify(0);
        assertFalse(driver.card.step());
        driver.card.setStatus(0);
        assertEquals(0, driver.card.status());
    }

    // ---- features

    private String refusal(long offered, long taken) {
        VirtioCard card = atDriver(card(new VirtioCardOptions().features(offered)));
        card.setFeatures(taken);
        card.setStatus(11);
        assertEquals(card.refusal() == null ? 11 : 3, card.status());
        return card.refusal();
    }

    @Test
    void featuresThatMakeNoSense() {
        long all = VirtioCardOptions.ALL;
        assertNull(refusal(all, all));
        assertNull(refusal(all, MODERN));
        assertTrue(refusal(MODERN, MODERN | Features.MQ).contains("were not offered"));
        assertTrue(refusal(all, MODERN & ~Features.VERSION_1).contains("are needed"));
        assertTrue(refusal(all, MODERN & ~Features.ACCESS_PLATFORM).contains("are needed"));
        for (long feature : new long[] {Features.CTRL_RX, Features.MQ, Features.CTRL_MAC_ADDR}) {
            assertTrue(refusal(all, MODERN | feature).contains("need CTRL_VQ"));
        }
        long old = all & ~(Features.VERSION_1 | Features.ACCESS_PLATFORM);
        assertTrue(refusal(old, Features.RING_PACKED).contains("need VERSION_1"));
        assertTrue(refusal(old, Features.IN_ORDER).contains("need VERSION_1"));
    }

    @Test
    void theDriverMayTryAgainAfterARefusal() {
        VirtioCard card = atDriver(card());
        card.setFeatures(MODERN | Features.MQ);
        card.setStatus(11);
        assertEquals(3, card.status());
        assertMistake("FEATURES_OK was refused: features 0x400000 need CTRL_VQ", () -> card.setStatus(7));
        driver.negotiate(MODERN);
    }

    @Test
    void legacyDevicesHave32FeaturesAndCannotRefuse() {
        VirtioCard card = card(new VirtioCardOptions().legacy());
        assertEquals(VirtioCardOptions.ALL & 0xffff_ffffL, card.features());
        assertMistake("a legacy device cannot refuse", () -> atDriver(card).setFeatures(MODERN));
    }

    // ---- configuration

    @Test
    void theConfigurationHasWhatIsOffered() {
        VirtioCard card = card(new VirtioCardOptions().pairs(4).mtu(9000));
        assertEquals(0x1a, card.config(1, 1));
        assertEquals(1, card.config(6, 2));
        assertEquals(4, card.config(8, 2));
        assertEquals(9000, card.config(10, 2));
        assertMistake("mac is read by 2 bytes", () -> card.config(0, 2));
        assertMistake("1 bytes at offset 6", () -> card.config(6, 1));
        assertMistake("2 bytes at offset 12", () -> card.config(12, 2));
        VirtioCard small = card(new VirtioCardOptions().without(Features.MQ | Features.STATUS));
        assertMistake("feature 0x400000 was not offered", () -> small.config(8, 2));
        assertMistake("feature 0x10000 was not offered", () -> small.config(6, 2));
    }

    @Test
    void onlyLegacyDevicesLetTheirAddressBeWritten() {
        assertMistake("a driver may write the bytes of mac of a legacy device only", () -> card().setConfig(0, 2));
        VirtioCard card = card(new VirtioCardOptions().legacy());
        card.setConfig(5, 0x99);
        assertEquals(0x99, card.config(5, 1));
        assertMistake("a driver may write the bytes of mac of a legacy device only", () -> card.setConfig(6, 1));
    }

    // ---- queues

    @Test
    void whichQueuesThereAreDependsOnFeatures() {
        VirtioCard card = card(new VirtioCardOptions().pairs(4));
        assertMistake("the size of virtqueue 0 is read before FEATURES_OK", () -> card.queueSize(0));
        card(new VirtioCardOptions().pairs(4));
        driver.negotiate(MODERN | CONTROL | Features.MQ);
        assertEquals(256, driver.card.queueSize(7));
        assertEquals(64, driver.card.queueSize(8));
        assertEquals(0, driver.card.queueSize(9));
        driver.negotiate(MODERN);
        assertEquals(256, driver.card.queueSize(1));
        assertEquals(0, driver.card.queueSize(2));
        assertMistake(
                "virtqueue 2 is enabled, but there is none: 2 are for frames, and none for commands",
                () -> driver.enable(2));
    }

    @Test
    void queuesAreEnabledOnceAndInTime() {
        card();
        assertMistake("virtqueue 0 is enabled before FEATURES_OK", () -> driver.enable(0));
        card();
        driver.negotiate(MODERN);
        driver.enable(0);
        assertMistake("virtqueue 0 is enabled twice", () -> driver.enable(0));
        card();
        driver.negotiate(MODERN);
        driver.live();
        assertMistake("virtqueue 1 is enabled after DRIVER_OK", () -> driver.enable(1));
    }

    private void enable(int size, long shift) {
        driver.enable(0, size, driver.memory.address() + shift);
    }

    @Test
    void queuesLieWhereTheyCan() {
        card();
        driver.negotiate(MODERN);
        assertMistake("has 512 descriptors, but may have at most 256", () -> enable(512, 0));
        card();
        driver.negotiate(MODERN);
        assertMistake("its size is 48, which is no power of two", () -> enable(48, 0));
        card();
        driver.negotiate(MODERN);
        assertMistake("its descriptor area is at IOVA", () -> enable(16, 8));
        card();
        driver.negotiate(MODERN);
        assertMistake("is not all mapped", () -> enable(256, DmaMemory.PAGE - 256));
        card(new VirtioCardOptions().queueSize(128, true));
        driver.negotiate(MODERN);
        assertMistake("has 64 descriptors, but must have 128", () -> enable(64, 0));
    }

    @Test
    void packedQueuesMayHaveAnySize() {
        card();
        driver.negotiate(MODERN | Features.RING_PACKED);
        enable(48, 0);
        driver.live();
        for (int i = 0; i < 100; i++) {
            driver.giveRx(0, 0, 2048);
            driver.card.notify(0);
            driver.card.arrive(TinyDriver.frame(60, i));
            driver.card.settle();
            assertEquals(72, driver.poll(0).length());
        }
    }

    @Test
    void legacyQueuesAreAlignedTo4096() {
        card(new VirtioCardOptions().legacy().queueSize(16, true));
        driver.negotiate(Features.MAC);
        enable(16, 0);
        card(new VirtioCardOptions().legacy().queueSize(16, true));
        driver.negotiate(Features.MAC);
        assertMistake("a legacy device takes the first for a multiple of 4096", () -> enable(16, 1024));
    }

    @Test
    void aUsedRingBeginsWithZeros() {
        card();
        driver.negotiate(MODERN);
        Virtqueue queue = new Virtqueue(0, 16, driver.memory, driver.memory.address());
        RawMemory.setShort(queue.deviceArea() + 2, (short) 5);
        assertMistake("flags and idx of the used ring are 0x50000", () -> driver.card.enableQueue(queue));
    }

    @Test
    void notificationsComeAfterDriverOk() {
        card();
        driver.negotiate(MODERN);
        driver.enable(0);
        assertMistake("is notified of receive queue 0 (virtqueue 0) before DRIVER_OK", () -> driver.card.notify(0));
        card();
        driver.negotiate(MODERN);
        driver.enable(0);
        driver.live();
        assertMistake("is notified of virtqueue 1, which is not enabled", () -> driver.card.notify(1));
    }

    // ---- reset and close

    @Test
    void aResetForgetsEverything() {
        driver = TinyDriver.started(new VirtioCardOptions(), MODERN | CONTROL);
        assertEquals(0, driver.command(2, 0, 0, 1));
        driver.giveRx(0, 0, 2048);
        driver.card.notify(0);
        driver.card.step();
        assertEquals(1, driver.card.inFlight(0));
        driver.card.arrive(TinyDriver.frame(60, 1));
        driver.card.setStatus(0);
        assertEquals(0, driver.card.inFlight(0));
        assertFalse(driver.card.isPromiscuous());
        driver.negotiate(MODERN);
        driver.enable(0);
        driver.live();
        driver.giveRx(0, 0, 2048);
        driver.card.settle();
        assertNull(driver.poll(0), "the frame from before is gone");
    }

    @Test
    void aDeviceIsResetBeforeItIsLetGo() {
        driver = TinyDriver.started(new VirtioCardOptions(), MODERN);
        assertMistake("is let go of while the status is 15", () -> driver.card.close());
        driver.card.close();
    }
}
