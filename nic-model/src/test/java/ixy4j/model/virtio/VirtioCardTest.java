package ixy4j.model.virtio;

import static ixy4j.model.virtio.TinyDriver.MODERN;
import static ixy4j.model.virtio.TinyDriver.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ixy4j.memory.RawMemory;
import ixy4j.model.virtio.TinyDriver.Back;
import ixy4j.model.virtio.TinyDriver.Part;
import ixy4j.model.virtio.TinyDriver.SplitLane;
import ixy4j.virtio.Features;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the device does for a driver that makes no mistake: frames both ways, on split and packed virtqueues. */
class VirtioCardTest {
    private TinyDriver driver;

    private TinyDriver start(VirtioCardOptions options, long features) {
        driver = TinyDriver.started(options, features);
        return driver;
    }

    private TinyDriver start(boolean packed, VirtioCardOptions options, long features) {
        return start(options, features | (packed ? Features.RING_PACKED : 0));
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void receive(byte[]... frames) {
        for (byte[] frame : frames) {
            driver.card.arrive(frame);
        }
        driver.card.settle();
    }

    // ---- receive

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesComeBehindAHeaderOfTheirOwnForManyTurnsOfTheRing(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN);
        for (int i = 0; i < 100; i++) {
            int id = driver.giveRx(0, i % 16, 2048);
            driver.card.notify(0);
            receive(frame(60 + i, i));
            assertEquals(new Back(id, 72 + i), driver.poll(0), "frame " + i);
            assertArrayEquals(frame(60 + i, i), driver.received(i % 16, 60 + i));
            assertEquals(1L << 16, RawMemory.getLong(driver.buffer(i % 16) + 4) >>> 32, "num_buffers and csum_offset");
            assertEquals(0, RawMemory.getLong(driver.buffer(i % 16)), "no flags, no GSO");
        }
        assertNull(driver.poll(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesWaitForBuffers(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN);
        receive(frame(60, 1), frame(60, 2), frame(60, 3));
        assertNull(driver.poll(0));
        driver.giveRx(0, 0, 2048);
        driver.giveRx(0, 1, 2048);
        driver.card.notify(0);
        driver.card.settle();
        assertEquals(72, driver.poll(0).length());
        assertEquals(72, driver.poll(0).length());
        assertArrayEquals(frame(60, 2), driver.received(1, 60));
        driver.giveRx(0, 2, 2048);
        driver.card.notify(0);
        driver.card.settle();
        assertEquals(72, driver.poll(0).length());
        assertArrayEquals(frame(60, 3), driver.received(2, 60));
        assertEquals(0, driver.card.droppedTooLong());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBufferMayHaveSeveralDescriptors(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN);
        for (int i = 0; i < 20; i++) {
            int id = driver.give(
                    0,
                    new Part(driver.iova(0), 5, true),
                    new Part(driver.iova(1), 20, true),
                    new Part(driver.iova(2), 1600, true));
            driver.card.notify(0);
            receive(frame(100, i));
            assertEquals(new Back(id, 112), driver.poll(0));
            byte[] frame = frame(100, i);
            assertEquals(frame[0], RawMemory.getByte(driver.buffer(1) + 7), "behind 5 + 7 bytes of header");
            assertEquals(frame[99], RawMemory.getByte(driver.buffer(2) + 86));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutMergedBuffersAFrameThatDoesNotFitIsDropped(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN & ~Features.MTU);
        driver.giveRx(0, 0, 1526);
        driver.card.notify(0);
        receive(frame(1515, 1), frame(1514, 2));
        assertEquals(1526, driver.poll(0).length());
        assertArrayEquals(frame(1514, 2), driver.received(0, 1514));
        assertEquals(1, driver.card.droppedTooLong());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsLongerThanTheMtuIsDropped(boolean packed) {
        start(packed, new VirtioCardOptions().mtu(1000), MODERN);
        driver.giveRx(0, 0, 2048);
        driver.card.notify(0);
        receive(frame(1015, 1), frame(1014, 2));
        assertEquals(1026, driver.poll(0).length());
        assertEquals(1, driver.card.droppedTooLong());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFrameIsSpreadOverBuffers(boolean packed) {
        start(packed, new VirtioCardOptions().mtu(9000), MODERN | Features.MRG_RXBUF);
        driver.giveRx(0, 0, 100);
        driver.giveRx(0, 1, 200);
        driver.card.notify(0);
        receive(frame(400, 1));
        assertNull(driver.poll(0), "it waits for more room");
        int id = driver.giveRx(0, 2, 300);
        driver.card.notify(0);
        driver.card.settle();
        assertEquals(100, driver.poll(0).length());
        assertEquals(200, driver.poll(0).length());
        assertEquals(new Back(id, 112), driver.poll(0));
        assertEquals(3, RawMemory.getShort(driver.buffer(0) + 10), "num_buffers");
        byte[] frame = frame(400, 1);
        assertEquals(frame[87], RawMemory.getByte(driver.buffer(0) + 99));
        assertEquals(frame[88], RawMemory.getByte(driver.buffer(1)));
        assertEquals(frame[399], RawMemory.getByte(driver.buffer(2) + 111));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFrameThatTheWholeRingCannotHoldIsDropped(boolean packed) {
        start(packed, new VirtioCardOptions().mtu(9000), MODERN | Features.MRG_RXBUF);
        for (int i = 0; i < 16; i++) {
            driver.giveRx(0, i, 100);
        }
        driver.card.notify(0);
        receive(frame(1600, 1), frame(60, 2));
        assertEquals(72, driver.poll(0).length());
        assertEquals(1, driver.card.droppedTooLong());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outOfOrderBuffersHoldFramesInOrder(boolean packed) {
        start(packed, new VirtioCardOptions().outOfOrder().seed(7), MODERN);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ids.add(driver.giveRx(0, i, 2048));
        }
        driver.card.notify(0);
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            receive(frame(60, i));
            int id = driver.poll(0).id();
            used.add(id);
            assertArrayEquals(frame(60, i), driver.received(ids.indexOf(id), 60), "frame " + i);
        }
        assertNotEquals(ids, used);
        assertEquals(new HashSet<>(ids), new HashSet<>(used));
    }

    // ---- transmit

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesAreSentForManyTurnsOfTheRing(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN);
        for (int i = 0; i < 100; i++) {
            int id = driver.giveTx(1, i % 16, frame(60 + i, i));
            driver.card.notify(1);
            assertNull(driver.poll(1), "not before it is stepped");
            driver.card.settle();
            assertEquals(new Back(id, 0), driver.poll(1));
            assertArrayEquals(frame(60 + i, i), driver.card.sent().getFirst());
        }
        assertEquals(List.of(), driver.card.sent());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFrameToSendMayHaveSeveralDescriptors(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN);
        byte[] frame = frame(100, 5);
        for (int i = 0; i < 20; i++) {
            TinyDriver.write(driver.buffer(0) + 12, frame);
            int id = driver.give(
                    1,
                    new Part(driver.iova(0), 3, false),
                    new Part(driver.iova(0) + 3, 29, false),
                    new Part(driver.iova(0) + 32, 80, false));
            driver.card.notify(1);
            driver.card.settle();
            assertEquals(id, driver.poll(1).id());
            assertArrayEquals(frame, driver.card.sent().getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sentBuffersComeBackInAnyOrder(boolean packed) {
        start(packed, new VirtioCardOptions().outOfOrder().seed(7), MODERN);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ids.add(driver.giveTx(1, i, frame(60, i)));
        }
        driver.card.notify(1);
        driver.card.settle();
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            used.add(driver.poll(1).id());
        }
        assertNotEquals(ids, used);
        assertEquals(new HashSet<>(ids), new HashSet<>(used));
        List<byte[]> sent = driver.card.sent();
        for (int i = 0; i < 16; i++) {
            assertArrayEquals(frame(60, i), sent.get(i), "frames keep their order");
        }
    }

    // ---- in order

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inOrderOneEntryStandsForABatchOfSentFrames(boolean packed) {
        start(packed, new VirtioCardOptions().batch(4), MODERN | Features.IN_ORDER);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(driver.giveTx(1, i, frame(60, i)));
        }
        driver.card.notify(1);
        driver.card.settle();
        if (packed) {
            TinyDriver.PackedLane lane = (TinyDriver.PackedLane) driver.lanes[1];
            assertEquals(ids.get(3), lane.poll().id());
            assertNull(lane.poll(), "what it stands for was not written");
            lane.skip(3);
            assertEquals(ids.get(5), lane.poll().id(), "where the first of its batch was");
        } else {
            SplitLane lane = (SplitLane) driver.lanes[1];
            assertEquals(6, lane.usedIndex());
            assertEquals(ids.get(3), lane.entry(0).id());
            assertEquals(ids.get(5), lane.entry(4).id());
            assertEquals(new Back(0, 0), lane.entry(1), "left as it was");
        }
        assertEquals(6, driver.card.sent().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyFullBuffersAreLeftOutOfABatchOfReceivedOnes(boolean packed) {
        start(packed, new VirtioCardOptions().batch(4), MODERN | Features.IN_ORDER | Features.MRG_RXBUF);
        for (int i = 0; i < 5; i++) {
            driver.giveRx(0, i, 100);
        }
        driver.card.notify(0);
        receive(frame(60, 1), frame(250, 2));
        assertEquals(new Back(0, 72), driver.poll(0), "60 + 12 of 100");
        if (packed) {
            assertEquals(new Back(3, 62), driver.poll(0), "100 + 100 + 62");
        } else {
            SplitLane lane = (SplitLane) driver.lanes[0];
            assertEquals(4, lane.usedIndex());
            assertEquals(new Back(3, 62), lane.entry(1));
        }
    }

    // ---- notifications

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDeviceCanDoWithoutNotifications(boolean packed) {
        start(packed, new VirtioCardOptions().wantsNotifications(false), MODERN);
        assertEquals(1, driver.lanes[0].suppressed());
        assertEquals(1, driver.lanes[1].suppressed());
        driver.giveTx(1, 0, frame(60, 1));
        driver.giveRx(0, 1, 2048);
        receive(frame(61, 2));
        assertEquals(1, driver.card.sent().size());
        assertEquals(73, driver.poll(0).length());
        driver.card.setWantsNotifications(true);
        assertEquals(0, driver.lanes[0].suppressed());
        assertEquals(0, driver.card.notifications(0) + driver.card.notifications(1));
        driver.notifyAll(0, 1, 1);
        assertEquals(2, driver.card.notifications(1));
    }

    // ---- link

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutALinkFramesAreLost(boolean packed) {
        start(packed, new VirtioCardOptions(), MODERN);
        driver.card.setLink(false);
        assertEquals(0, driver.card.config(6, 2));
        driver.giveRx(0, 0, 2048);
        driver.giveTx(1, 1, frame(60, 1));
        driver.notifyAll(0, 1);
        receive(frame(60, 2));
        assertNull(driver.poll(0));
        assertEquals(List.of(), driver.card.sent());
        assertEquals(0, driver.poll(1).length(), "the buffer comes back");
        driver.card.setLink(true);
        assertEquals(1, driver.card.config(6, 2));
    }

    // ---- several pairs

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pairsAreUsedOnceACommandSaysSo(boolean packed) {
        start(packed, new VirtioCardOptions().pairs(4).spread(), MODERN | TinyDriver.CONTROL | Features.MQ);
        assertEquals(4, driver.card.config(8, 2));
        for (int i = 0; i < 4; i++) {
            driver.giveRx(2 * i, 2 * i, 2048);
            driver.giveRx(2 * i, 2 * i + 1, 2048);
            driver.card.notify(2 * i);
        }
        receive(frame(60, 1));
        assertEquals(72, driver.poll(0).length());
        assertEquals(0, driver.command(8, 4, 0, 4, 0), "OK");
        receive(frame(61, 1), frame(62, 2), frame(63, 3), frame(64, 4));
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            lengths.add(driver.poll(2 * i).length());
        }
        assertEquals(Set.of(73, 74, 75, 76), lengths);
        driver.giveTx(7, 20, frame(60, 9));
        driver.card.notify(7);
        driver.card.settle();
        assertEquals(1, driver.card.sent().size());
    }
}
