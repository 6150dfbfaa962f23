package ixy4j.bench.card;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import ixy4j.packet.PacketPool;
import ixy4j.virtio.Virtqueue;

/** The device's side of a virtqueue whose buffers have one descriptor each, used in their order. */
abstract class DeviceRing {
    static final int HEADER = 12; // bytes before the frame, with the number of buffers at offset 10 (Virtio 1.2, 5.1.6)

    final MemoryVirtio device;
    final Virtqueue queue;
    final int mask;
    int done; // buffers used; runs freely

    DeviceRing(MemoryVirtio device, Virtqueue queue) {
        this.device = device;
        this.queue = queue;
        mask = queue.size() - 1;
    }

    /** Receives frames into buffers that are there; how many. */
    final int receive(Wire wire, int most) {
        int ready = Math.min(most, ready(most));
        int count = 0;
        for (; count < ready; count++) {
            long buffer = device.ours(RawMemory.getLong(descriptor(done + count)));
            int length = wire.receive(buffer + HEADER, PacketPool.ROOM);
            if (length == 0) {
                break;
            }
            RawMemory.setLong(buffer, 0);
            RawMemory.setInt(buffer + 8, 1 << 16);
            use(done + count, HEADER + length);
        }
        finish(count);
        return count;
    }

    /** Sends what is there; how many frames. */
    final int send(Wire wire, int most) {
        int count = Math.min(most, ready(most));
        for (int i = 0; i < count; i++) {
            long descriptor = descriptor(done + i);
            long buffer = device.ours(RawMemory.getLong(descriptor));
            wire.transmit(buffer + HEADER, (int) RawMemory.getLong(descriptor + 8) - HEADER);
            use(done + i, 0);
        }
        finish(count);
        return count;
    }

    private void finish(int count) {
        if (count > 0) {
            done += count;
            publish();
        }
    }

    /** How many buffers the driver has made available, at least where that is below {@code most}. */
    abstract int ready(int most);

    /** The descriptor of a buffer, by its number. */
    abstract long descriptor(int number);

    /** The device is done with it, and wrote so many bytes. */
    abstract void use(int number, int length);

    /** Shows the driver what was used. */
    abstract void publish();
}
