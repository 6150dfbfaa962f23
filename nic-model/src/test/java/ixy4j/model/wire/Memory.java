package ixy4j.model.wire;

import ixy4j.memory.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Native memory for tests, never freed, and what differs in it. */
final class Memory {
    private Memory() {}

    /** The address of zeroed memory. */
    static long allocate(int bytes) {
        return Arena.global().allocate(bytes, 64).address();
    }

    static long of(byte[] bytes) {
        long address = allocate(bytes.length);
        set(address, bytes);
        return address;
    }

    static void set(long address, byte[] bytes) {
        MemorySegment.copy(bytes, 0, RawMemory.segment(address, bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    static byte[] bytes(long address, int length) {
        return RawMemory.segment(address, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The seed of a random test, to be shown when it fails; -Dixy4j.seed=N repeats it. */
    static long seed() {
        return Long.getLong("ixy4j.seed", System.nanoTime());
    }
}
