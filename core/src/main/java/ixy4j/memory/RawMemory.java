package ixy4j.memory;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The whole address space, for memory shared with a card: an absolute address in, no check of any kind, so a wrong one
 * ends the JVM. Numbers are little-endian, as cards have them. {@code get} and {@code set} are plain; {@code getAcquire}
 * and {@code setRelease} order what stands after, or before, them. docs/memory-ordering.md has the argument.
 * {@link NarrowMemory} has what the path of an Intel card does not need.
 */
public final class RawMemory {
    // In a static final the JIT knows base, size and scope of this segment, and an access is one instruction.
    @SuppressWarnings("restricted") // the addresses come from mmap: no smaller segment could be checked against
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfLong PLAIN_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final VarHandle INT =
            ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN).varHandle();

    private RawMemory() {}

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static void setByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static long getLong(long address) {
        return ALL.get(PLAIN_LONG, address);
    }

    public static void setLong(long address, long value) {
        ALL.set(PLAIN_LONG, address, value);
    }

    /** Reads 4 aligned bytes; nothing that follows is read before them. */
    public static int getIntAcquire(long address) {
        return (int) INT.getAcquire(ALL, address);
    }

    /** Writes 4 aligned bytes; all that precedes is seen before them. */
    public static void setIntRelease(long address, int value) {
        INT.setRelease(ALL, address, value);
    }

    /** Reads 8 aligned bytes; nothing that follows is read before them. */
    public static long getLongAcquire(long address) {
        return (long) LONG.getAcquire(ALL, address);
    }

    /** Copies bytes, as if by way of a third place where the two overlap. */
    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** Copies bytes into all of a segment. */
    public static void read(long from, MemorySegment to) {
        MemorySegment.copy(ALL, from, to, 0, to.byteSize());
    }

    /** Copies all of a segment. */
    public static void write(long to, MemorySegment from) {
        MemorySegment.copy(from, 0, ALL, to, from.byteSize());
    }
}
