package ixy4j.learn;

import ixy4j.course.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Memory for a card of the course. Reading lets the cards go on. */
final class CourseMemory implements Memory {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final long iova;
    private final AccessLog log;
    private final Runnable round;

    CourseMemory(MemorySegment bytes, long iova, AccessLog log, Runnable round) {
        this.bytes = bytes;
        this.iova = iova;
        this.log = log;
        this.round = round;
    }

    @Override
    public long iova() {
        return iova;
    }

    @Override
    public int size() {
        return (int) bytes.byteSize();
    }

    /** Whether an IOVA is in it. */
    boolean contains(long place) {
        return place >= iova && place < iova + size();
    }

    /** Eight bytes, without any effect. */
    long peek(long place) {
        return bytes.get(LONG, place - iova);
    }

    @Override
    public int get8(int offset) {
        check(offset, 1, false);
        return (int) read(offset, bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xff);
    }

    @Override
    public int get16(int offset) {
        check(offset, 2, false);
        return (int) read(offset, bytes.get(SHORT, offset) & 0xffff);
    }

    @Override
    public int get32(int offset) {
        check(offset, 4, false);
        return (int) read(offset, bytes.get(INT, offset));
    }

    @Override
    public long get64(int offset) {
        check(offset, 8, false);
        return read(offset, bytes.get(LONG, offset));
    }

    @Override
    public byte[] get(int offset, int length) {
        check(offset, length, false);
        byte[] copy = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        read(offset, length == 0 ? 0 : copy[0]);
        return copy;
    }

    @Override
    public void put8(int offset, int value) {
        check(offset, 1, true);
        VarHandle.releaseFence();
        bytes.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
        log.add(iova + offset, false, true, value & 0xff);
    }

    @Override
    public void put16(int offset, int value) {
        check(offset, 2, true);
        VarHandle.releaseFence();
        bytes.set(SHORT, offset, (short) value);
        log.add(iova + offset, false, true, value & 0xffff);
    }

    @Override
    public void put32(int offset, int value) {
        check(offset, 4, true);
        VarHandle.releaseFence();
        bytes.set(INT, offset, value);
        log.add(iova + offset, false, true, value & 0xffff_ffffL);
    }

    @Override
    public void put64(int offset, long value) {
        check(offset, 8, true);
        VarHandle.releaseFence(); // what was put before is seen before: cards of other threads are the same to a driver
        bytes.set(LONG, offset, value);
        log.add(iova + offset, false, true, value);
    }

    @Override
    public void put(int offset, byte[] from) {
        check(offset, from.length, true);
        MemorySegment.copy(from, 0, bytes, ValueLayout.JAVA_BYTE, offset, from.length);
        log.add(iova + offset, false, true, from.length == 0 ? 0 : from[0]);
    }

    private long read(int offset, long value) {
        VarHandle.acquireFence(); // what is read after this is read after it
        log.add(iova + offset, false, false, value);
        round.run();
        return value;
    }

    private void check(int offset, int length, boolean isWrite) {
        if (offset < 0 || length < 0 || length > size() - offset) {
            throw new IndexOutOfBoundsException(length + " bytes at offset " + offset + " are "
                    + (isWrite ? "written" : "read") + ", but this memory has offsets 0 to " + (size() - 1));
        }
    }

    @Override
    public String toString() {
        return size() + " bytes at IOVA 0x" + Long.toHexString(iova);
    }
}
