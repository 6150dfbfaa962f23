package ixy4j.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.packet.Buffers;
import ixy4j.packet.PacketBatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A second thread plays the card: it learns by the tails alone what it may read, checks that it is complete, and spoils
 * it. A store that the driver makes too late, or a load too early, shows as a poisoned descriptor or a wrong frame.
 */
class StoreOrderTest {
    private static final int FRAMES = 200_000;
    private static final long POISON = 0x0bad_0bad_0bad_0badL & ~(1L << 32); // not done

    @ParameterizedTest
    @CsvSource({"64, true", "64, false", "512, true", "512, false"})
    void whatTheTailHandsOverIsComplete(int size, boolean receiving) throws InterruptedException, ExecutionException {
        try (Rig rig = new Rig(size, 3 * size)) {
            AdvancedRxQueue rx = rig.rx();
            AdvancedTxQueue tx = rig.tx();
            rx.publish();
            RawMemory.setIntRelease(rig.txTail, 0);
            FutureTask<Void> card = new FutureTask<>(new Card(rig, receiving), null);
            Thread thread = new Thread(card, "card");
            thread.start();
            PacketBatch batch = rig.pool.batch(32);
            int frames = 0;
            int taken = 0;
            while (taken < FRAMES && !card.isDone()) {
                int before = batch.size();
                int got = rx.receive(batch);
                for (int i = before; i < before + got; i++) {
                    assertEquals(length(frames), batch.length(i));
                    assertEquals(frames, (int) batch.get32(i, 0));
                    assertEquals(frames, (int) batch.get32(i, batch.length(i) - 4));
                    batch.set32(i, 0, ~frames);
                    frames++;
                }
                int sent = tx.transmit(batch);
                taken += sent;
                if (got + sent == 0) {
                    giveWay();
                }
            }
            card.get();
            assertEquals(FRAMES, taken);
            thread.join();
            assertEquals(0, rx.broken() + rx.poolEmpty());
            rx.close();
            tx.close();
            assertEquals(rig.pool.capacity(), rig.pool.available());
        }
    }

    /** The other thread may have to run on this processor. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but how long the test takes
    private static void giveWay() {
        Thread.yield();
    }

    private static int length(int frame) {
        return 60 + frame % 1455;
    }

    /**
     * Sends numbered frames and expects them back, in order. Where one of the tails stands it looks at what follows, so
     * that it is there at the moment that the tail moves: that of the receive ring, which it keeps full, or that of the
     * transmit ring, which it keeps empty.
     */
    private static final class Card implements Runnable {
        private static final int LOOKS = 2000;

        private final Rig rig;
        private final boolean receiving;
        private final int mask;
        private final long deadline = System.nanoTime() + 30_000_000_000L;
        private int rxHead;
        private int txHead;
        private int made;
        private int back;

        Card(Rig rig, boolean receiving) {
            this.rig = rig;
            this.receiving = receiving;
            mask = rig.size - 1;
        }

        @Override
        public void run() {
            while (back < FRAMES) {
                int before = made + back;
                for (int i = 0; receiving && rxHead == rig.rxTail() && i < LOOKS; i++) {
                    Thread.onSpinWait();
                }
                int tail = rig.rxTail();
                if (tail != rxHead) { // the newest one first: there is the least time between it and the tail
                    assertEquals(0, rig.word(rig.rxRing, (tail - 1) & mask, 8), "handed over before it was filled");
                }
                for (int left = receiving ? rig.size : 1 + back % 8; left > 0 && fill(); left--) {}
                for (int i = 0; !receiving && txHead == rig.txTail() && i < LOOKS; i++) {
                    Thread.onSpinWait();
                }
                for (int left = rig.size; left > 0 && drain(); left--) {}
                if (made + back == before) {
                    assertTrue(System.nanoTime() - deadline < 0, "nothing moves: " + made + " made, " + back + " back");
                    giveWay();
                }
            }
        }

        private boolean fill() {
            if (made == FRAMES || rxHead == rig.rxTail()) {
                return false;
            }
            long status = rig.word(rig.rxRing, rxHead, 8);
            assertEquals(0, status, "a descriptor was handed over before it was filled");
            long frame = Buffers.address(rig.pool, rig.buffer(rig.rxRing, rxHead));
            int length = length(made);
            RawMemory.setInt(frame, Integer.reverseBytes(made));
            RawMemory.setInt(frame + length - 4, Integer.reverseBytes(made));
            rig.setWord(rig.rxRing, rxHead, 0, POISON);
            rig.received(rxHead, length);
            made++;
            rxHead = (rxHead + 1) & mask;
            return true;
        }

        private boolean drain() {
            if (txHead == rig.txTail()) {
                return false;
            }
            long word = rig.word(rig.txRing, txHead, 8);
            long frame = Buffers.address(rig.pool, rig.buffer(rig.txRing, txHead));
            assertEquals(length(back), word & 0xffff, "frame " + back);
            assertEquals(length(back), word >>> 46, "frame " + back);
            assertEquals(Integer.reverseBytes(~back), RawMemory.getInt(frame), "the frame was written before");
            RawMemory.setInt(frame, 0x0badbad0);
            rig.setWord(rig.txRing, txHead, 0, POISON);
            rig.setWord(rig.txRing, txHead, 8, (word & Descriptors.TX_RS) != 0 ? Descriptors.TX_DD : POISON);
            back++;
            txHead = (txHead + 1) & mask;
            return true;
        }
    }
}
