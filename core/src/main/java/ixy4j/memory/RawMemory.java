package ixy4j.memory;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The whole address space, for memory shared with a card: an absolute address in, no check of any kind, so a wrong one
 * ends the JVM. Numbers are little-endian, as cards have them. {@code get} and {@code set} are plain; {@code getAcquire}
 * and {@code setRelease}, of numbers that are aligned, order what stands after, or before, them.
 * docs/memory-ordering.md has the argument.
 */
public final class RawMemory {
    // In a static final the JIT knows base, size and scope of this segment, and an access is one instruction.
    @SuppressWarnings("restricted") // the addresses come from mmap: no smaller segment could be checked against
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private static final VarHandle BYTES = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORTS =
            ValueLayout.JAVA_SHORT.withOrder(LITTLE_ENDIAN).varHandle();
    private static final VarHandle INTS =
            ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONGS =
            ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN).varHandle();

    private RawMemory() {}

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static short getShort(long address) {
        return ALL.get(SHORT, address);
    }

    public static int getInt(long address) {
        return ALL.get(INT, address);
    }

    public static long getLong(long address) {
        return ALL.get(LONG, address);
    }

    public static void setByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static void setShort(long address, short value) {
        ALL.set(SHORT, address, value);
    }

    public static void setInt(long address, int value) {
        ALL.set(INT, address, value);
    }

    public static void setLong(long address, long value) {
        ALL.set(LONG, address, value);
    }

    public static byte getByteAcquire(long address) {
        return (byte) BYTES.getAcquire(ALL, address);
    }

    public static short getShortAcquire(long address) {
        return (short) SHORTS.getAcquire(ALL, address);
    }

    public static int getIntAcquire(long address) {
        return (int) INTS.getAcquire(ALL, address);
    }

    public static long getLongAcquire(long address) {
        return (long) LONGS.getAcquire(ALL, address);
    }

    public static void setByteRelease(long address, byte value) {
        BYTES.setRelease(ALL, address, value);
    }

    public static void setShortRelease(long address, short value) {
        SHORTS.setRelease(ALL, address, value);
    }

    public static void setIntRelease(long address, int value) {
        INTS.setRelease(ALL, address, value);
    }

    public static void setLongRelease(long address, long value) {
        LONGS.setRelease(ALL, address, value);
    }

    /** Copies bytes, as if by way of a third place where the two overlap. */
    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** Copies bytes into a part of a segment, which is checked. */
    public static void read(long from, MemorySegment to, long start, long bytes) {
        MemorySegment.copy(ALL, from, to, start, bytes);
    }

    /** Copies bytes into a part of an array, which is checked. */
    public static void read(long from, byte[] to, int start, int bytes) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, start, bytes);
    }

    /** Copies a part of a segment, which is checked. */
    public static void write(long to, MemorySegment from, long start, long bytes) {
        MemorySegment.copy(from, start, ALL, to, bytes);
    }

    /** Copies a part of an array, which is checked. */
    public static void write(long to, byte[] from, int start, int bytes) {
        MemorySegment.copy(from, start, ALL, ValueLayout.JAVA_BYTE, to, bytes);
    }

    /** Sets each of these bytes to a value. */
    public static void fill(long address, long bytes, byte value) {
        for (long i = 0; i < bytes; i++) {
            ALL.set(ValueLayout.JAVA_BYTE, address + i, value);
        }
    }

    /** A range as a segment that is never freed: bounds-checked, but allocated, so not for each packet. */
    public static MemorySegment segment(long address, long bytes) {
        return ALL.asSlice(address, bytes);
    }
}
