package ixy4j.vfiouser;

import ixy4j.ixgbe.Registers;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;

/** The tails of an 82599 in memory that its server shares: the extension of ours that {@link Capabilities} describes. */
final class SharedTails {
    private static final int SEEK_END = 2;
    private static final int QUEUE = 0x40; // from a tail to the next (datasheet 8.2.3.8.5, 8.2.3.9.9)
    private static final int HALF = 64; // receive queues are in two blocks of registers, transmit queues in one
    private static final int TX_QUEUES = 128;

    private final long memory;

    private SharedTails(long memory) {
        this.memory = memory;
    }

    /** Maps them; the file may be closed then. */
    static SharedTails map(String address, int file) {
        long size = Linux.attempt("lseek", file, 0, SEEK_END);
        long memory = size < Protocol.TAILS_BYTES
                ? -Errno.EINVAL
                : Linux.attempt("mmap", 0, Protocol.TAILS_BYTES, Abi.PROT_READ_WRITE, Abi.MAP_SHARED, file, 0);
        if (memory < 0) {
            throw VfioUserTrouble.nonsense(
                    address, Command.VERSION, "tails that cannot be mapped (" + Errno.text((int) -memory) + ")");
        }
        return new SharedTails(memory);
    }

    /** Our address of the tail register at an offset in BAR 0, -1 of any other register. */
    long address(int register) {
        int place = place(register);
        return place < 0 ? -1 : memory + place;
    }

    /** Where in the memory that tail is, -1 for any other register. */
    static int place(int register) {
        int low = queue(register, Registers.RDT, HALF);
        int high = queue(register, Registers.RDT_64, HALF);
        int tx = queue(register, Registers.TDT, TX_QUEUES);
        return low >= 0
                ? Protocol.rxTail(low)
                : high >= 0 ? Protocol.rxTail(HALF + high) : tx >= 0 ? Protocol.txTail(tx) : -1;
    }

    private static int queue(int register, int first, int queues) {
        int distance = register - first;
        return distance >= 0 && distance % QUEUE == 0 && distance / QUEUE < queues ? distance / QUEUE : -1;
    }

    void unmap() {
        Retired.memory(this, memory, Protocol.TAILS_BYTES);
    }
}
