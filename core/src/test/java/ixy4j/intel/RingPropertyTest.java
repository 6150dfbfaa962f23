package ixy4j.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.packet.Buffers;
import ixy4j.packet.PacketBatch;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random frames through both rings, with the test as the card: as many and as few as it likes at a time. */
class RingPropertyTest {
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 512, 1024, 4096})
    void orderIsKeptAndNoBufferIsLostOrShared(int size) {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        try (Rig rig = new Rig(size, 2 * size + new Random(seed).nextInt(3 * size))) {
            new Play(rig, seed).run();
        }
    }

    private static final class Play {
        private final Rig rig;
        private final Random random;
        private final String seed;
        private final int mask;
        private final AdvancedRxQueue rx;
        private final AdvancedTxQueue tx;
        private final PacketBatch batch;
        private final Deque<Integer> expected = new ArrayDeque<>(); // good frames, in the order of the wire
        private final BitSet cards = new BitSet(); // buffers that the card may write to
        private int rxHead;
        private int rxEnd;
        private int txHead;
        private int txEnd;
        private int serial;
        private int spanning; // descriptors to come of a frame that has begun
        private long broken;
        private long submitted;
        private long sent;

        Play(Rig rig, long seed) {
            this.rig = rig;
            this.seed = "seed " + seed + ", ring " + rig.size;
            random = new Random(seed);
            mask = rig.size - 1;
            rx = rig.rx();
            tx = rig.tx();
            batch = rig.pool.batch(1 + random.nextInt(Math.min(4096, 2 * rig.size)));
            rx.publish();
            RawMemory.setInt(rig.txTail, 0);
        }

        void run() {
            while (sent < 12L * rig.size) {
                if (random.nextBoolean()) {
                    cardReceives(random.nextInt(rig.size));
                }
                if (random.nextBoolean()) {
                    driverReceives();
                }
                if (random.nextBoolean()) {
                    driverTransmits();
                }
                if (random.nextBoolean()) {
                    cardSends(random.nextInt(rig.size));
                }
                if (random.nextInt(50) == 0) {
                    batch.free();
                }
            }
            for (int i = 0; i < rig.size; i++) { // what is left in the ring, a descriptor a call at least
                batch.free();
                rx.receive(batch);
            }
            batch.free();
            assertEquals((rxHead - 1) & mask, rig.rxTail(), seed + ": a call that finds nothing hands all over");
            rx.close();
            tx.close();
            assertEquals(rig.pool.capacity(), rig.pool.available(), seed);
            assertEquals(broken, rx.broken(), seed);
        }

        private void cardReceives(int most) {
            takeDescriptors();
            for (int i = 0; i < most && rxHead != rxEnd; i++) {
                int buffer = rig.buffer(rig.rxRing, rxHead);
                long bits = 2;
                int length = 60 + random.nextInt(1455);
                RawMemory.segment(Buffers.address(rig.pool, buffer), length).fill((byte) 0xee);
                if (spanning > 0 || random.nextInt(20) == 0) {
                    spanning = spanning > 0 ? spanning - 1 : 1 + random.nextInt(4);
                    bits = spanning > 0 ? 0 : 2;
                    broken += spanning > 0 ? 0 : 1;
                } else if (random.nextInt(20) == 0) {
                    bits |= 1L << (24 + random.nextInt(2));
                    broken++;
                } else {
                    RawMemory.setInt(Buffers.address(rig.pool, buffer) + 14, Integer.reverseBytes(serial));
                    expected.add(serial++);
                }
                cards.clear(buffer);
                rig.received(rxHead, length, bits);
                rxHead = (rxHead + 1) & mask;
            }
        }

        /** Takes what the tail has handed over. */
        private void takeDescriptors() {
            for (int tail = rig.rxTail(); rxEnd != tail; rxEnd = (rxEnd + 1) & mask) {
                int buffer = rig.buffer(rig.rxRing, rxEnd);
                assertEquals(0, rig.word(rig.rxRing, rxEnd, 8), seed);
                assertTrue(!cards.get(buffer), seed + ": the card has buffer " + buffer + " twice");
                cards.set(buffer);
            }
        }

        private void driverReceives() {
            int before = batch.size();
            long empty = rx.poolEmpty();
            int got = rx.receive(batch);
            assertEquals(before + got, batch.size(), seed);
            // Frames that found the pool empty are the last ones of a call: nothing refills it meanwhile.
            for (int i = before; i < before + got; i++) {
                assertEquals(expected.poll(), (int) batch.get32(i, 14), seed);
            }
            for (long dropped = rx.poolEmpty() - empty; dropped > 0; dropped--) {
                expected.poll();
            }
            conserved();
        }

        private void driverTransmits() {
            int before = batch.size();
            int taken = tx.transmit(batch);
            assertEquals(before - taken, batch.size(), seed);
            submitted += taken;
            long held = submitted - sent / 32 * 32; // all that was sent came back, but for the last up to 31
            assertEquals(held, rig.pool.capacity() - rig.size - batch.size() - rig.pool.available(), seed);
            assertTrue(taken == before || held == rig.size - 1, seed + ": refused though there was room");
            assertEquals(submitted & mask, rig.txTail(), seed);
        }

        private void cardSends(int most) {
            txEnd = rig.txTail();
            for (int i = 0; i < most && txHead != txEnd; i++) {
                int buffer = rig.buffer(rig.txRing, txHead);
                assertTrue(!cards.get(buffer), seed + ": buffer " + buffer + " is also in the receive ring");
                long word = rig.word(rig.txRing, txHead, 8);
                rig.setWord(rig.txRing, txHead, 0, -1); // nobody may read it again
                rig.setWord(rig.txRing, txHead, 8, (word & 1L << 27) != 0 ? 1L << 32 : 0);
                txHead = (txHead + 1) & mask;
                sent++;
            }
        }

        private void conserved() {
            int inRings = rig.pool.capacity() - rig.pool.available() - batch.size() - rig.size;
            assertTrue(inRings >= 0 && inRings < rig.size, seed + ": " + inRings + " with the transmit queue");
        }
    }
}
