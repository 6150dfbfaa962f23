package ixy4j.model.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.memory.RawMemory;
import ixy4j.spi.DmaMemory;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import ixy4j.virtio.Virtqueue;
import java.util.Arrays;

/** A driver in pieces, for tests of the device: it does what a test says, right or wrong. */
final class TinyDriver implements AutoCloseable {
    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int BUFFER = 2048;
    static final long BASIC = Features.MTU | Features.MAC | Features.STATUS | Features.ANY_LAYOUT;
    static final long MODERN = BASIC | Features.VERSION_1 | Features.ACCESS_PLATFORM;
    static final long CONTROL = Features.CTRL_VQ | Features.CTRL_RX | Features.CTRL_MAC_ADDR;

    /** A part of a buffer. */
    record Part(long iova, int length, boolean writable) {}

    /** A buffer that came back. */
    record Back(int id, int length) {}

    final VirtioCard card;
    final DmaMemory memory;
    final int size; // of each queue
    final Virtqueue[] queues = new Virtqueue[9];
    final Lane[] lanes = new Lane[queues.length];
    private long features;

    TinyDriver(VirtioCardOptions options, int size) {
        card = new VirtioCard(options);
        this.size = size;
        memory = DmaMemory.allocate(4 * DmaMemory.PAGE, card);
    }

    /** A device of this kind that was started with features and queues of 16 descriptors. */
    static TinyDriver started(VirtioCardOptions options, long features) {
        TinyDriver driver = new TinyDriver(options, 16);
        int last = (features & Features.MQ) != 0 ? 2 * options.pairs : 2;
        driver.negotiate(features);
        for (int queue = 0; queue < last; queue++) {
            driver.enable(queue);
        }
        if ((features & Features.CTRL_VQ) != 0) {
            driver.enable(last);
        }
        driver.live();
        return driver;
    }

    /** Up to FEATURES_OK, where there is that. */
    void negotiate(long taken) {
        features = taken;
        card.setStatus(0);
        card.setStatus(Status.ACKNOWLEDGE);
        card.setStatus(Status.ACKNOWLEDGE | Status.DRIVER);
        card.setFeatures(taken);
        if (!card.isLegacy()) {
            card.setStatus(card.status() | Status.FEATURES_OK);
            assertEquals(11, card.status(), card.refusal());
        }
    }

    void enable(int queue) {
        enable(queue, size, memory.address() + queue * 0x10000L);
    }

    void enable(int queue, int descriptors, long address) {
        queues[queue] = new Virtqueue(queue, descriptors, memory, address);
        RawMemory.fill(address, Virtqueue.bytes(descriptors), (byte) 0);
        card.enableQueue(queues[queue]);
        lanes[queue] = (features & Features.RING_PACKED) != 0 ? new PackedLane(queue) : new SplitLane(queue);
    }

    void live() {
        card.setStatus(card.status() | Status.DRIVER_OK);
    }

    int header() {
        return card.isLegacy() && (features & Features.MRG_RXBUF) == 0 ? 10 : 12;
    }

    /** Our address of a buffer of 2 KiB, 0 to 2047; neighbours are so for the device too, in each page. */
    long buffer(int number) {
        return memory.address() + DmaMemory.PAGE + (long) number * BUFFER;
    }

    long iova(int number) {
        return memory.iova(buffer(number));
    }

    // ---- frames and commands

    /** Gives a buffer to a receive queue; its id. */
    int giveRx(int queue, int number, int length) {
        return give(queue, new Part(iova(number), length, true));
    }

    /** Gives a frame, behind a header of zeros, to a transmit queue; its id. */
    int giveTx(int queue, int number, byte[] frame) {
        RawMemory.fill(buffer(number), header(), (byte) 0);
        write(buffer(number) + header(), frame);
        return give(queue, new Part(iova(number), header() + frame.length, false));
    }

    int give(int queue, Part... parts) {
        return lanes[queue].give(parts);
    }

    void notifyAll(int... numbers) {
        for (int queue : numbers) {
            card.notify(queue);
        }
    }

    /** What came back since; null where nothing did. */
    Back poll(int queue) {
        return lanes[queue].poll();
    }

    /** Sends a command in three parts; the answer, -1 without one. */
    int command(int queue, int... bytes) {
        long at = buffer(1000);
        for (int i = 0; i < bytes.length; i++) {
            RawMemory.setByte(at + i, (byte) bytes[i]);
        }
        RawMemory.setByte(at + 100, (byte) 0x55);
        long iova = memory.iova(at);
        give(
                queue,
                new Part(iova, 2, false),
                new Part(iova + 2, bytes.length - 2, false),
                new Part(iova + 100, 1, true));
        card.notify(queue);
        return poll(queue) == null ? -1 : RawMemory.getByte(at + 100);
    }

