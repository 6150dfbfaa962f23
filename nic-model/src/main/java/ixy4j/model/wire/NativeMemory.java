package ixy4j.model.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The memory of cards and wires: some of their own, and all that they reach by an absolute address, which is not checked,
 * so a wrong one ends the JVM. Numbers are little-endian, as cards have them. {@code get} and {@code set} are plain;
 * {@code getAcquire} and {@code setRelease} order what stands after, or before, them. A driver's side of the same is
 * {@link ixy4j.memory.RawMemory}, which has what a driver needs and no more.
 */
public final class NativeMemory {
    // In a static final the JIT knows base, size and scope of this segment, and an access is one instruction. It may
    // be this large: an IOMMU has checked addresses of drivers, and the others are cards' and wires' own.
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt PLAIN_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong PLAIN_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final VarHandle INT =
            ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN).varHandle();

    private NativeMemory() {}

    /** The address of zeroed memory. */
    public static long map(long size) {
        return Linux.call("mmap", 0, size, Abi.PROT_READ_WRITE, Abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    /** Gives back what {@link #map} gave. */
    public static void unmap(long address, long size) {
        Linux.call("munmap", address, size);
    }

    /** Copies bytes; the ranges may overlap. */
    public static void copy(long from, long to, int bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** Sets each of these bytes to a value. */
    public static void fill(long address, int bytes, byte value) {
        for (int i = 0; i < bytes; i++) {
            ALL.set(ValueLayout.JAVA_BYTE, address + i, value);
        }
    }

    /** A range as a segment that is never freed: bounds-checked, but allocated, so not for each frame. */
    public static MemorySegment segment(long address, long bytes) {
        return ALL.asSlice(address, bytes);
    }

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static void setByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static short getShort(long address) {
        return ALL.get(SHORT, address);
    }

    public static void setShort(long address, short value) {
        ALL.set(SHORT, address, value);
    }

    public static int getInt(long address) {
        return ALL.get(PLAIN_INT, address);
    }

    public static void setInt(long address, int value) {
        ALL.set(PLAIN_INT, address, value);
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

    /** Writes 8 aligned bytes; all that precedes is seen before them. */
    public static void setLongRelease(long address, long value) {
        LONG.setRelease(ALL, address, value);
    }
}
