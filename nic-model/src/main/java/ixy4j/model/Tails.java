package ixy4j.model;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.memory.RawMemory;
import ixy4j.model.wire.OwnMemory;
import ixy4j.vfiouser.TailBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The tails of all queues of a card, in memory that driver and card share: the driver writes a tail with release, the card
 * reads it with acquire. {@link TailBlock} has the layout.
 */
public final class Tails {
    private final List<TailBlock> blocks;
    private final int size;
    private final long memory;

    public Tails(List<TailBlock> blocks) {
        this.blocks = blocks;
        size = TailBlock.bytes(blocks);
        memory = OwnMemory.map(size);
    }

    /** The address of a tail by its number, counted through all blocks. */
    public long address(int number) {
        return memory + (long) number * TailBlock.PLACE;
    }

    /** The address of the tail register at an offset in a BAR, -1 for any other register. */
    public long address(int bar, int offset) {
        int place = TailBlock.place(blocks, bar, offset);
        return place < 0 ? -1 : memory + place;
    }

    /** Sets all tails to 0. */
    public void reset() {
        for (int place = 0; place < size; place += TailBlock.PLACE) {
            RawMemory.setIntRelease(memory + place, 0);
        }
    }

    /** Puts a new file in the place of the memory, at the same address, which rings and drivers know. */
    public int share() {
        int fd = (int) Linux.memoryFile("ixy4j-tails", size, 0);
        if (fd < 0) {
            throw new IxyException("tails cannot be shared, there is no memory for them: " + Errno.text(-fd));
        }
        replace(Abi.MAP_SHARED | Abi.MAP_FIXED, fd);
        return fd;
    }

    /** Puts memory of this process in the place of a file that is shared. */
    public void unshare() {
        replace(Abi.MAP_PRIVATE_ANONYMOUS | Abi.MAP_FIXED, -1);
    }

    /** What the tails are is kept; what a driver writes meanwhile is lost, so there is none, or it has not begun. */
    private void replace(int flags, int fd) {
        byte[] old = RawMemory.segment(memory, size).toArray(ValueLayout.JAVA_BYTE);
        Linux.call("mmap", memory, size, Abi.PROT_READ_WRITE, flags, fd, 0);
        MemorySegment.copy(old, 0, RawMemory.segment(memory, size), ValueLayout.JAVA_BYTE, 0, size);
    }

    public void close() {
        Retired.memory(this, memory, size); // a queue may be about to write one
    }
}
