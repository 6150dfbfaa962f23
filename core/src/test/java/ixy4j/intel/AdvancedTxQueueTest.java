package ixy4j.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.memory.RawMemory;
import ixy4j.packet.Buffers;
import ixy4j.packet.PacketBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvancedTxQueueTest {
    private static final int SIZE = 64;
    private static final int CAPACITY = 200;

    private final Rig rig = new Rig(SIZE, CAPACITY);
    private final AdvancedTxQueue queue = rig.tx();
    private final PacketBatch batch = rig.pool.batch(100);

    @AfterEach
    void closeRig() {
        rig.close();
    }

    /** Puts packets of 60 bytes in and transmits; how many were taken. */
    private int transmit(int packets) {
        for (int i = 0; i < packets; i++) {
            batch.add(60);
        }
        return queue.transmit(batch);
    }

    private void done(int index) {
        rig.setWord(rig.txRing, index, 8, 1L << 32); // STA.DD, the rest means nothing
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 60, 1514})
    void aDescriptorHasEveryFieldOfTheDiagram(int length) {
        batch.add(length);
        int buffer = Buffers.of(batch)[0];
        assertEquals(1, queue.transmit(batch));
        assertEquals(Buffers.iova(rig.pool, buffer), rig.word(rig.txRing, 0, 0));
        long word = rig.word(rig.txRing, 0, 8);
        assertEquals(length, word & 0xffff, "15:0 DTALEN");
        assertEquals(0, word >>> 16 & 0xf, "19:16 reserved, MAC");
        assertEquals(3, word >>> 20 & 0xf, "23:20 DTYP, advanced data");
        assertEquals(0b0010_0011, word >>> 24 & 0xff, "31:24 DCMD: DEXT, IFCS, EOP; no RS, VLE, TSE");
        assertEquals(0, word >>> 32 & 0xf, "35:32 STA: not done");
        assertEquals(0, word >>> 36 & 0x7, "38:36 IDX");
        assertEquals(0, word >>> 39 & 1, "39 CC");
        assertEquals(0, word >>> 40 & 0x3f, "45:40 POPTS");
        assertEquals(length, word >>> 46, "63:46 PAYLEN");
    }

    /** PAYLEN is 17 at least; what was in the buffer before does not get out. */
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16})
    void aFrameTooShortForADescriptorIsFilledWithZeros(int length) {
        batch.add(60);
        batch.add(length);
        long frame = Buffers.address(rig.pool, Buffers.of(batch)[1]);
        for (int i = 0; i < 60; i++) {
            RawMemory.setByte(frame + i, (byte) 0xaa);
        }
        assertEquals(2, queue.transmit(batch));
        assertEquals(2, rig.txTail());
        assertEquals(17L << 46 | 17, rig.word(rig.txRing, 1, 8) & ~(0x3fff_ffffL << 16));
        for (int i = 0; i < 18; i++) {
            assertEquals(i < length || i == 17 ? (byte) 0xaa : 0, RawMemory.getByte(frame + i), "byte " + i);
        }
        assertEquals(0, queue.wrongLength());
    }

    @Test
    void framesThatCannotBeSentAreDroppedAndCountedAndTheOthersSent() {
        int[] lengths = {60, 61, 1515, 62, 1518, 63, 1856, 14};
        for (int i = 0; i < lengths.length; i++) {
            batch.add(lengths[i]);
            batch.set8(i, 12, (byte) 8); // no VLAN tag
        }
        assertEquals(lengths.length, queue.transmit(batch));
        assertEquals(0, batch.size());
        assertEquals(3, queue.wrongLength());
        assertEquals(5, rig.txTail());
        for (int i = 0; i < 5; i++) {
            int expected = i == 4 ? 17 : 60 + i;
            assertEquals(expected, rig.word(rig.txRing, i, 8) >>> 46, "frame " + i);
        }
        queue.close();
        assertEquals(CAPACITY, rig.pool.available(), "no buffer is lost or in two places");
    }

    @Test
    void aVlanTagMayMakeAFrameLonger() {
        for (int length : new int[] {1518, 1519}) {
            int packet = batch.add(length);
            batch.set16(packet, 12, (short) 0x8100);
        }
        assertEquals(2, queue.transmit(batch));
        assertEquals(1, rig.txTail());
        assertEquals(1518, rig.word(rig.txRing, 0, 8) & 0xffff);
        assertEquals(1, queue.wrongLength());
    }

    @Test
    void aFullRingOfFramesThatCannotBeSentTakesThemAll() {
        for (int i = 0; i < 100; i++) {
            batch.add(1600);
            batch.set8(i, 12, (byte) 8);
        }
        assertEquals(100, queue.transmit(batch));
        assertEquals(100, queue.wrongLength());
        assertEquals(Rig.SENTINEL, rig.txTail());
        assertEquals(CAPACITY, rig.pool.available());
        assertEquals(SIZE - 1, transmit(70), "as if nothing had been");
    }

    /** Whatever the head says, no more than what was not reported, and no less than nothing. */
    @Test
    void whatIsBehindTheHeadWhenTheCardStopsWasNotSent() {
        transmit(40);
        queue.stopped(30);
        assertEquals(10, queue.unsent());
        queue.stopped(0);
        assertEquals(10, queue.unsent(), "it is closed");
    }

    @Test
    void whatIsNotKnownToBeSentWhenTheCardIsGoneWasNotSent() {
        transmit(40);
        done(31);
        transmit(0);
        queue.stopped(-1);
        assertEquals(8, queue.unsent());
    }

    @Test
    void aReportIsAskedForOnEach32ndOnly() {
        for (int turn = 0; turn < 3; turn++) {
            for (int start = 0; start < SIZE; start += 8) {
                assertEquals(8, transmit(8));
                for (int i = start; i < start + 8; i++) {
                    boolean report = (rig.word(rig.txRing, i, 8) & 1L << 27) != 0;
                    assertEquals(i % 32 == 31, report, "turn " + turn + ", descriptor " + i);
                    if (report) {
                        done(i);
                    }
                }
            }
        }
    }

    @Test
    void theTailIsTheOneBehindTheLast() {
        assertEquals(5, transmit(5));
        assertEquals(5, rig.txTail());
        assertEquals(3, transmit(3));
        assertEquals(8, rig.txTail());
        assertEquals(8, queue.end());
    }

    @Test
    void anEmptyBatchWritesNoTail() {
        assertEquals(0, queue.transmit(batch));
        assertEquals(Rig.SENTINEL, rig.txTail());
    }

    @Test
    void aFullRingTakesAllButOneAndThenNothing() {
        assertEquals(SIZE - 1, transmit(70));
        assertEquals(7, batch.size());
        assertEquals(SIZE - 1, rig.txTail());
        rig.resetTails();
        assertEquals(0, queue.transmit(batch));
        assertEquals(7, batch.size());
        assertEquals(Rig.SENTINEL, rig.txTail());
        done(31);
        assertEquals(7, queue.transmit(batch));
        assertEquals(6, rig.txTail(), "round the end");
        assertEquals(CAPACITY - SIZE + 1 - 7 + 32, rig.pool.available());
    }

    @Test
    void buffersComeBack32AtATime() {
        transmit(63);
        int without = rig.pool.available();
        assertEquals(CAPACITY - 63, without);
        done(30);
        queue.transmit(batch);
        assertEquals(without, rig.pool.available(), "only the 32nd counts");
        done(31);
        queue.transmit(batch);
        assertEquals(without + 32, rig.pool.available());
        done(63); // not transmitted yet: what is there is of no meaning
        queue.transmit(batch);
        assertEquals(without + 32, rig.pool.available());
    }

    @Test
    void severalTimes32ComeBackAtOnce() {
        try (Rig large = new Rig(256, 300)) {
            AdvancedTxQueue tx = large.tx();
            PacketBatch packets = large.pool.batch(255);
            for (int i = 0; i < 200; i++) {
                packets.add(60);
            }
            tx.transmit(packets);
            for (int i = 31; i < 192; i += 32) {
                large.setWord(large.txRing, i, 8, 1L << 32);
            }
            tx.transmit(packets);
            assertEquals(300 - 200 + 192, large.pool.available());
        }
    }

    @Test
    void aReportOfTheTurnBeforeIsNotTakenForThisOne() {
        for (int i = 0; i < 4; i++) {
            assertEquals(32, transmit(32)); // 0 to 31, 32 to 63, and again
            assertEquals(CAPACITY - 32, rig.pool.available(), "those before are back, these are not");
            done(i % 2 * 32 + 31);
        }
    }

    @Test
    void aClosedQueueHasGivenAllBuffersBackOnce() {
        transmit(63);
        done(31);
        transmit(10);
        batch.free();
        queue.close();
        queue.close();
        assertEquals(CAPACITY, rig.pool.available());
        Exception e = assertThrows(IllegalStateException.class, () -> queue.transmit(batch));
        assertEquals("transmit queue 0 of rig is closed", e.getMessage());
    }
}
