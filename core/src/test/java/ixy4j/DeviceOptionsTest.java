package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOptionsTest {
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024, 2048, 4096})
    void powersOfTwoFrom64To4096AreRings(int size) {
        assertEquals(size, DeviceOptions.DEFAULT.withRingSize(size).ringSize());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -64, 0, 1, 32, 63, 65, 96, 4095, 4097, 8192, 1 << 30})
    void otherRingsAreRefusedWithTheirSize(int size) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> DeviceOptions.DEFAULT.withRingSize(size));
        assertTrue(e.getMessage().endsWith("64 to 4096 descriptors, a power of two, not " + size), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65, Integer.MAX_VALUE})
    void numbersOfQueuesOtherThan1To64AreRefusedEachWay(int queues) {
        Exception rx = assertThrows(IllegalArgumentException.class, () -> DeviceOptions.DEFAULT.withQueues(queues, 2));
        assertEquals("a card has 1 to 64 queues each way, not " + queues + " and 2", rx.getMessage());
        assertThrows(IllegalArgumentException.class, () -> DeviceOptions.DEFAULT.withQueues(2, queues));
    }

    @Test
    void theDefaultIsOneQueueEachWayPromiscuousAndNothingInUse() {
        assertEquals(new DeviceOptions(1, 1, 512, true, false, 0), DeviceOptions.DEFAULT);
    }

    @Test
    void eachChangeLeavesTheOthersAsTheyAre() {
        DeviceOptions all = DeviceOptions.DEFAULT
                .withQueues(64, 3)
                .withRingSize(4096)
                .withPromiscuous(false)
                .withForce(true);
        assertEquals(new DeviceOptions(64, 3, 4096, false, true, 0), all);
        assertEquals(new DeviceOptions(64, 3, 4096, true, true, 0), all.withPromiscuous(true));
        assertEquals(new DeviceOptions(64, 3, 64, false, true, 0), all.withRingSize(64));
        assertEquals(new DeviceOptions(2, 1, 4096, false, true, 0), all.withQueues(2, 1));
        assertEquals(new DeviceOptions(64, 3, 4096, false, false, 0), all.withForce(false));
    }
}
