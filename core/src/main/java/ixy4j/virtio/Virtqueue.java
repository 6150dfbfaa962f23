package ixy4j.virtio;

import ixy4j.spi.DmaMemory;

/**
 * A virtqueue (2.6): three structures in memory, shared with the device. The driver writes the descriptor area and the
 * driver area, the device writes the device area, and with packed virtqueues the descriptor area too.
 *
 * <pre>
 * area         split (2.7)                              packed (2.8)
 * descriptor   descriptor table, 16 bytes each          descriptor ring, 16 bytes each
 * driver       available ring: flags, idx, ring[size]   driver event suppression structure, 4 bytes
 * device       used ring: flags, idx, ring[size]        device event suppression structure, 4 bytes
 * </pre>
 */
public final class Virtqueue {
    private static final int PAGE = 4096; // to which the legacy interface aligns a queue and its used ring (2.7.2)

    final int index;
    final int size;
    final DmaMemory memory;
    final long descriptors;
    final long driverArea;
    final long deviceArea;

    /** Areas in memory that is zero and begins at a multiple of 4096; {@link #bytes} long. */
    public Virtqueue(int index, int size, DmaMemory memory, long address) {
        this.index = index;
        this.size = size;
        this.memory = memory;
        descriptors = address;
        driverArea = address + 16L * size;
        deviceArea = (driverArea + 6 + 2L * size + PAGE - 1) & -PAGE;
    }

    /** How much memory a queue takes, in the layout that the legacy interface wants and that suits all. */
    public static long bytes(int size) {
        long driverEnd = (16L * size + 6 + 2L * size + PAGE - 1) & -PAGE;
        return (driverEnd + 6 + 8L * size + PAGE - 1) & -PAGE;
    }

    /** Its number among the virtqueues of the device. */
    public int index() {
        return index;
    }

    /** How many descriptors it has, a power of two. */
    public int size() {
        return size;
    }

    /** Where it lies; {@link DmaMemory#iova} makes addresses of the card from those here. */
    public DmaMemory memory() {
        return memory;
    }

    /** Our address of the descriptor area. */
    public long descriptors() {
        return descriptors;
    }

    /** Our address of the driver area. */
    public long driverArea() {
        return driverArea;
    }

    /** Our address of the device area. */
    public long deviceArea() {
        return deviceArea;
    }
}
