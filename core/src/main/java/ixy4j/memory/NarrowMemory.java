package ixy4j.memory;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** What {@link RawMemory} does, for the narrow numbers of virtio's structures, and a release for wide ones. */
public final class NarrowMemory {
    @SuppressWarnings("restricted") // as for RawMemory: the addresses come from mmap
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort PLAIN_SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt PLAIN_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT =
            ValueLayout.JAVA_SHORT.withOrder(LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG.withOrder(LITTLE_ENDIAN).varHandle();

    private NarrowMemory() {}

    public static short getShort(long address) {
        return ALL.get(PLAIN_SHORT, address);
    }

    public static void setShort(long address, short value) {
        ALL.set(PLAIN_SHORT, address, value);
    }

    public static int getInt(long address) {
        return ALL.get(PLAIN_INT, address);
    }

    public static void setInt(long address, int value) {
        ALL.set(PLAIN_INT, address, value);
    }

    /** Reads a byte; nothing that follows is read before it. */
    public static byte getByteAcquire(long address) {
        return (byte) BYTE.getAcquire(ALL, address);
    }

    /** Writes a byte; all that precedes is seen before it. */
    public static void setByteRelease(long address, byte value) {
        BYTE.setRelease(ALL, address, value);
    }

    /** Reads 2 aligned bytes; nothing that follows is read before them. */
    public static short getShortAcquire(long address) {
        return (short) SHORT.getAcquire(ALL, address);
    }

    /** Writes 2 aligned bytes; all that precedes is seen before them. */
    public static void setShortRelease(long address, short value) {
        SHORT.setRelease(ALL, address, value);
    }

    /** Writes 8 aligned bytes; all that precedes is seen before them. */
    public static void setLongRelease(long address, long value) {
        LONG.setRelease(ALL, address, value);
    }

    /** A range as a segment that is never freed: bounds-checked, but allocated, so not for each packet. */
    public static MemorySegment segment(long address, long bytes) {
        return ALL.asSlice(address, bytes);
    }
}
