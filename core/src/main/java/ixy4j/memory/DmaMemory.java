package ixy4j.memory;

import ixy4j.linux.IxyException;
import ixy4j.linux.Linux;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Zeroed memory for rings and buffers in 2 MiB pages. Addresses are contiguous for us; for the card only within a page,
 * since two pages that are neighbours here need not be so there. Handed out piece by piece, each within one page, and
 * freed as a whole on close. {@link #allocate} is not safe for several threads.
 */
public final class DmaMemory implements AutoCloseable {
    /** Bytes in a page. */
    public static final int PAGE = 1 << 21;

    // IOVAs of memory that needs no physical ones: far from any address of ours, so that a mix-up of the two shows
    // at once, and with a page left out after each, so that code that assumes neighbours shows as well.
    private static final AtomicLong NEXT_IOVA = new AtomicLong(1L << 44);

    private final long address;
    private final long size;
    private final long mapped;
    private final long[] pageIovas;
    private DmaTarget[] targets = {};
    private long used;
    private boolean closed;

    private DmaMemory(long address, long size, long mapped, long[] pageIovas) {
        this.address = address;
        this.size = size;
        this.mapped = mapped;
        this.pageIovas = pageIovas;
    }

    /** Memory that all these cards can reach, mapped for each: physical addresses as soon as one needs them. */
    public static DmaMemory allocate(long bytes, DmaTarget... targets) {
        boolean physical = false;
        for (DmaTarget target : targets) {
            physical |= target.needsPhysicalAddresses();
        }
        DmaMemory memory = physical ? HugePages.map(pages(bytes)) : virtual(pages(bytes));
        memory.targets = targets.clone();
        try {
            for (DmaTarget target : targets) {
                target.map(memory);
            }
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
        return memory;
    }

    /** Ordinary memory, in 2 MiB pages where the kernel has them, with IOVAs for a card that translates them. */
    static DmaMemory virtual(int pages) {
        long size = (long) pages * PAGE;
        long mapped = Linux.mmap(size + PAGE, Linux.PROT_READ_WRITE, Linux.MAP_PRIVATE_ANONYMOUS, -1, 0);
        long aligned = mapped + PAGE - 1 & -PAGE;
        long[] iovas = new long[pages];
        for (int i = 0; i < pages; i++) {
            iovas[i] = NEXT_IOVA.getAndAdd(2 * PAGE);
        }
        try {
            Linux.madvise(aligned, size, Linux.MADV_HUGEPAGE);
        } catch (IxyException e) {
            // a kernel without transparent huge pages: slower, not wrong
        }
        return new DmaMemory(aligned, size, mapped, iovas);
    }

    static DmaMemory of(long address, long[] pageIovas) {
        return new DmaMemory(address, (long) pageIovas.length * PAGE, 0, pageIovas);
    }

    private static int pages(long bytes) {
        if (bytes <= 0 || bytes > 1L << 40) {
            throw new IllegalArgumentException("cannot allocate " + bytes + " bytes of DMA memory");
        }
        return (int) ((bytes + PAGE - 1) / PAGE);
    }

    /** The address of our first byte. */
    public long address() {
        return address;
    }

    /** Bytes in all. */
    public long size() {
        return size;
    }

    /** The card's address of one of our addresses in this memory. */
    public long iova(long ourAddress) {
        long offset = ourAddress - address;
        return pageIovas[(int) (offset / PAGE)] + offset % PAGE;
    }

    /** The card's address of each page; not to be changed. */
    public long[] pageIovas() {
        return pageIovas;
    }

    /**
     * Takes a piece that is contiguous for the card, so at most 2 MiB, and aligned to 128 bytes, as rings must be
     * (datasheet 7.1.9, 8.2.3.8.1).
     *
     * @return our address of it
     */
    public long allocate(int bytes) {
        long start = used + 127 & -128;
        if (start / PAGE != (start + bytes - 1) / PAGE) {
            start = (start + PAGE - 1) / PAGE * PAGE;
        }
        if (bytes < 1 || bytes > PAGE || start + bytes > size) {
            throw new IllegalArgumentException(bytes + " bytes do not fit: " + used + " of " + size + " are taken");
        }
        used = start + bytes;
        return address + start;
    }

    /** Takes the memory from its cards, then gives it back to the kernel; no thread may use it any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (DmaTarget target : targets) {
                target.unmap(this);
            }
            Linux.munmap(mapped == 0 ? address : mapped, mapped == 0 ? size : size + PAGE);
        }
    }

    @Override
    public String toString() {
        return "DMA memory at 0x" + Long.toHexString(address) + ", " + size / PAGE + " pages of 2 MiB"
                + (closed ? ", closed" : "");
    }
}
