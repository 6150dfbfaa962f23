package ixy4j.bench.stage;

import static ixy4j.intel.Descriptors.*;

import ixy4j.intel.AdvancedRxQueue;
import ixy4j.intel.AdvancedTxQueue;
import ixy4j.intel.Interrupts;
import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;

/**
 * The rings of an 82599 in memory, and a card that costs next to nothing, on the thread of the driver: one store for each
 * frame received, one for each {@link AdvancedTxQueue#CLEAN_BATCH} frames sent. Nothing of it travels between
 * processors, so what a stage costs on it is what its instructions cost, with all data in the nearest cache that
 * holds it.
 */
final class MemoryCard implements AutoCloseable {
    private static final int LENGTH = 60;
    private static final long RECEIVED = RX_DD | RX_EOP | (long) LENGTH << RX_LENGTH_SHIFT;

    final PacketPool pool;
    final AdvancedRxQueue rx;
    final AdvancedTxQueue tx;
    final PacketBatch batch;
    private final DmaMemory rings;
    private final long rxRing;
    private final long txRing;
    private final long txTail;
    private final int mask;
    private int filled; // the receive descriptor that the card fills next
    private int sent; // the transmit descriptor that it reports next

    /**
     * A card with rings of this size.
     *
     * @param ring descriptors in each, a power of two
     * @param most packets in the batch
     */
    MemoryCard(int ring, int most) {
        DmaSpace card = new DmaSpace() {};
        rings = DmaMemory.allocate(2L * ring * SIZE + 256, card);
        pool = PacketPool.create(2 * ring + most, card);
        batch = pool.batch(most);
        mask = ring - 1;
        rxRing = rings.address();
        txRing = rxRing + (long) ring * SIZE;
        long rxTail = txRing + (long) ring * SIZE;
        txTail = rxTail + 128; // two lines of the cache further
        rx = new AdvancedRxQueue("receive queue in memory", rxRing, ring, rxTail, () -> {}, Interrupts.NONE);
        rx.open(pool);
        tx = new AdvancedTxQueue("transmit queue in memory", txRing, ring, txTail, () -> {});
        tx.open(pool);
        rx.publish();
    }

    /** The card receives frames; the driver has given it that many descriptors. */
    void arrive(int frames) {
        final int mask = this.mask;
        int index = filled;
        for (int i = 0; i < frames; i++) {
            RawMemory.setLong(rxRing + ((long) index << 4) + 8, RECEIVED);
            index = (index + 1) & mask;
        }
        filled = index;
    }

    /** The card sends all that was handed to it. */
    void send() {
        int tail = RawMemory.getIntAcquire(txTail);
        while (((tail - sent) & mask) >= AdvancedTxQueue.CLEAN_BATCH) {
            sent = (sent + AdvancedTxQueue.CLEAN_BATCH) & mask;
            RawMemory.setLong(txRing + ((long) ((sent - 1) & mask) << 4) + 8, TX_DD);
        }
    }

    @Override
    public void close() {
        pool.close();
        rings.close();
    }
}
