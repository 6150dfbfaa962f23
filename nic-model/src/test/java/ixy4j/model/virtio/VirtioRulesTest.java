package ixy4j.model.virtio;

import static ixy4j.model.virtio.TinyDriver.CONTROL;
import static ixy4j.model.virtio.TinyDriver.MODERN;
import static ixy4j.model.virtio.TinyDriver.NEXT;
import static ixy4j.model.virtio.TinyDriver.WRITE;
import static ixy4j.model.virtio.TinyDriver.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.model.DriverMistake;
import ixy4j.model.virtio.TinyDriver.PackedLane;
import ixy4j.model.virtio.TinyDriver.Part;
import ixy4j.model.virtio.TinyDriver.SplitLane;
import ixy4j.virtio.Features;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the device finds wrong in a virtqueue, and says of it. */
class VirtioRulesTest {
    private TinyDriver driver;

    private TinyDriver start(long features) {
        return start(new VirtioCardOptions(), features);
    }

    private TinyDriver start(VirtioCardOptions options, long features) {
        driver = TinyDriver.started(options, features);
        return driver;
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static void assertMistake(String wanted, Executable action) {
        String message = assertThrows(DriverMistake.class, action).getMessage();
        assertTrue(message.contains(wanted), message);
        assertFalse(message.contains("\n"), message);
    }

    /** Notifies of a queue, lets the device look, and expects that it finds a mistake. */
    private void mistake(int queue, String wanted) {
        driver.card.notify(queue);
        assertMistake(wanted, driver.card::step);
        assertMistake("the device has stopped", driver.card::step);
    }

    private SplitLane split(int queue) {
        return (SplitLane) driver.lanes[queue];
    }

    private PackedLane packed(int queue) {
        return (PackedLane) driver.lanes[queue];
    }

    // ---- split

    @Test
    void anIndexThatJumps() {
        start(MODERN).giveRx(0, 0, 2048);
        split(0).setIndex(18);
        mistake(0, "receive queue 0 (virtqueue 0): the available index went from 0 to 18, by 18, but the queue has 16");
    }

    @Test
    void anIndexThatGoesBack() {
        start(MODERN).giveRx(0, 0, 2048);
        driver.card.notify(0);
        driver.card.step();
        split(0).setIndex(0);
        mistake(0, "from 1 to 0, by 65535");
    }

    @Test
    void aHeadOutOfRange() {
        start(MODERN);
        split(1).offer(16);
        mistake(
                1,
                "transmit queue 0 (virtqueue 1): available entry 0 is descriptor 16, but the queue has 0 to 15 (2.7.6)");
    }

    @Test
    void aNextOutOfRange() {
        start(MODERN);
        split(1).descriptor(0, driver.iova(0), 12, NEXT, 20);
        split(1).offer(0);
        mistake(1, "descriptor 0 has next 20");
    }

    @Test
    void aChainThatLoops() {
        start(MODERN);
        split(1).descriptor(0, driver.iova(0), 12, NEXT, 1);
        split(1).descriptor(1, driver.iova(0), 60, NEXT, 0);
        split(1).offer(0);
        mistake(1, "descriptor 0, of the buffer that begins at 0, is in use already: the chain loops");
    }

    @Test
    void aBufferThatIsGivenTwice() {
        start(MODERN).giveRx(0, 0, 2048);
        split(0).offer(0);
        mistake(0, "descriptor 0, of the buffer that begins at 0, is in use already");
    }

    @Test
    void aChainThatSharesADescriptor() {
        start(MODERN);
        split(0).descriptor(2, driver.iova(1), 2048, WRITE, 0);
        split(0).descriptor(0, driver.iova(0), 2048, WRITE | NEXT, 2);
        split(0).descriptor(1, driver.iova(0), 2048, WRITE | NEXT, 2);
        split(0).offer(0);
        split(0).offer(1);
        mistake(0, "descriptor 2, of the buffer that begins at 1, is in use already");
    }

    @Test
    void flagsOfTheAvailableRing() {
        start(MODERN).giveRx(0, 0, 2048);
        RawMemory.setShort(driver.queues[0].driverArea(), (short) 2);
        mistake(0, "flags of the available ring are 0x2");
    }

    @Test
    void inOrderDescriptorsGoRound() {
        start(MODERN | Features.IN_ORDER);
        split(0).descriptor(0, driver.iova(0), 2048, WRITE, 0);
        split(0).descriptor(2, driver.iova(2), 2048, WRITE, 0);
        split(0).offer(0);
        split(0).offer(2);
        mistake(0, "available entry 1 is descriptor 2, but with IN_ORDER");
    }

    @Test
    void inOrderChainsAreConsecutive() {
        start(MODERN | Features.IN_ORDER);
        split(1).descriptor(0, driver.iova(0), 12, NEXT, 2);
        split(1).offer(0);
        mistake(1, "descriptor 0 has next 2, but with IN_ORDER it must be 1");
    }

    // ---- both

    @Test
    void anAddressThatIsNotMapped() {
        start(MODERN).give(1, new Part(0x1000, 100, false));
        mistake(1, "descriptor 0: IOVA 0x1000, 100 bytes, is not all mapped");
    }

    @Test
    void aReceiveBufferThatLeavesItsPage() {
        start(MODERN).give(0, new Part(driver.iova(1024) - 100, 2048, true));
        driver.card.arrive(frame(60, 1));
        mistake(0, "is not all mapped");
    }

    @Test
    void aDescriptorWithoutLength() {
        start(MODERN).give(0, new Part(driver.iova(0), 0, true));
        mistake(0, "descriptor 0 has a length of 0");
    }

    @Test
    void anIndirectDescriptor() {
        start(MODERN);
        split(1).descriptor(0, driver.iova(0), 16, 4, 0);
        split(1).offer(0);
        mistake(1, "descriptor 0 has flags 0x4");
    }

    @Test
    void aWritableDescriptorToSend() {
        start(MODERN).give(1, new Part(driver.iova(0), 12, false), new Part(driver.iova(1), 60, true));
        mistake(1, "buffer 0: descriptor 1 is device-writable");
    }

    @Test
    void aReadableDescriptorToReceive() {
        start(MODERN).give(0, new Part(driver.iova(0), 12, false), new Part(driver.iova(1), 2000, true));
        mistake(0, "buffer 0: descriptor 0 is device-readable");
    }

    @Test
    void aReadableDescriptorBehindAWritableOne() {
        start(MODERN).give(0, new Part(driver.iova(0), 12, true), new Part(driver.iova(1), 2000, false));
        mistake(0, "descriptor 1 is device-readable behind a device-writable one");
    }

    @Test
    void aHeaderThatAsksForSomething() {
        start(MODERN);
        for (int i : new int[] {0, 1, 10}) {
            driver.close();
            start(MODERN).giveTx(1, 0, frame(60, 1));
            RawMemory.setByte(driver.buffer(0) + i, (byte) 1);
            mistake(1, "no offload was negotiated");
        }
    }

    @Test
    void aFrameThatIsNone() {
        start(MODERN).give(1, new Part(driver.iova(0), 25, false));
        mistake(1, "the buffer has 25 bytes, but a header of 12 bytes and a frame of at least 14");
    }

    @Test
    void aFrameLongerThanTheMtu() {
        start(MODERN).giveTx(1, 0, frame(1515, 1));
        mistake(1, "a frame of 1515 bytes, but the MTU is 1500");
    }

    @Test
    void aReceiveBufferThatIsTooSmall() {
        start(MODERN).giveRx(0, 0, 1525);
        mistake(0, "the buffer has 1525 bytes, but needs 1526");
    }

    @Test
    void aMergedReceiveBufferWithoutRoomForTheHeader() {
        start(MODERN | Features.MRG_RXBUF).giveRx(0, 0, 11);
        mistake(0, "the buffer has 11 bytes, but needs 12");
    }

    @Test
    void aDescriptorThatIsChanged() {
        for (long features : new long[] {MODERN, MODERN | Features.RING_PACKED}) {
            start(features).giveRx(0, 0, 2048);
            driver.card.notify(0);
            driver.card.step();
            RawMemory.setLong(driver.queues[0].descriptors(), driver.iova(1));
            assertMistake("descriptor 0 was changed while the device has it", driver.card::step);
            if ((features & Features.RING_PACKED) == 0) {
                driver.close();
            }
        }
    }

    @Test
    void whoIsNotStrictDoesNotCare() {
        start(new VirtioCardOptions().strict(false), MODERN).giveRx(0, 0, 2048);
        driver.card.notify(0);
        driver.card.step();
        RawMemory.setLong(driver.queues[0].descriptors(), driver.iova(1));
        assertFalse(driver.card.step());
    }

    @Test
    void aNotificationThatIsMissing() {
        start(MODERN);
        driver.card.step();
        driver.giveTx(1, 0, frame(60, 1));
        assertMistake(
                "transmit queue 0 (virtqueue 1): buffers were made available without a notification",
                driver.card::step);
    }

    @Test
    void memoryThatIsTakenAway() {
        start(MODERN).giveRx(0, 0, 2048);
        driver.card.notify(0);
        driver.card.step();
        assertMistake("is taken away while receive queue 0", () -> driver.card.unmap(driver.memory));
    }

    // ---- packed

    @Test
    void aWrapCounterTheWrongWayRound() {
        start(MODERN | Features.RING_PACKED);
        packed(0).descriptor(0, driver.iova(0), 2048, 0, WRITE | 1 << 15);
        mistake(0, "descriptor 0 has flags 0x8002, which is available for a wrap counter of 0, but the driver's is 1");
    }

    @Test
    void aWrapCounterThatIsNotToggled() {
        start(MODERN | Features.RING_PACKED);
        for (int i = 0; i < 16; i++) {
            driver.giveTx(1, i, frame(60, i));
        }
        driver.card.notify(1);
        driver.card.settle();
        packed(1).descriptor(0, driver.iova(0), 72, 0, 1 << 7);
        mistake(1, "descriptor 0 has flags 0x80, which is available for a wrap counter of 1, but the driver's is 0");
    }

    @Test
    void aListWhoseFirstIsAvailableBeforeTheRest() {
        start(MODERN | Features.RING_PACKED);
        packed(1).descriptor(0, driver.iova(0), 72, 0, 1 << 7 | NEXT);
        mistake(1, "descriptor 1 goes on a list that begins at 0, but its flags are 0x0");
    }

    @Test
    void aListThatWrapsWithoutTogglingTheCounter() {
        start(MODERN | Features.RING_PACKED);
        for (int i = 0; i < 15; i++) {
            driver.giveTx(1, i, frame(60, i));
        }
        driver.card.notify(1);
        driver.card.settle();
        packed(1).descriptor(0, driver.iova(0), 60, 0, 1 << 7);
        packed(1).descriptor(15, driver.iova(0), 12, 0, 1 << 7 | NEXT);
        mistake(1, "descriptor 0 goes on a list that begins at 15, but its flags are 0x80");
    }

    @Test
    void aListLongerThanTheRing() {
        start(MODERN | Features.RING_PACKED);
        Part[] parts = new Part[16];
        for (int i = 0; i < 16; i++) {
            parts[i] = new Part(driver.iova(i), 60, false);
        }
        driver.give(1, parts);
        packed(1).descriptor(15, driver.iova(0), 60, 0, 1 << 7 | NEXT);
        mistake(1, "descriptor 0 goes on a list that begins at 0");
    }

    @Test
    void anIdThatIsInUse() {
        start(MODERN | Features.RING_PACKED).giveRx(0, 0, 2048);
        packed(0).descriptor(1, driver.iova(1), 2048, 0, 1 << 7 | WRITE);
        mistake(0, "buffer 0 is made available again before it was used");
    }

    @Test
    void flagsOfTheDriverArea() {
        start(MODERN | Features.RING_PACKED).giveRx(0, 0, 2048);
        RawMemory.setShort(driver.queues[0].driverArea() + 2, (short) 2);
        mistake(0, "flags of the driver event suppression structure are 0x2");
    }

    // ---- old framing (5.1.6.6)

    private static VirtioCardOptions old() {
        return new VirtioCardOptions().legacy().without(Features.ANY_LAYOUT);
    }

    private static final long OLD = Features.MAC | CONTROL;

    @Test
    void oldDevicesTakeHeaderAndFrameApart() {
        driver = new TinyDriver(old().queueSize(16, true), 16);
        driver.negotiate(OLD);
        driver.enable(0);
        driver.enable(1);
        driver.enable(2);
        driver.live();
        driver.give(0, new Part(driver.iova(0), 10, true), new Part(driver.iova(1), 1514, true));
        driver.card.notify(0);
        driver.card.arrive(frame(60, 1));
        driver.card.settle();
        assertEquals(70, driver.poll(0).length());
        assertEquals(frame(60, 1)[59], RawMemory.getByte(driver.buffer(1) + 59));
        driver.give(1, new Part(driver.iova(0), 10, false), new Part(driver.iova(1), 60, false));
        driver.card.notify(1);
        driver.card.settle();
        assertEquals(60, driver.card.sent().getFirst().length);
        assertEquals(70, driver.poll(1).length(), "some old devices report this");
        driver.give(1, new Part(driver.iova(0), 70, false));
        mistake(1, "but without ANY_LAYOUT the header of 10 bytes has a descriptor of its own");
    }

    @Test
    void oldDevicesReceiveNothingIntoOneDescriptor() {
        start(old().queueSize(16, true), Features.MAC).giveRx(0, 0, 2048);
        mistake(0, "the first of its 1 descriptors has 2048 bytes");
    }

    @Test
    void oldDevicesTakeCommandsApart() {
        start(old().queueSize(16, true), OLD)
                .give(2, new Part(driver.iova(0), 3, false), new Part(driver.iova(1), 1, true));
        assertMistake("a descriptor of 2 bytes for class and command", () -> driver.card.notify(2));
    }

    // ---- commands

    private int command(int... bytes) {
        return driver.command(2, bytes);
    }

    @Test
    void receiveModes() {
        start(MODERN | CONTROL);
        assertFalse(driver.card.isPromiscuous());
        assertEquals(0, command(0, 0, 1));
        assertTrue(driver.card.isPromiscuous());
        assertEquals(0, command(0, 0, 0));
        assertFalse(driver.card.isPromiscuous());
        assertEquals(0, command(0, 1, 1), "all multicast");
        driver.giveRx(0, 0, 2048);
        driver.card.notify(0);
        driver.card.arrive(TinyDriver.frameTo(0x02_00_00_00_00_99L));
        driver.card.arrive(TinyDriver.frameTo(0x01_00_5e_00_00_01L));
        driver.card.settle();
        assertEquals(1, driver.card.filtered());
        assertEquals(1, RawMemory.getByte(driver.buffer(0) + 12));
    }

    @Test
    void addresses() {
        start(MODERN | CONTROL);
        assertEquals(0, command(1, 1, 2, 0, 0, 0, 0, 0x77));
        assertEquals(0x77, driver.card.config(5, 1));
        assertEquals(1, command(1, 1, 3, 0, 0, 0, 0, 0x77), "a group address");
        assertEquals(0, command(1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0x55, 0, 0, 0, 0), "a table of one, and of none");
        driver.giveRx(0, 0, 2048);
        driver.giveRx(0, 1, 2048);
        driver.card.notify(0);
        driver.card.arrive(TinyDriver.frameTo(0x02_00_00_00_00_55L));
        driver.card.arrive(TinyDriver.frameTo(0x02_00_00_00_00_66L));
        driver.card.arrive(TinyDriver.frameTo(0x02_00_00_00_00_77L));
        driver.card.settle();
        assertEquals(1, driver.card.filtered());
        assertEquals(0, driver.card.inFlight(0));
        assertMistake("has 9 bytes of data, but two tables", () -> command(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void unknownCommands() {
        start(MODERN | CONTROL);
        assertEquals(1, command(2, 0, 1, 0));
        assertEquals(1, command(255, 255, 1));
        assertMistake("needs CTRL_RX_EXTRA", () -> command(0, 4, 1));
    }

    @Test
    void commandsWithoutTheirFeature() {
        start(MODERN | Features.CTRL_VQ);
        assertMistake("CTRL_RX_PROMISC needs CTRL_RX", () -> command(0, 0, 1));
    }

    @Test
    void commandsOfTheWrongLength() {
        start(MODERN | CONTROL);
        assertMistake("CTRL_RX_PROMISC has 2 bytes of data instead of 1", () -> command(0, 0, 1, 0));
    }

    @Test
    void pairsOutOfRange() {
        start(new VirtioCardOptions().pairs(2), MODERN | CONTROL | Features.MQ);
        assertMistake("asks for 3 pairs, but the device has 1 to 2", () -> driver.command(4, 4, 0, 3, 0));
    }

    @Test
    void pairsThatAreNotSetUp() {
        driver = new TinyDriver(new VirtioCardOptions().pairs(2), 16);
        driver.negotiate(MODERN | CONTROL | Features.MQ);
        driver.enable(0);
        driver.enable(1);
        driver.enable(4);
        driver.live();
        assertMistake("but virtqueue 2 was not enabled", () -> driver.command(4, 4, 0, 2, 0));
    }

    @Test
    void pairsThatAreNotInUseSendNothing() {
        start(new VirtioCardOptions().pairs(2), MODERN | CONTROL | Features.MQ).giveTx(3, 0, frame(60, 1));
        mistake(3, "transmit queue 1 (virtqueue 3): buffers are made available, but 1 pairs of queues are in use");
    }

    @Test
    void withoutMqTheControlQueueIsNumberTwo() {
        start(new VirtioCardOptions().pairs(4), MODERN | CONTROL);
        assertEquals(64, driver.card.queueSize(2));
        assertEquals(0, driver.card.queueSize(3));
        assertEquals(0, driver.card.queueSize(8));
        assertEquals(0, command(0, 0, 1));
        assertNull(driver.poll(2));
    }
}
