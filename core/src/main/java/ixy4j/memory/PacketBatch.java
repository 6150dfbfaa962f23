package ixy4j.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Packets on their way, at most {@link #capacity()}, all of one pool: filled by a receive queue or by {@link #add}, and
 * emptied by a transmit queue or by {@link #free()}. Made once and used again, by one thread. Its packets are counted
 * from 0 to {@code size() - 1}; offsets count from the first byte of the destination address, in bytes. A wrong index or
 * offset is an {@link IndexOutOfBoundsException}. {@link NetworkOrder} has wider numbers than bytes.
 */
public final class PacketBatch {
    private final PacketPool pool;
    private final int[] ids;
    private final int[] lengths; // 0 for a hole
    private int size; // with the holes
    private int holes;
    private boolean odd;

    PacketBatch(PacketPool pool, int capacity) {
        if (capacity < 1 || capacity > 4096) {
            throw new IllegalArgumentException("a batch has room for 1 to 4096 packets, not " + capacity);
        }
        this.pool = pool;
        this.ids = new int[capacity];
        this.lengths = new int[capacity];
    }

    /** How many packets fit. */
    public int capacity() {
        return ids.length;
    }

    /** How many packets are in it, holes among them. */
    public int size() {
        return size;
    }

    /** The length of a packet without its FCS; 0 for a hole. */
    public int length(int packet) {
        return lengths[Objects.checkIndex(packet, size)];
    }

    public byte getByte(int packet, int offset) {
        return RawMemory.getByte(address(packet, offset, 1));
    }

    public void setByte(int packet, int offset, byte value) {
        RawMemory.setByte(address(packet, offset, 1), value);
    }

    // Numbers of more than a byte are in network order; those of fewer than 64 bits are unsigned, and what does not fit
    // into them is cut off.

    public int get8(int packet, int offset) {
        return Byte.toUnsignedInt(RawMemory.getByte(address(packet, offset, 1)));
    }

    public void set8(int packet, int offset, int value) {
        RawMemory.setByte(address(packet, offset, 1), (byte) value);
    }

    public int get16(int packet, int offset) {
        return Short.toUnsignedInt(Short.reverseBytes(NarrowMemory.getShort(address(packet, offset, Short.BYTES))));
    }

    public void set16(int packet, int offset, int value) {
        NarrowMemory.setShort(address(packet, offset, Short.BYTES), Short.reverseBytes((short) value));
    }

    public long get32(int packet, int offset) {
        return Integer.toUnsignedLong(
                Integer.reverseBytes(NarrowMemory.getInt(address(packet, offset, Integer.BYTES))));
    }

    public void set32(int packet, int offset, long value) {
        NarrowMemory.setInt(address(packet, offset, Integer.BYTES), Integer.reverseBytes((int) value));
    }

    /** A MAC address. */
    public long get48(int packet, int offset) {
        long address = address(packet, offset, 6);
        return Long.reverseBytes(
                (long) NarrowMemory.getShort(address + 4) << 48 | (NarrowMemory.getInt(address) & 0xffff_ffffL) << 16);
    }

    public void set48(int packet, int offset, long value) {
        long address = address(packet, offset, 6);
        NarrowMemory.setInt(address, Integer.reverseBytes((int) (value >>> 16)));
        NarrowMemory.setShort(address + 4, Short.reverseBytes((short) value));
    }

    public long get64(int packet, int offset) {
        return Long.reverseBytes(RawMemory.getLong(address(packet, offset, Long.BYTES)));
    }

    public void set64(int packet, int offset, long value) {
        RawMemory.setLong(address(packet, offset, Long.BYTES), Long.reverseBytes(value));
    }

    /** Copies bytes of a packet into all of a segment. */
    public void read(int packet, int offset, MemorySegment to) {
        RawMemory.read(address(packet, offset, bytes(to)), to);
    }

    /** Copies {@code length} bytes of a packet into an array, from {@code start} on. */
    public void read(int packet, int offset, byte[] to, int start, int length) {
        read(packet, offset, MemorySegment.ofArray(to).asSlice(start, length));
    }

    /** Copies bytes of a packet into what remains of a buffer, whose position is its limit then. */
    public void read(int packet, int offset, ByteBuffer to) {
        read(packet, offset, MemorySegment.ofBuffer(to));
        to.position(to.limit());
    }

    /** Copies all of a segment into a packet. */
    public void write(int packet, int offset, MemorySegment from) {
        RawMemory.write(address(packet, offset, bytes(from)), from);
    }

    /** Copies {@code length} bytes of an array, from {@code start} on, into a packet. */
    public void write(int packet, int offset, byte[] from, int start, int length) {
        write(packet, offset, MemorySegment.ofArray(from).asSlice(start, length));
    }

    /** Copies what remains of a buffer into a packet; the buffer's position is its limit then. */
    public void write(int packet, int offset, ByteBuffer from) {
        write(packet, offset, MemorySegment.ofBuffer(from));
        from.position(from.limit());
    }

    private static int bytes(MemorySegment segment) {
        return (int) Math.min(segment.byteSize(), Integer.MAX_VALUE); // more than any packet has
    }

    /**
     * Our address of some bytes of a packet, for {@link NetworkOrder} and {@link RawMemory}.
     *
     * @param bytes how many are to be accessed
     */
    public long address(int packet, int offset, int bytes) {
        return pool.address(ids[packet]) + Objects.checkFromIndexSize(offset, bytes, length(packet));
    }

    /**
     * Adds an uninitialised packet from the pool at the end.
     *
     * @param length 14 to {@link PacketPool#ROOM} bytes
     * @return its index, or -1 where the batch is full or the pool empty
     */
    public int add(int length) {
        checkLength(length);
        int id = size == ids.length ? -1 : pool.allocate();
        return id < 0 ? -1 : append(id, length);
    }

    /** Gives the buffer of a packet back to the pool. A hole is left, so that no other packet's index changes. */
    public void drop(int packet) {
        pool.free(leave(packet));
    }

    /**
     * Puts a packet at the end of another batch of the same pool, and leaves a hole here.
     *
     * @return whether there was room for it; where not, nothing has changed
     */
    public boolean moveTo(PacketBatch other, int packet) {
        if (other.pool != pool) {
            throw new IllegalArgumentException("a packet moves to a batch of the same pool only: copy it");
        }
        int length = length(packet);
        if (other.size == other.ids.length) {
            return false;
        }
        other.append(leave(packet), length);
        return true;
    }

    /**
     * Puts a copy of a packet at the end of this or another batch, of any pool.
     *
     * @return whether there was room for it, and a buffer in the other pool
     */
    public boolean copyTo(PacketBatch other, int packet) {
        int length = checkedLength(packet);
        int copy = other.add(length);
        if (copy >= 0) {
            RawMemory.copy(address(packet, 0, length), other.address(copy, 0, length), length);
        }
        return copy >= 0;
    }

    /** Changes the length of a packet, at its end; bytes that come to it are not initialised. */
    public void setLength(int packet, int length) {
        checkedLength(packet);
        lengths[packet] = checkLength(length);
        noteLength(length);
    }

    /** Whether a packet was dropped or moved away. */
    public boolean isHole(int packet) {
        return length(packet) == 0;
    }

    /** Closes all holes: packets move towards the front, in their order. Transmit queues begin with this. */
    public void compact() {
        if (holes > 0) {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (lengths[i] != 0) {
                    ids[kept] = ids[i];
                    lengths[kept++] = lengths[i];
                }
            }
            size = kept;
            holes = 0;
        }
    }

    /** Makes a packet a hole; its buffer. */
    private int leave(int packet) {
        checkedLength(packet);
        lengths[packet] = 0;
        noteLength(0);
        holes++;
        return ids[packet];
    }

    private int checkedLength(int packet) {
        int length = length(packet);
        if (length == 0) {
            throw new IllegalStateException("packet " + packet + " was dropped or moved away");
        }
        return length;
    }

    private static int checkLength(int length) {
        if (length < 14 || length > PacketPool.ROOM) {
            throw new IllegalArgumentException("a packet has 14 to " + PacketPool.ROOM + " bytes, not " + length);
        }
        return length;
    }

    private int append(int id, int length) {
        ids[size] = id;
        lengths[size] = length;
        noteLength(length);
        return size++;
    }

    /** Returns all packets to the pool; how many they were. */
    public int free() {
        compact();
        int count = size;
        pool.free(ids, 0, count);
        size = 0;
        odd = false;
        return count;
    }

    /** The pool that its packets are of. */
    public PacketPool pool() {
        return pool;
    }

    /** For drivers: the buffers of the packets, valid up to {@code size()}. */
    public int[] ids() {
        return ids;
    }

    /** For drivers: the lengths of the packets, valid up to {@code size()}. */
    public int[] lengths() {
        return lengths;
    }

    /** For drivers: packets were put behind the last. */
    public void resize(int newSize) {
        size = newSize;
    }

    /** For drivers: the first packets were taken; the others move to the front. */
    public void removeFirst(int count) {
        size -= count;
        if (size > 0) {
            System.arraycopy(ids, count, ids, 0, size);
            System.arraycopy(lengths, count, lengths, 0, size);
        } else {
            odd = false;
        }
    }

    /** For drivers: a packet of this length was put in; needless where all are 60 to 1514 bytes, or 1518 and tagged. */
    public void noteLength(int length) {
        if (Integer.compareUnsigned(length - OddFrames.SHORTEST, OddFrames.LONGEST - OddFrames.SHORTEST) > 0) {
            odd = true;
        }
    }

    /** For drivers: whether there may be a hole, or a packet that not every card sends as it is. */
    public boolean isOdd() {
        return odd;
    }
}
