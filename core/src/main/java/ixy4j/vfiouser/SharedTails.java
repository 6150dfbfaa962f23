package ixy4j.vfiouser;

import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import java.util.List;

/** The tails of a card in memory that its server shares: the extension of ours that {@link Capabilities} describes. */
final class SharedTails {
    private static final int SEEK_END = 2;

    private final List<TailBlock> blocks;
    private final long memory;

    private SharedTails(List<TailBlock> blocks, long memory) {
        this.blocks = blocks;
        this.memory = memory;
    }

    /** Maps them; the file may be closed then. */
    static SharedTails map(String address, List<TailBlock> blocks, int file) {
        int bytes = TailBlock.bytes(blocks);
        long size = Linux.attempt("lseek", file, 0, SEEK_END);
        long memory = size < bytes
                ? -Errno.EINVAL
                : Linux.attempt("mmap", 0, bytes, Abi.PROT_READ_WRITE, Abi.MAP_SHARED, file, 0);
        if (memory < 0) {
            throw VfioUserTrouble.nonsense(
                    address, Command.VERSION, "tails that cannot be mapped (" + Errno.text((int) -memory) + ")");
        }
        return new SharedTails(blocks, memory);
    }

    /** Our address of the tail register at an offset in a BAR, -1 of any other register. */
    long address(int bar, int register) {
        int place = TailBlock.place(blocks, bar, register);
        return place < 0 ? -1 : memory + place;
    }

    void unmap() {
        Retired.memory(this, memory, TailBlock.bytes(blocks));
    }
}
