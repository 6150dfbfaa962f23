package ixy4j.spi;

import ixy4j.memory.MappedMemory;

/**
 * Zeroed memory for rings and buffers in 2 MiB pages. Addresses are contiguous for us; for the card only within a page,
 * since two pages that are neighbours here need not be so there. Freed as a whole on close.
 */
public interface DmaMemory extends AutoCloseable {
    /** Bytes in a page. */
    int PAGE = 1 << 21;

    /**
     * Memory that all these cards can reach, mapped for each: physical addresses as soon as one needs them.
     *
     * @param bytes rounded up to whole pages
     * @throws ixy4j.IxyException if the machine does not give so much: huge pages, or memory within its limits
     */
    static DmaMemory allocate(long bytes, DmaTarget... targets) {
        return MappedMemory.allocate(bytes, targets);
    }

    /** The address of our first byte. */
    long address();

    /** Bytes in all. */
    long size();

    /** The descriptor of the file that it is, from offset 0 on; -1 if it is none. */
    int fd();

    /** The card's address of each page; not to be changed. */
    long[] pageIovas();

    /** The card's address of one of our addresses in this memory. */
    default long iova(long ours) {
        return pageIovas()[(int) ((ours - address()) / PAGE)] + (ours - address()) % PAGE;
    }

    /** Whether a card can reach it. */
    boolean isMappedFor(DmaTarget target);

    /** Takes the memory from its cards, then gives it back to the kernel; no thread may use it any more. */
    @Override
    void close();
}
