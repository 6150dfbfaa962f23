package ixy4j.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.Buffers;
import ixy4j.packet.PacketBatch;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvancedRxQueueTest {
    private static final int SIZE = 64;
    private static final int CAPACITY = 200;

    private final Rig rig = new Rig(SIZE, CAPACITY);

    @AfterEach
    void closeRig() {
        rig.close();
    }

    @Test
    void aNewRingIsFullOfDifferentBuffersAndTheCardHasNone() {
        rig.rx();
        Set<Integer> buffers = new HashSet<>();
        for (int i = 0; i < SIZE; i++) {
            assertTrue(buffers.add(rig.buffer(rig.rxRing, i)), "descriptor " + i);
            assertEquals(0, rig.word(rig.rxRing, i, 8), "no header buffer, and not done");
        }
        assertEquals(CAPACITY - SIZE, rig.pool.available());
        assertEquals(Rig.SENTINEL, rig.rxTail());
    }

    @Test
    void publishingHandsOverAllButOne() {
        rig.rx().publish();
        assertEquals(SIZE - 1, rig.rxTail());
    }

    @Test
    void aPoolTooSmallKeepsItsBuffers() {
        try (Rig small = new Rig(SIZE, SIZE - 1)) {
            Exception e = assertThrows(IllegalArgumentException.class, small::rx);
            assertEquals("receive queue 0 of rig needs 64 free buffers, but the pool has 63", e.getMessage());
            assertEquals(SIZE - 1, small.pool.available());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 63})
    void theTailFollowsToTheLastOneConsumed(int frames) {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(SIZE);
        int[] buffers = new int[frames];
        for (int i = 0; i < frames; i++) {
            buffers[i] = rig.buffer(rig.rxRing, i);
            rig.received(i, 60 + i);
        }
        assertEquals(frames, queue.receive(batch));
        assertEquals(frames - 1, rig.rxTail());
        for (int i = 0; i < frames; i++) {
            assertEquals(buffers[i], Buffers.of(batch)[i], "the buffer itself, no copy");
            assertEquals(60 + i, batch.length(i));
            assertTrue(rig.buffer(rig.rxRing, i) != buffers[i], "another takes its place");
            assertEquals(0, rig.word(rig.rxRing, i, 8), "no longer done");
        }
    }

    @Test
    void smallBatchesRefillAndHandOverTogether() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(1);
        for (int i = 0; i < 10; i++) {
            rig.received(i, 60 + i);
        }
        for (int i = 0; i < 4; i++) { // a sixteenth of the ring
            assertEquals(Rig.SENTINEL, rig.rxTail());
            assertEquals(60L << 32 | 3, rig.word(rig.rxRing, 0, 8), "nothing is written to the line");
            assertEquals(1, queue.receive(batch));
            assertEquals(60 + i, batch.length(0));
            batch.free();
        }
        assertEquals(3, rig.rxTail());
        for (int i = 0; i < 4; i++) {
            assertEquals(0, rig.word(rig.rxRing, i, 8));
        }
        assertEquals(64L << 32 | 3, rig.word(rig.rxRing, 4, 8));
    }

    /** Some of them were looked at, and others were not refilled. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 9, 10})
    void whatNobodyTookIsCountedOnClose(int taken) {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(1);
        for (int i = 0; i < 10; i++) {
            rig.received(i, 60);
        }
        for (int i = 0; i < taken; i++) {
            assertEquals(1, queue.receive(batch));
            batch.free();
        }
        queue.close();
        assertEquals(10 - taken, queue.unread());
        assertEquals(CAPACITY, rig.pool.available());
    }

    @Test
    void anEmptyPoolDropsFramesThatWereLookedAtOneByOne() {
        try (Rig small = new Rig(SIZE, SIZE + 2)) {
            AdvancedRxQueue queue = small.rx();
            PacketBatch batch = small.pool.batch(1);
            PacketBatch kept = small.pool.batch(2);
            for (int i = 0; i < 6; i++) {
                small.received(i, 60 + i);
            }
            for (int i = 0; i < 2; i++) {
                assertEquals(1, queue.receive(batch));
                batch.moveTo(kept, 0);
                batch.free();
            }
            for (int i = 1; i <= 3; i++) {
                assertEquals(0, queue.receive(batch));
                assertEquals(i, queue.poolEmpty());
            }
            kept.free();
            assertEquals(1, queue.receive(batch));
            assertEquals(65, batch.length(0));
            assertEquals(3, queue.poolEmpty());
        }
    }

    @Test
    void nothingReceivedWritesNoTail() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(8);
        assertEquals(0, queue.receive(batch));
        rig.setWord(rig.rxRing, 0, 8, 60L << 32 | 2); // all but DD
        assertEquals(0, queue.receive(batch));
        rig.received(1, 60); // not before the one in front of it
        assertEquals(0, queue.receive(batch));
        assertEquals(Rig.SENTINEL, rig.rxTail());
        assertEquals(CAPACITY - SIZE, rig.pool.available());
    }

    @Test
    void aFullBatchTakesNothingAndWritesNoTail() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(1);
        rig.received(0, 60);
        batch.add(60);
        assertEquals(0, queue.receive(batch));
        assertEquals(Rig.SENTINEL, rig.rxTail());
    }

    /** Each bit with its number in the second word, from the datasheet's table of extended errors (7.1.6.2). */
    @ParameterizedTest
    @ValueSource(ints = {24, 25, 27, 28, 29}) // CE, LE, PE, OSE, RXE
    void aFrameWithAnErrorIsCountedAndItsBufferUsedAgain(int bit) {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(8);
        int buffer = rig.buffer(rig.rxRing, 0);
        rig.received(0, 60, 2 | 1L << bit);
        rig.received(1, 61);
        assertEquals(1, queue.receive(batch));
        assertEquals(61, batch.length(0));
        assertEquals(1, queue.broken());
        assertEquals(0, queue.poolEmpty());
        assertEquals(buffer, rig.buffer(rig.rxRing, 0));
        assertEquals(0, rig.word(rig.rxRing, 0, 8));
        assertEquals(1, rig.rxTail());
    }

    @Test
    void whatIsNoErrorOfTheFrameDoesNotDropIt() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(SIZE);
        int index = 0;
        for (int bit = 0; bit < 64; bit++) {
            boolean length = bit >= 32 && bit < 48;
            boolean error = bit == 24 || bit == 25 || bit == 27 || bit == 28 || bit == 29;
            if (!length && !error) {
                rig.received(index++, 60, 2 | 1L << bit); // status, checksum errors, VLAN tag
            }
        }
        assertEquals(index, queue.receive(batch));
        for (int i = 0; i < index; i++) {
            assertEquals(60, batch.length(i));
        }
        assertEquals(0, queue.broken());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void aFrameThatSpansDescriptorsIsCountedOnceAndTheNextIsFine(int descriptors) {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(8);
        rig.received(0, 60);
        for (int i = 1; i < descriptors; i++) {
            rig.received(i, 1856, 0);
        }
        rig.received(descriptors, 100);
        rig.received(descriptors + 1, 61);
        assertEquals(2, queue.receive(batch));
        assertEquals(60, batch.length(0));
        assertEquals(61, batch.length(1));
        assertEquals(1, queue.broken());
        assertEquals(CAPACITY - SIZE - 2, rig.pool.available());
        assertEquals(descriptors + 1, rig.rxTail());
    }

    @Test
    void theRestOfASpanningFrameIsRecognisedInLaterCallsToo() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(8);
        for (int i = 0; i < 3; i++) {
            rig.received(i, 1000, i == 2 ? 2 : 0);
            assertEquals(0, queue.receive(batch));
            assertEquals(i, rig.rxTail(), "its descriptors are the card's again");
        }
        rig.received(3, 61);
        assertEquals(1, queue.receive(batch));
        assertEquals(1, queue.broken());
    }

    @Test
    void spanningFramesInARowAreCountedEach() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(SIZE);
        for (int i = 0; i < 12; i++) {
            rig.received(i, 1000, i % 3 == 2 ? 2 | 1L << 29 : 0); // the last one also with an error
        }
        rig.received(12, 60);
        assertEquals(1, queue.receive(batch));
        assertEquals(4, queue.broken());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 59, 1519, 1921, 65_535})
    void impossibleLengthsAreNeverDelivered(int length) {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(8);
        rig.received(0, length);
        rig.received(1, 60);
        rig.received(2, 1518);
        assertEquals(2, queue.receive(batch));
        assertEquals(60, batch.length(0));
        assertEquals(1518, batch.length(1));
        assertEquals(1, queue.broken());
    }

    @Test
    void anEmptyPoolDropsTheFrameAndKeepsTheBuffer() {
        AdvancedRxQueue queue = rig.rx();
        PacketBatch batch = rig.pool.batch(SIZE);
        int[] all = new int[CAPACITY - SIZE];
        Buffers.allocate(rig.pool, all, 0, all.length);
        int buffer = rig.buffer(rig.rxRing, 0);
        rig.received(0, 60);
        assertEquals(0, queue.receive(batch));
        assertEquals(1, queue.poolEmpty());
        assertEquals(0, queue.broken());
        assertEquals(buffer, rig.buffer(rig.rxRing, 0));
        assertEquals(0, rig.rxTail());
        Buffers.free(rig.pool, all, 0, 1);
        rig.received(1, 60);
        assertEquals(1, queue.receive(batch));
    }

    @Test
    void anEmptyPoolFetchesWhatAClosedQueueHasLeft() {
        AdvancedRxQueue queue = rig.rx();
        AdvancedTxQueue other = rig.tx();
        PacketBatch batch = rig.pool.batch(SIZE);
        batch.add(60);
        other.transmit(batch);
        int[] rest = new int[CAPACITY - SIZE - 1];
        Buffers.allocate(rig.pool, rest, 0, rest.length);
        other.close();
        rig.received(0, 60);
        assertEquals(1, queue.receive(batch));
        assertEquals(0, queue.poolEmpty());
    }

    @Test
    void aClosedQueueHasGivenItsBuffersBackOnce() {
        AdvancedRxQueue queue = rig.rx();
        assertTrue(queue.isOpen());
        assertEquals("receive queue 0 of rig", queue.toString());
        queue.close();
        queue.close();
        assertEquals(CAPACITY, rig.pool.available());
        assertTrue(!queue.isOpen());
        assertEquals("receive queue 0 of rig, not open", queue.toString());
        PacketBatch batch = rig.pool.batch(1);
        Exception e = assertThrows(IllegalStateException.class, () -> queue.receive(batch));
        assertEquals("receive queue 0 of rig is closed", e.getMessage());
    }
}
