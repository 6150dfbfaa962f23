package ixy4j.intel;

import ixy4j.memory.RawMemory;
import ixy4j.packet.Buffers;
import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.Spaces;
import java.util.HashMap;
import java.util.Map;

/** Plain memory where a card would have its rings and tails, and a pool; tests play the card. */
final class Rig implements AutoCloseable {
    static final int SENTINEL = 0x5555_5555; // what a tail reads that nobody has written

    private final DmaMemory memory = DmaMemory.allocate(DmaMemory.PAGE, Spaces.VIRTUAL);
    private final Map<Long, Integer> buffers = new HashMap<>(); // by IOVA
    final int size;
    final PacketPool pool;
    final long rxRing = memory.address();
    final long txRing = memory.address() + 4096 * Descriptors.SIZE;
    final long rxTail = memory.address() + (1 << 20);
    final long txTail = rxTail + 64;

    Rig(int size, int buffers) {
        this.size = size;
        pool = PacketPool.create(buffers, Spaces.VIRTUAL);
        int[] all = new int[buffers];
        Buffers.allocate(pool, all, 0, buffers);
        for (int buffer : all) {
            this.buffers.put(Buffers.iova(pool, buffer), buffer);
        }
        Buffers.free(pool, all, 0, buffers);
        RawMemory.setInt(rxTail, SENTINEL);
        RawMemory.setInt(txTail, SENTINEL);
    }

    AdvancedRxQueue rx() {
        AdvancedRxQueue[] queue = new AdvancedRxQueue[1];
        queue[0] = new AdvancedRxQueue(
                "receive queue 0 of rig", rxRing, size, rxTail, () -> queue[0].stopped(), Interrupts.NONE);
        queue[0].open(pool);
        return queue[0];
    }

    AdvancedTxQueue tx() {
        AdvancedTxQueue[] queue = new AdvancedTxQueue[1];
        queue[0] = new AdvancedTxQueue(
                "transmit queue 0 of rig", txRing, size, txTail, () -> queue[0].stopped(queue[0].end()));
        queue[0].open(pool);
        return queue[0];
    }

    /** One of the two words of a descriptor: 0 or 8. */
    long word(long ring, int index, int offset) {
        return RawMemory.getLongAcquire(ring + (long) index * Descriptors.SIZE + offset);
    }

    void setWord(long ring, int index, int offset, long value) {
        RawMemory.setLongRelease(ring + (long) index * Descriptors.SIZE + offset, value);
    }

    /** The buffer that a descriptor leads the card to; an error where to none. */
    int buffer(long ring, int index) {
        long iova = word(ring, index, 0);
        Integer id = buffers.get(iova);
        if (id == null) {
            throw new AssertionError("descriptor " + index + " has no buffer's IOVA: 0x" + Long.toHexString(iova));
        }
        return id;
    }

    /** The card has filled a descriptor; {@code bits} as in the datasheet, with DD. */
    void received(int index, int length, long bits) {
        setWord(rxRing, index, 8, (long) length << 32 | bits | 1);
    }

    /** A good frame in one descriptor. */
    void received(int index, int length) {
        received(index, length, 2);
    }

    int rxTail() {
        return RawMemory.getIntAcquire(rxTail);
    }

    int txTail() {
        return RawMemory.getIntAcquire(txTail);
    }

    void resetTails() {
        RawMemory.setIntRelease(rxTail, SENTINEL);
        RawMemory.setIntRelease(txTail, SENTINEL);
    }

    @Override
    public void close() {
        pool.close();
        memory.close();
    }
}
