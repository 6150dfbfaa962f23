package ixy4j.model.wire;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;

/** Memory of a card's or a wire's own, to be used by {@link ixy4j.memory.RawMemory}. */
public final class OwnMemory {
    private OwnMemory() {}

    /** The address of zeroed memory. */
    public static long map(long size) {
        return Linux.call("mmap", 0, size, Abi.PROT_READ_WRITE, Abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    /** Gives back what {@link #map} gave. */
    public static void unmap(long address, long size) {
        Linux.call("munmap", address, size);
    }
}
