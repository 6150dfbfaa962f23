package ixy4j.bench.card;

import ixy4j.linux.Doorbell;
import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Wire;
import ixy4j.packet.PacketPool;
import ixy4j.virtio.Virtqueue;
import java.lang.invoke.VarHandle;

/** The device's side of a virtqueue whose buffers have one descriptor each, used in their order. */
abstract class DeviceRing {
    static final int HEADER = 12; // bytes before the frame, with the number of buffers at offset 10 (Virtio 1.2, 5.1.6)

    final MemoryVirtio device;
    final Virtqueue queue;
    final int mask;
    int done; // buffers used; runs freely
    private Doorbell call; // null if nobody waits

    DeviceRing(MemoryVirtio device, Virtqueue queue) {
        this.device = device;
        this.queue = queue;
        mask = queue.size() - 1;
    }

    /** Receives frames into buffers that are there; how many. */
    final int receive(Wire wire, int most) {
        int ready = Math.min(most, ready(most));
        // A call for the loop alone, as in MemoryIxgbe: what the JIT makes of it does not follow from looks at an empty
        // ring.
        return ready == 0 ? 0 : finish(fill(wire, ready));
    }

    private int fill(Wire wire, int ready) {
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
        return count;
    }

    /** Sends what is there; how many frames. */
    final int send(Wire wire, int most) {
        int ready = Math.min(most, ready(most));
        return ready == 0 ? 0 : finish(empty(wire, ready));
    }

    private int empty(Wire wire, int ready) {
        for (int i = 0; i < ready; i++) {
            long descriptor = descriptor(done + i);
            long buffer = device.ours(RawMemory.getLong(descriptor));
            wire.transmit(buffer + HEADER, (int) RawMemory.getLong(descriptor + 8) - HEADER);
            use(done + i, 0);
        }
        return ready;
    }

    private int finish(int count) {
        if (count > 0) {
            done += count;
            publish();
            if (call != null) {
                interrupt();
            }
        }
        return count;
    }

    /** From now on the driver can ask to be interrupted. */
    final void interruptBy(Doorbell bell) {
        call = bell;
    }

    private void interrupt() {
        VarHandle.fullFence(); // the driver arms, and looks at what was published; here it is the other way round
        if (isInterruptWanted()) {
            call.ring(1);
        }
    }

    /** Whether the driver asks to be interrupted (2.7.7, 2.8.10). */
    abstract boolean isInterruptWanted();

    /** How many buffers the driver has made available, at least where that is below {@code most}. */
    abstract int ready(int most);

    /** The descriptor of a buffer, by its number. */
    abstract long descriptor(int number);

    /** The device is done with it, and wrote so many bytes. */
    abstract void use(int number, int length);

    /** Shows the driver what was used. */
    abstract void publish();
}
