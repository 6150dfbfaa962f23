package ixy4j.model.virtio;

import java.util.List;

/**
 * A buffer that the driver made available: descriptors that the device reads, then those that it writes (2.7.4.2). Belongs
 * to the device until it is used.
 */
final class Chain {
    /** What a descriptor says, and which one it is; the how manieth of its queue. Lengths have 32 bits. */
    record Element(long serial, int slot, long iova, long length, boolean writable) {}

    final int id; // by which it is used: split, the first descriptor; packed, the buffer id of the last
    final List<Element> elements;
    long written; // bytes, by the device
    long reported = -1; // bytes that it says instead, where it misbehaves

    Chain(int id, List<Element> elements) {
        this.id = id;
        this.elements = elements;
    }

    /** How many bytes the device can write. */
    long room() {
        return bytes(true);
    }

    /** How many bytes the device can read. */
    long readable() {
        return bytes(false);
    }

    private long bytes(boolean writable) {
        return elements.stream()
                .filter(element -> element.writable == writable)
                .mapToLong(Element::length)
                .sum();
    }

    /** Whether a driver that hears of a later buffer only may take this for used, completely (2.7.9, 2.8.8). */
    boolean isFull() {
        return written == room();
    }
}
