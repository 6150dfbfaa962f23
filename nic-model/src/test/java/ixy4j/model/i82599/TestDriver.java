package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.memory.RawMemory;
import ixy4j.model.ModelFunction;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import java.util.Arrays;

/** A driver in pieces, for tests of the card: it does what a test says, right or wrong. */
public final class TestDriver implements AutoCloseable {
    public static final int QUEUE = 0x40;
    public static final int ENABLE = 1 << 25;
    public static final int SRRCTL_ADVANCED = 2 | 1 << 25;
    public static final int SRRCTL_DROP = 1 << 28;
    public static final long EOP = 1L << 24;
    public static final long IFCS = 1L << 25;
    public static final long RS = 1L << 27;
    public static final long DATA = 3L << 20 | 1L << 29;
    public static final long DD = 1L << 32;
    static final byte[] OWN = {2, (byte) 0x82, 0x59, (byte) 0x90, 0, 0};

    private static final int RING_SPACE = 1 << 16;

    public final TestWire wire = new TestWire();
    public final Card card;
    public final ModelFunction function;
    public final Bar bar;
    public final DmaMemory memory;
    private final int[] sizes = new int[256];

    public TestDriver() {
        this(CardOptions.STEPPED);
    }

    public TestDriver(CardOptions options) {
        card = new Card(wire, options);
        function = new ModelFunction("model:test", card);
        function.claim(false);
        bar = function.bar(0);
        memory = DmaMemory.allocate(4 * DmaMemory.PAGE, function);
    }

    /** Link up, receive and transmit on, no queue. */
    public TestDriver start() {
        for (int i = 0; i < 3; i++) {
            card.step();
        }
        for (int i = 0; i < 128; i++) {
            bar.set32(MTA + 4 * i, 0);
        }
        bar.set32(RDRXCTL, (bar.get32(RDRXCTL) & ~(0x1f << 17)) | 2 | 3 << 25);
        bar.setFlags(FCTRL, FCTRL_BAM);
        bar.setFlags(RXCTRL, 1);
        bar.setFlags(DMATXCTL, 1);
        return this;
    }

    /** Our address of a receive ring, or a transmit ring from 128 on: 16 to a page. */
    public long ring(int ring) {
        return memory.address() + (long) ring % 16 * RING_SPACE + (ring < 128 ? 0 : DmaMemory.PAGE / 2);
    }

    /** Our address of a descriptor's buffer, 2 KiB apart; 16 KiB apart for transmit descriptors. */
    public long rxBuffer(int index) {
        return memory.address() + DmaMemory.PAGE + index * 2048L;
    }

    public long txBuffer(int index) {
        return memory.address() + 2 * DmaMemory.PAGE + index * 16384L;
    }

    // ---- receive

    static int rx(int queue) {
        return (queue < 64 ? RDBAL : RDBAL_64) + QUEUE * (queue % 64);
    }

    /** Configures a receive queue without enabling it. */
    public void configureRx(int queue, int size, int srrctl) {
        int base = rx(queue);
        sizes[queue] = size;
        long iova = memory.iova(ring(queue));
        bar.set32(base, (int) iova);
        bar.set32(base + 4, (int) (iova >>> 32));
        bar.set32(base + 8, size * 16);
        bar.set32(base + 0x14, srrctl);
        bar.set32(base + 0x18, 0);
    }

    /** An enabled receive queue, which has no descriptors yet. */
    public void openRx(int queue, int size, int srrctl) {
        configureRx(queue, size, srrctl);
        bar.set32(rx(queue) + 0x28, ENABLE);
        assertEquals(0, bar.get32(rx(queue) + 0x28) & ENABLE);
        assertEquals(ENABLE, bar.get32(rx(queue) + 0x28) & ENABLE);
    }