    byte[] received(int number, int length) {
        return bytes(buffer(number) + header(), length);
    }

    static byte[] frame(int length, int seed) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (31 * i + seed);
        }
        Arrays.fill(frame, 0, 6, (byte) 0xff); // to all
        return frame;
    }

    static byte[] frameTo(long address) {
        byte[] frame = frame(60, 1);
        for (int i = 0; i < 6; i++) {
            frame[i] = (byte) (address >> (40 - 8 * i));
        }
        return frame;
    }

    static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = RawMemory.getByte(address + i);
        }
        return bytes;
    }

    static void write(long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            RawMemory.setByte(address + i, bytes[i]);
        }
    }

    @Override
    public void close() {
        card.setStatus(0);
        card.close();
        memory.close();
    }

    // ---- virtqueues, used in ring order

    /** The driver's end of a virtqueue. */
    abstract static class Lane {
        /** Makes a buffer available; its id. */
        abstract int give(Part... parts);

        /** The next buffer that was used, null where there is none. With batches, only the last of one. */
        abstract Back poll();

        /** What the device says of notifications: 0 for wanted, 1 for not. */
        abstract int suppressed();
    }

    final class SplitLane extends Lane {
        final Virtqueue queue;
        int slot; // next to take
        int available;
        int used;

        SplitLane(int number) {
            queue = queues[number];
        }

        @Override
        int give(Part... parts) {
            int head = slot;
            for (int i = 0; i < parts.length; i++) {
                int next = (slot + 1) % queue.size();
                boolean more = i + 1 < parts.length;
                descriptor(slot, parts[i].iova, parts[i].length, flags(parts[i], more), more ? next : 0);
                slot = next;
            }
            offer(head);
            return head;
        }

        void descriptor(int at, long iova, int length, int flags, int next) {
            long address = queue.descriptors() + 16L * at;
            RawMemory.setLong(address, iova);
            RawMemory.setInt(address + 8, length);
            RawMemory.setInt(address + 12, flags | next << 16);
        }

        void offer(int head) {
            RawMemory.setShort(queue.driverArea() + 4 + 2L * (available % queue.size()), (short) head);
            setIndex(available + 1);
        }

        void setIndex(int index) {
            available = index & 0xffff;
            RawMemory.setShort(queue.driverArea() + 2, (short) available);
        }

        int usedIndex() {
            return RawMemory.getShort(queue.deviceArea() + 2) & 0xffff;
        }

        @Override
        Back poll() {
            return usedIndex() == used ? null : entry(used++ % queue.size());
        }

        Back entry(int at) {
            long entry = queue.deviceArea() + 4 + 8L * at;
            return new Back(RawMemory.getInt(entry), RawMemory.getInt(entry + 4));
        }

        @Override
        int suppressed() {
            return RawMemory.getShort(queue.deviceArea());
        }
    }

    private static int flags(Part part, boolean more) {
        return (part.writable ? WRITE : 0) | (more ? NEXT : 0);
    }

    final class PackedLane extends Lane {
        final Virtqueue queue;
        final int[] counts; // descriptors of each id
        int slot;
        boolean wrap = true;
        int used;
        boolean usedWrap = true;
        int id;

        PackedLane(int number) {
            queue = queues[number];
            counts = new int[queue.size()];
        }

        @Override
        int give(Part... parts) {
            int given = id;
            id = (id + 1) % queue.size();
            counts[given] = parts.length;
            for (int i = 0; i < parts.length; i++) {
                int available = wrap ? 1 << 7 : 1 << 15;
                descriptor(
                        slot, parts[i].iova, parts[i].length, given, available | flags(parts[i], i + 1 < parts.length));
                advance();
            }
            return given;
        }

        void advance() {
            slot++;
            if (slot == queue.size()) {
                slot = 0;
                wrap = !wrap;
            }
        }

        void descriptor(int at, long iova, int length, int buffer, int flags) {
            long address = queue.descriptors() + 16L * at;
            RawMemory.setLong(address, iova);
            RawMemory.setInt(address + 8, length);
            RawMemory.setInt(address + 12, buffer | flags << 16);
        }

        @Override
        Back poll() {
            long address = queue.descriptors() + 16L * used;
            int flags = RawMemory.getShort(address + 14);
            if (((flags & 1 << 7) != 0) != usedWrap || ((flags & 1 << 15) != 0) != usedWrap) {
                return null;
            }
            Back back = new Back(RawMemory.getShort(address + 12) & 0xffff, RawMemory.getInt(address + 8));
            skip(counts[back.id]);
            return back;
        }

        void skip(int descriptors) {
            used += descriptors;
            if (used >= queue.size()) {
                used -= queue.size();
                usedWrap = !usedWrap;
            }
        }

        @Override
        int suppressed() {
            return RawMemory.getShort(queue.deviceArea() + 2);
        }
    }
}
