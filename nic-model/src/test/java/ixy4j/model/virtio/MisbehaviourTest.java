package ixy4j.model.virtio;

import static ixy4j.model.virtio.TinyDriver.CONTROL;
import static ixy4j.model.virtio.TinyDriver.MODERN;
import static ixy4j.model.virtio.TinyDriver.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.memory.RawMemory;
import ixy4j.model.DriverMistake;
import ixy4j.model.virtio.TinyDriver.Back;
import ixy4j.model.virtio.TinyDriver.SplitLane;
import ixy4j.virtio.Features;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device that misbehaves really does, each time that it can. */
class MisbehaviourTest {
    private static final long PACKED = Features.RING_PACKED;

    private TinyDriver driver;

    private static VirtioCardOptions always(Misbehaviour how) {
        return new VirtioCardOptions().misbehaves(how, 1).seed(3);
    }

    /** Three frames were received, as far as the device does that. */
    private void receive(Misbehaviour how, long features) {
        driver = TinyDriver.started(always(how), MODERN | features);
        for (int i = 0; i < 3; i++) {
            driver.giveRx(0, i, 2048);
            driver.card.arrive(frame(60, i));
        }
        driver.card.notify(0);
        driver.card.settle();
        assertTrue(driver.card.count(how) > 0, how + " struck");
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void theUsedIndexJumpsPastAllThatThereIs() {
        receive(Misbehaviour.USED_INDEX_JUMPS, 0);
        assertTrue(((SplitLane) driver.lanes[0]).usedIndex() > 16);
    }

    @Test
    void whatTheDriverDoesThenIsNotHeldAgainstIt() {
        receive(Misbehaviour.USED_INDEX_JUMPS, 0);
        ((SplitLane) driver.lanes[0]).setIndex(1000);
        driver.card.notify(0);
        driver.card.settle();
        driver.giveTx(1, 5, frame(60, 1));
        driver.card.notify(1);
        driver.card.settle();
        assertEquals(1, driver.card.sent().size(), "other queues go on");
    }

    @Test
    void anIdIsOutOfRange() {
        receive(Misbehaviour.USED_ID_OUT_OF_RANGE, 0);
        for (int i = 0; i < 3; i++) {
            assertTrue(Integer.compareUnsigned(driver.poll(0).id(), 15) > 0);
        }
        close();
        receive(Misbehaviour.USED_ID_OUT_OF_RANGE, PACKED);
        int id = RawMemory.getShort(driver.queues[0].descriptors() + 12) & 0xffff;
        assertTrue(id > 15, "id " + id);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PACKED})
    void anIdStandsForNothing(long features) {
        receive(Misbehaviour.USED_ID_NOT_IN_FLIGHT, features);
        int id = features == 0 ? driver.poll(0).id() : RawMemory.getShort(driver.queues[0].descriptors() + 12);
        assertTrue(id > 2 && id < 16, "id " + id);
    }

    @Test
    void aBufferIsUsedTwice() {
        receive(Misbehaviour.USED_TWICE, 0);
        assertEquals(6, ((SplitLane) driver.lanes[0]).usedIndex());
        assertEquals(driver.poll(0), driver.poll(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PACKED})
    void lengthsAreImpossible(long features) {
        receive(Misbehaviour.USED_LENGTH_ZERO, features);
        assertEquals(0, driver.poll(0).length());
        close();
        receive(Misbehaviour.USED_LENGTH_SHORT, features);
        int length = driver.poll(0).length();
        assertTrue(length > 0 && length < 12, "length " + length);
        close();
        receive(Misbehaviour.USED_LENGTH_TOO_LONG, features);
        length = driver.poll(0).length();
        assertTrue(Integer.compareUnsigned(length, 2048) > 0, "length " + length);
    }

    @ParameterizedTest
    @ValueSource(longs = {Features.MRG_RXBUF, Features.MRG_RXBUF | PACKED})
    void numbersOfBuffersAreImpossible(long features) {
        receive(Misbehaviour.NUM_BUFFERS_ZERO, features);
        assertEquals(0, RawMemory.getShort(driver.buffer(0) + 10));
        close();
        receive(Misbehaviour.NUM_BUFFERS_HUGE, features);
        assertTrue((RawMemory.getShort(driver.buffer(0) + 10) & 0xffff) > 16);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PACKED, Features.IN_ORDER, PACKED | Features.IN_ORDER})
    void buffersNeverComeBack(long features) {
        receive(Misbehaviour.NEVER_RETURNED, features);
        assertNull(driver.poll(0));
    }

    @Test
    void itGivesUp() {
        driver = TinyDriver.started(always(Misbehaviour.NEEDS_RESET), MODERN);
        assertEquals(15, driver.card.status());
        driver.card.step();
        assertEquals(79, driver.card.status());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PACKED})
    void commandsAreNotAnswered(long features) {
        driver = TinyDriver.started(always(Misbehaviour.CONTROL_SILENT), MODERN | CONTROL | features);
        assertEquals(-1, driver.command(2, 0, 0, 1));
        close();
        driver = TinyDriver.started(always(Misbehaviour.CONTROL_ERROR), MODERN | CONTROL | features);
        assertEquals(1, driver.command(2, 0, 0, 1));
        assertFalse(driver.card.isPromiscuous(), "nor done");
    }

    @Test
    void theConfigurationMakesNoSense() {
        assertEquals(1, new VirtioCard(always(Misbehaviour.MAC_MULTICAST)).config(0, 1) & 1);
        assertEquals(0, new VirtioCard(always(Misbehaviour.PAIRS_ZERO)).config(8, 2));
        assertEquals(0, new VirtioCard(always(Misbehaviour.MTU_ZERO)).config(10, 2));
    }

    @Test
    void sizesOfQueuesMakeNoSense() {
        driver = new TinyDriver(always(Misbehaviour.QUEUE_SIZE_ZERO), 16);
        driver.negotiate(MODERN);
        assertEquals(0, driver.card.queueSize(0));
        driver.close();
        driver = new TinyDriver(always(Misbehaviour.QUEUE_SIZE_ODD), 16);
        driver.negotiate(MODERN);
        assertNotEquals(1, Integer.bitCount(driver.card.queueSize(0)));
    }

    @Test
    void noFeaturesAreGoodEnough() {
        VirtioCard card = new VirtioCard(always(Misbehaviour.FEATURES_REFUSED));
        card.setStatus(1);
        card.setStatus(3);
        card.setFeatures(MODERN);
        card.setStatus(11);
        assertEquals(3, card.status());
    }

    @Test
    void aResetDoesNotEnd() {
        VirtioCard card = new VirtioCard(always(Misbehaviour.RESET_HANGS));
        IxyException e = assertThrows(IxyException.class, () -> card.setStatus(0));
        assertEquals(IxyException.class, e.getClass(), "no " + DriverMistake.class);
    }

    @Test
    void theSameSeedGivesTheSame() {
        Back[] first = misreported();
        Back[] second = misreported();
        for (int i = 0; i < 3; i++) {
            assertEquals(first[i], second[i]);
        }
    }

    private Back[] misreported() {
        receive(Misbehaviour.USED_LENGTH_SHORT, 0);
        Back[] backs = {driver.poll(0), driver.poll(0), driver.poll(0)};
        driver.close();
        driver = null;
        return backs;
    }
}