    /** Fills descriptors and moves the tail. */
    public void giveRx(int queue, int from, int count) {
        int size = sizes[queue];
        for (int i = from; i < from + count; i++) {
            rxDescriptor(queue, i % size, memory.iova(rxBuffer(i % size)), 0);
        }
        rxTail(queue, (from + count) % size);
    }

    public void rxDescriptor(int queue, int index, long word0, long word1) {
        RawMemory.setLong(ring(queue) + 16L * index, word0);
        RawMemory.setLong(ring(queue) + 16L * index + 8, word1);
    }

    /** Writes the tail as the hot path does. */
    public void rxTail(int queue, int tail) {
        RawMemory.setIntRelease(bar.address(rx(queue) + 0x18), tail);
    }

    /** The second word of a descriptor. */
    public long rxStatus(int queue, int index) {
        return RawMemory.getLongAcquire(ring(queue) + 16L * index + 8);
    }

    static int length(long status) {
        return (int) (status >>> 32) & 0xffff;
    }

    /** What is in the buffer of a descriptor, as long as that says. */
    byte[] received(int queue, int index) {
        return bytes(rxBuffer(index), length(rxStatus(queue, index)));
    }

    // ---- transmit

    static int tx(int queue) {
        return TDBAL + QUEUE * queue;
    }

    public void configureTx(int queue, int size) {
        int base = tx(queue);
        sizes[128 + queue] = size;
        long iova = memory.iova(ring(128 + queue));
        bar.set32(base, (int) iova);
        bar.set32(base + 4, (int) (iova >>> 32));
        bar.set32(base + 8, size * 16);
        bar.set32(base + 0x10, 0);
        bar.set32(base + 0x18, 0);
    }

    public void openTx(int queue, int size, int control) {
        configureTx(queue, size);
        bar.set32(tx(queue) + 0x28, control | ENABLE);
        assertEquals(0, bar.get32(tx(queue) + 0x28) & ENABLE);
        assertEquals(ENABLE, bar.get32(tx(queue) + 0x28) & ENABLE);
    }

    public void txDescriptor(int queue, int index, long word0, long word1) {
        RawMemory.setLong(ring(128 + queue) + 16L * index, word0);
        RawMemory.setLong(ring(128 + queue) + 16L * index + 8, word1);
    }

    /** A descriptor of a whole frame, whose bytes are put into its buffer. */
    public void txFrame(int queue, int index, byte[] frame, long flags) {
        write(txBuffer(index), frame);
        txDescriptor(queue, index, memory.iova(txBuffer(index)), word(frame.length, frame.length, flags | EOP | IFCS));
    }

    static long word(int length, int total, long flags) {
        return DATA | flags | length | (long) total << 46;
    }

    public void txTail(int queue, int tail) {
        RawMemory.setIntRelease(bar.address(tx(queue) + 0x18), tail);
    }

    public long txStatus(int queue, int index) {
        return RawMemory.getLongAcquire(ring(128 + queue) + 16L * index + 8);
    }

    // ---- frames

    /** A frame for this port, of bytes that follow from a seed. */
    static byte[] frame(int length, int seed) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (31 * i + seed);
        }
        System.arraycopy(OWN, 0, frame, 0, 6);
        frame[12] = (byte) 0x88; // a type of which the card knows no more
        frame[13] = 0;
        return frame;
    }

    /** The same for another address. */
    static byte[] frameTo(int length, int... address) {
        byte[] frame = frame(length, 1);
        for (int i = 0; i < 6; i++) {
            frame[i] = (byte) address[i];
        }
        return frame;
    }

    public static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = RawMemory.getByte(address + i);
        }
        return bytes;
    }

    public static void write(long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            RawMemory.setByte(address + i, bytes[i]);
        }
    }

    static byte[] join(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            int old = all.length;
            all = Arrays.copyOf(all, old + part.length);
            System.arraycopy(part, 0, all, old, part.length);
        }
        return all;
    }

    @Override
    public void close() {
        function.close();
        memory.close();
    }
}
