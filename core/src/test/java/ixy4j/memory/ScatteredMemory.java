package ixy4j.memory;

import ixy4j.spi.DmaMemory;
import java.util.List;

/** Memory as it is where an IOVA is a physical address; it only looks so, and is not to be touched. */
public final class ScatteredMemory {
    private ScatteredMemory() {}

    public static DmaMemory of(long address, int fd, long... pageIovas) {
        return new SharedMemory(address, fd, pageIovas, List.of());
    }
}
