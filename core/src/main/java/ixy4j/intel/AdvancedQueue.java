package ixy4j.intel;

import ixy4j.packet.PacketQueue;
import ixy4j.telemetry.Counted;

/** What receive and transmit queues have in common: a ring of descriptors, each with a buffer behind it, and a tail. */
public abstract class AdvancedQueue extends PacketQueue implements Counted {
    final long ring; // our address of the first descriptor
    final long tail; // our address of the tail register
    final int[] slots; // the buffer behind each descriptor
    int next; // receive: the descriptor that the card fills next; transmit: the one that we fill next
    long packets; // delivered, or handed to the card; counted by the batch, and read by any thread
    private final Runnable stop; // which also leads to the memory that ring and tail are in: see linux.Retired

    AdvancedQueue(String name, long ring, int size, long tail, Runnable stop) {
        super(name);
        this.ring = ring;
        this.tail = tail;
        this.slots = new int[size];
        this.stop = stop;
    }

    @Override
    public final long packets() {
        return packets;
    }

    @Override
    public final void close() {
        stop.run();
    }
}
