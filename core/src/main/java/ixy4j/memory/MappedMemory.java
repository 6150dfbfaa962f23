package ixy4j.memory;

import ixy4j.linux.Cleanup;
import ixy4j.linux.Retired;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.DmaTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** DMA memory that is mapped into this process. */
public sealed class MappedMemory implements DmaMemory permits SharedMemory {
    private final long address;
    private final long[] pageIovas;
    private final List<DmaSpace> spaces;
    private boolean closed;

    /** Of pages that are mapped. */
    MappedMemory(long address, long[] pageIovas, List<DmaSpace> spaces) {
        this.address = address;
        this.pageIovas = pageIovas;
        this.spaces = spaces;
    }

    /** See {@link DmaMemory#allocate}. */
    public static DmaMemory allocate(long bytes, DmaTarget... cards) {
        if (bytes < 1 || bytes > 1L << 40) {
            throw new IllegalArgumentException("memory for a card has 1 to 2^40 bytes, not " + bytes);
        }
        Retired.collect();
        List<DmaSpace> spaces =
                Arrays.stream(cards).map(DmaTarget::dmaSpace).distinct().toList();
        int pages = (int) ((bytes + PAGE - 1) / PAGE);
        boolean physical = spaces.stream().anyMatch(DmaSpace::needsPhysicalAddresses);
        boolean file = spaces.stream().anyMatch(DmaSpace::needsFile);
        MappedMemory memory = file
                ? SharedMemory.map(pages, physical, spaces)
                : physical ? HugePages.map(pages, spaces) : VirtualMemory.map(pages, spaces);
        try {
            spaces.forEach(space -> space.map(memory));
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, memory::close);
            throw e;
        }
        return memory;
    }

    @Override
    public final long address() {
        return address;
    }

    @Override
    public int fd() {
        return -1;
    }

    @Override
    public final long size() {
        return (long) pageIovas.length * PAGE;
    }

    @Override
    public final long[] pageIovas() {
        return pageIovas;
    }

    @Override
    public final boolean isMappedFor(DmaTarget card) {
        return spaces.contains(card.dmaSpace());
    }

    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            List<Runnable> steps = new ArrayList<>();
            spaces.forEach(space -> steps.add(() -> space.unmap(this)));
            steps.add(this::release);
            Cleanup.run(steps);
        }
    }

    /** Gives it back to the kernel. */
    void release() {
        Retired.memory(this, address, size());
    }
}
