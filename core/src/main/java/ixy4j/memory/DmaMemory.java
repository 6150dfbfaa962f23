package ixy4j.memory;

import ixy4j.linux.Cleanup;
import ixy4j.linux.Linux;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Zeroed memory for rings and buffers in 2 MiB pages. Addresses are contiguous for us; for the card only within a page,
 * since two pages that are neighbours here need not be so there. Freed as a whole on close.
 */
public sealed class DmaMemory implements AutoCloseable permits SharedMemory {
    /** Bytes in a page. */
    public static final int PAGE = 1 << 21;

    private final long address;
    private final long[] pageIovas;
    private final DmaTarget[] targets;
    private boolean closed;

    /** For those who map. */
    DmaMemory(long address, long[] pageIovas, DmaTarget[] targets) {
        this.address = address;
        this.pageIovas = pageIovas;
        this.targets = targets.clone();
    }

    /** Memory that all these cards can reach, mapped for each: physical addresses as soon as one needs them. */
    public static DmaMemory allocate(long bytes, DmaTarget... targets) {
        if (bytes < 1 || bytes > 1L << 40) {
            throw new IllegalArgumentException("memory for a card has 1 to 2^40 bytes, not " + bytes);
        }
        int pages = (int) ((bytes + PAGE - 1) / PAGE);
        boolean physical = Arrays.stream(targets).anyMatch(DmaTarget::needsPhysicalAddresses);
        boolean file = Arrays.stream(targets).anyMatch(DmaTarget::needsFile);
        DmaMemory memory = file
                ? SharedMemory.map(pages, physical, targets)
                : physical ? HugePages.map(pages, targets) : VirtualMemory.map(pages, targets);
        try {
            for (DmaTarget target : targets) {
                target.map(memory);
            }
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, memory::close);
            throw e;
        }
        return memory;
    }

    /** The address of our first byte. */
    public final long address() {
        return address;
    }

    /** The descriptor of the file that it is, from offset 0 on; -1 where it is none. */
    public int fd() {
        return -1;
    }

    /** Bytes in all. */
    public final long size() {
        return (long) pageIovas.length * PAGE;
    }

    /** The card's address of each page; not to be changed. */
    public final long[] pageIovas() {
        return pageIovas;
    }

    /** The card's address of one of our addresses in this memory. */
    public final long iova(long ours) {
        return pageIovas[(int) ((ours - address) / PAGE)] + (ours - address) % PAGE;
    }

    /** Whether a card can reach it. */
    public final boolean isMappedFor(DmaTarget target) {
        return Arrays.asList(targets).contains(target);
    }

    /** Takes the memory from its cards, then gives it back to the kernel; no thread may use it any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List<Runnable> steps = new ArrayList<>();
            for (DmaTarget target : targets) {
                steps.add(() -> target.unmap(this));
            }
            steps.add(this::release);
            Cleanup.run(steps);
        }
    }

    /** Gives it back to the kernel. */
    void release() {
        Linux.call("munmap", address, size());
    }
}
