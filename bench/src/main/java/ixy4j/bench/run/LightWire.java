package ixy4j.bench.run;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Counter;
import ixy4j.model.wire.Wire;

/**
 * A wire that costs next to nothing, so that the driver is the limit: of a frame that arrives, one line of the cache is
 * written, as by a card's DMA, with a number in it. Each frame that comes out is counted and its length compared; of one in
 * {@link #SAMPLE}, the number and the byte that the application changes are looked at, since to read a line of each would cost
 * the forwarder's processor as much as this one.
 */
final class LightWire implements Wire {
    private static final int SAMPLE = 16; // a power of two
    private static final int LINE = 64;
    private static final int NUMBER = 16; // offset of it
    private static final long ADDRESSES = 2; // bytes 0 to 7: to 02:00:00:00:00:00

    private final int size;
    private final boolean sends;
    private final long expected; // bytes 0 to 7 of a frame that comes out
    private final Counter frames = new Counter();
    private final Counter wrong = new Counter();
    private long sent;
    private long came;
    private long last = -1;

    /**
     * A wire.
     *
     * @param size of each frame, in bytes
     * @param sends whether it sends at all
     * @param added to byte 1 of each frame by the application
     */
    LightWire(int size, boolean sends, int added) {
        this.size = size;
        this.sends = sends;
        expected = ADDRESSES | (long) added << 8;
    }

    @Override
    public int receive(long address, int room) {
        if (!sends || room < size) {
            return 0;
        }
        RawMemory.setLong(address, ADDRESSES);
        RawMemory.setLong(address + 8, 0x0045_0008_0000_0000L); // IPv4
        RawMemory.setLong(address + NUMBER, sent++);
        for (int i = NUMBER + 8; i < LINE; i += 8) {
            RawMemory.setLong(address + i, 0);
        }
        return size;
    }

    @Override
    public boolean transmit(long address, int length) {
        boolean good = length == size;
        if ((came++ & (SAMPLE - 1)) == 0) {
            long number = RawMemory.getLong(address + NUMBER);
            good &= RawMemory.getLong(address) == expected && number > last;
            last = number;
        }
        frames.add(1);
        if (!good) {
            wrong.add(1);
        }
        return true;
    }

    /** Frames that came out here; for any thread. */
    long frames() {
        return frames.get();
    }

    /** Those of them that were of another length, changed in another way, or out of order, as far as it was looked at. */
    long wrong() {
        return wrong.get();
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void close() {}
}
