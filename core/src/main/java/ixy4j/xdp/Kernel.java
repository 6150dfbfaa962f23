package ixy4j.xdp;

import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the kernel reaches memory of this process: by our addresses, once a socket has registered it. */
final class Kernel implements DmaSpace {
    static final Kernel SPACE = new Kernel();

    private final Map<Long, DmaMemory> memories = new ConcurrentHashMap<>(); // by their addresses

    private Kernel() {}

    @Override
    public void map(DmaMemory memory) {
        memories.put(memory.address(), memory);
    }

    @Override
    public void unmap(DmaMemory memory) {
        memories.remove(memory.address(), memory);
    }

    /** The memory that begins at an address, which was mapped. */
    DmaMemory memoryAt(long address) {
        DmaMemory memory = memories.get(address);
        if (memory == null) {
            throw new IllegalStateException("a pool that is closed has no memory for the kernel");
        }
        return memory;
    }

    @Override
    public String toString() {
        return "the kernel";
    }
}
