package ixy4j.vm;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;

/**
 * Runs in the guest: a driver with a fault. It tells its card that packets lie at an address where somebody else's memory is,
 * {@code WrongIova CARD ADDRESS}, and receives for two seconds.
 */
final class WrongIova {
    private static final long LENGTH = 2_000_000_000; // ns
    private static final int LINK = 5000; // ms
    private static final int BUFFERS = 600; // less than a page of them, more than a ring has

    private WrongIova() {}

    public static void main(String[] args) {
        Space space;
        long received = 0;
        PciFunction function = PciFunction.open(Address.parse(args[0]));
        space = new Space(function.dmaSpace(), Long.decode(args[1]));
        try (Device device = Device.open(new Function(function, space), DeviceOptions.DEFAULT)) {
            device.awaitLink(LINK);
            space.wrong = true; // rings are where they are
            try (PacketPool pool = PacketPool.create(BUFFERS, device)) {
                RxQueue queue = device.rxQueue(0, pool);
                PacketBatch batch = pool.batch(32);
                for (long start = System.nanoTime(); System.nanoTime() - start < LENGTH; ) {
                    received += queue.receive(batch);
                    batch.free();
                }
            }
        }
        System.out.println("received " + received);
    }

    /** Where the card is told that memory lies. */
    private static final class Space implements DmaSpace {
        private final DmaSpace right;
        private final long address;
        private boolean wrong;

        Space(DmaSpace right, long address) {
            this.right = right;
            this.address = address;
        }

        @Override
        public boolean needsPhysicalAddresses() {
            return !wrong && right.needsPhysicalAddresses();
        }

        @Override
        public long lastIova() {
            return right.lastIova();
        }

        @Override
        public long findIova(long from, long bytes) {
            return wrong ? address : right.findIova(from, bytes);
        }

        @Override
        public void map(DmaMemory memory) {
            if (!wrong) {
                right.map(memory);
            }
        }

        @Override
        public void unmap(DmaMemory memory) {
            right.unmap(memory);
        }
    }

    /** The same card in another space. */
    private record Function(PciFunction card, Space space) implements PciFunction {
        @Override
        public String address() {
            return card.address();
        }

        @Override
        public int config(int offset) {
            return card.config(offset);
        }

        @Override
        public DmaSpace dmaSpace() {
            return space;
        }

        @Override
        public void claim(boolean force) {
            card.claim(force);
        }

        @Override
        public Bar bar(int index) {
            return card.bar(index);
        }

        @Override
        public void close() {
            card.close();
        }
    }
}
