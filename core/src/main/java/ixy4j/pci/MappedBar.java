package ixy4j.pci;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.memory.RawMemory;
import ixy4j.spi.Bar;

/** A BAR of hardware, mapped from a file. */
public final class MappedBar implements Bar {
    private static final long PAGE = 4096; // of which a small BAR has a part, and mmap(2) gives it whole

    private final Object owner; // that everything which knows an address here leads to
    private final long start;
    private volatile long size; // 0 once it is unmapped

    private MappedBar(Object owner, long start, long size) {
        this.owner = owner;
        this.start = start;
        this.size = size;
    }

    /**
     * Maps a part of a file.
     *
     * @param owner whose registers they are, for messages; as long as something leads to it, addresses stay its own
     * @param name of the file, for messages
     * @param offset in the file, of so many bytes
     */
    public static MappedBar map(Object owner, String name, int fd, long offset, long size) {
        long start = Linux.attempt("mmap", 0, size, Abi.PROT_READ_WRITE, Abi.MAP_SHARED, fd, offset);
        if (start < 0) {
            throw BarTrouble.unmappable(name, size, (int) -start);
        }
        return new MappedBar(owner, start, size);
    }

    /** Takes the registers away; a late access does no harm. */
    public void unmap() {
        long mapped = size;
        size = 0;
        Retired.memory(owner, start, (mapped + PAGE - 1) & -PAGE);
    }

    @Override
    public int get32(int offset) {
        return RawMemory.getIntAcquire(address(offset));
    }

    @Override
    public void set32(int offset, int value) {
        RawMemory.setIntRelease(address(offset), value);
    }

    @Override
    public long address(int offset) {
        long size = this.size;
        if (size == 0) {
            throw new IllegalStateException(owner + " is closed");
        }
        if (offset < 0 || offset > size - 4) {
            throw BarTrouble.behindEnd(offset, size);
        }
        return start + offset;
    }
}
