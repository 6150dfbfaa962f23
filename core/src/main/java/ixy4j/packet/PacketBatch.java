package ixy4j.packet;

import ixy4j.memory.RawMemory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Packets on their way, at most {@link #capacity()}, all of one pool: filled by a receive queue or by {@link #add}, and
 * emptied by a transmit queue or by {@link #free()}. Made once and used again, by the thread of its pool. Its packets are
 * counted from 0 to {@code size() - 1}; offsets count from the first byte of the destination address, in bytes. A wrong index
 * or offset is an {@link IndexOutOfBoundsException}, which says what is right.
 *
 * <p>A packet that was dropped or moved away leaves a hole, so that no other packet's index changes: it has no bytes, and
 * what needs a packet is an {@link IllegalStateException}. {@link #compact()} closes holes; a transmit queue begins with that.
 */
public final class PacketBatch {
    private static final int SHORTEST = 14; // an Ethernet header

    final PacketPool pool;
    final Thread maker = Thread.currentThread();
    final int[] buffers;
    final int[] lengths; // 0 for a hole
    int size; // with the holes
    private int holes;
    boolean odd;

    PacketBatch(PacketPool pool, int capacity) {
        if (capacity < 1 || capacity > 4096) {
            throw new IllegalArgumentException("a batch has room for 1 to 4096 packets, not " + capacity);
        }
        this.pool = pool;
        this.buffers = new int[capacity];
        this.lengths = new int[capacity];
    }

    /** The pool that its packets are of. */
    public PacketPool pool() {
        return pool;
    }

    /** How many packets fit. */
    public int capacity() {
        return buffers.length;
    }

    /** How many packets are in it, holes among them. */
    public int size() {
        return size;
    }

    /** The length of a packet without its FCS; 0 for a hole. */
    public int length(int packet) {
        return lengths[Objects.checkIndex(packet, size)];
    }

    /** Whether a packet was dropped or moved away. */
    public boolean isHole(int packet) {
        return length(packet) == 0;
    }

    // ---- numbers in network order; those of fewer than 64 bits are unsigned, and what does not fit is cut off

    /** Reads a byte. */
    public int get8(int packet, int offset) {
        return Byte.toUnsignedInt(RawMemory.getByte(address(packet, offset, 1)));
    }

    /** Writes a byte. */
    public void set8(int packet, int offset, int value) {
        RawMemory.setByte(address(packet, offset, 1), (byte) value);
    }

    /** Reads 2 bytes. */
    public int get16(int packet, int offset) {
        return Short.toUnsignedInt(Short.reverseBytes(RawMemory.getShort(address(packet, offset, Short.BYTES))));
    }

    /** Writes 2 bytes. */
    public void set16(int packet, int offset, int value) {
        RawMemory.setShort(address(packet, offset, Short.BYTES), Short.reverseBytes((short) value));
    }

    /** Reads 4 bytes. */
    public long get32(int packet, int offset) {
        return Integer.toUnsignedLong(Integer.reverseBytes(RawMemory.getInt(address(packet, offset, Integer.BYTES))));
    }

    /** Writes 4 bytes. */
    public void set32(int packet, int offset, long value) {
        RawMemory.setInt(address(packet, offset, Integer.BYTES), Integer.reverseBytes((int) value));
    }

    /** Reads 6 bytes, a MAC address. */
    public long get48(int packet, int offset) {
        long address = address(packet, offset, 6);
        return Long.reverseBytes(
                (long) RawMemory.getShort(address + 4) << 48 | (RawMemory.getInt(address) & 0xffff_ffffL) << 16);
    }

    /** Writes 6 bytes, a MAC address. */
    public void set48(int packet, int offset, long value) {
        long address = address(packet, offset, 6);
        RawMemory.setInt(address, Integer.reverseBytes((int) (value >>> 16)));
        RawMemory.setShort(address + 4, Short.reverseBytes((short) value));
    }

    /** Reads 8 bytes. */
    public long get64(int packet, int offset) {
        return Long.reverseBytes(RawMemory.getLong(address(packet, offset, Long.BYTES)));
    }

    /** Writes 8 bytes. */
    public void set64(int packet, int offset, long value) {
        RawMemory.setLong(address(packet, offset, Long.BYTES), Long.reverseBytes(value));
    }

    // ---- many bytes

    /** Copies {@code length} bytes of a packet into a segment, from its byte {@code start} on. */
    public void read(int packet, int offset, MemorySegment to, long start, int length) {
        RawMemory.read(address(packet, offset, length), to, start, length);
    }

    /** Copies {@code length} bytes of a packet into an array, from its index {@code start} on. */
    public void read(int packet, int offset, byte[] to, int start, int length) {
        RawMemory.read(address(packet, offset, length), to, start, length);
    }

    /** Copies bytes of a packet into what remains of a buffer, whose position is its limit then. */
    public void read(int packet, int offset, ByteBuffer to) {
        read(packet, offset, MemorySegment.ofBuffer(to), 0, to.remaining());
        to.position(to.limit());
    }

    /** All bytes of a packet, in an array of its own: for tests and slow paths, since it allocates. */
    public byte[] toArray(int packet) {
        byte[] bytes = new byte[length(packet)];
        read(packet, 0, bytes, 0, bytes.length);
        return bytes;
    }

    /** Copies {@code length} bytes of a segment, from {@code start} on, into a packet. */
    public void write(int packet, int offset, MemorySegment from, long start, int length) {
        RawMemory.write(address(packet, offset, length), from, start, length);
    }

    /** Copies {@code length} bytes of an array, from {@code start} on, into a packet. */
    public void write(int packet, int offset, byte[] from, int start, int length) {
        RawMemory.write(address(packet, offset, length), from, start, length);
    }

    /** Copies what remains of a buffer into a packet; the buffer's position is its limit then. */
    public void write(int packet, int offset, ByteBuffer from) {
        write(packet, offset, MemorySegment.ofBuffer(from), 0, from.remaining());
        from.position(from.limit());
    }

    /** Our address of some bytes of a packet. */
    long address(int packet, int offset, int bytes) {
        return pool.address(buffers[packet]) + Objects.checkFromIndexSize(offset, bytes, length(packet));
    }

    // ---- packets that come and go

    /**
     * Adds an uninitialised packet from the pool at the end.
     *
     * @param length 14 to {@link PacketPool#ROOM} bytes
     * @return its index, or -1 if the batch is full or the pool empty
     */
    public int add(int length) {
        if (length < SHORTEST || length > PacketPool.ROOM) {
            throw wrongLength(length, PacketPool.ROOM);
        }
        int buffer = take();
        return buffer < 0 ? -1 : append(buffer, length);
    }

    /** A buffer for one more packet; -1 if there is no room for that, or no buffer. */
    private int take() {
        return size == buffers.length || (pool.mustLook() && pool.available() == 0) ? -1 : pool.allocate();
    }

    /** Adds a packet with these 14 to {@link PacketPool#ROOM} bytes; as {@link #add(int)}. */
    public int add(byte[] frame) {
        int packet = add(frame.length);
        if (packet >= 0) {
            write(packet, 0, frame, 0, frame.length);
        }
        return packet;
    }

    /** Gives the buffer of a packet back to the pool, and leaves a hole. */
    public void drop(int packet) {
        pool.free(leave(packet));
    }

    /** Returns all packets to the pool; how many they were. */
    public int free() {
        compact();
        int count = size;
        pool.free(buffers, 0, count);
        size = 0;
        odd = false;
        return count;
    }

    /**
     * Puts a packet at the end of another batch of the same pool, and leaves a hole here.
     *
     * @return whether there was room for it; if not, nothing has changed
     */
    public boolean moveTo(PacketBatch other, int packet) {
        if (other.pool != pool) {
            throw new IllegalArgumentException("a packet moves to a batch of the same pool only: copy it");
        }
        int length = checkPacket(packet);
        if (other.size == other.buffers.length) {
            return false;
        }
        other.append(leave(packet), length);
        return true;
    }

    /**
     * Puts a copy of a packet at the end of this or another batch, of any pool of this thread.
     *
     * @return whether there was room for it, and a buffer in the other pool
     */
    public boolean copyTo(PacketBatch other, int packet) {
        int length = checkPacket(packet);
        int copy = other.take();
        if (copy < 0) {
            return false;
        }
        if (length > PacketPool.ROOM) { // what was prepended can make it longer than what is added
            copy -= length - PacketPool.ROOM;
            other.pool.noteMove();
        }
        RawMemory.copy(address(packet, 0, length), other.pool.address(copy), length);
        other.append(copy, length);
        return true;
    }

    /** Closes all holes: packets move towards the front, in their order. */
    public void compact() {
        if (holes > 0) {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (lengths[i] != 0) {
                    buffers[kept] = buffers[i];
                    lengths[kept++] = lengths[i];
                }
            }
            size = kept;
            holes = 0;
        }
    }

    // ---- packets that become longer or shorter

    /**
     * Changes the length of a packet, at its end; bytes that come to it are not initialised.
     *
     * @param length 14 bytes to what its buffer has room for: {@link PacketPool#ROOM}, and what was prepended
     */
    public void setLength(int packet, int length) {
        checkPacket(packet);
        change(packet, buffers[packet], length);
    }

    /** How many bytes can be put in front of a packet: {@link PacketPool#HEADROOM} if it is as it came. */
    public int headroom(int packet) {
        checkPacket(packet);
        return PacketPool.headroom(buffers[packet]);
    }

    /** Puts bytes in front of a packet, at most {@link #headroom}; they are not initialised. */
    public void prepend(int packet, int bytes) {
        int length = checkPacket(packet);
        if (bytes < 0 || bytes > headroom(packet)) {
            throw new IndexOutOfBoundsException(
                    "0 to " + headroom(packet) + " bytes can be put in front of packet " + packet + ", not " + bytes);
        }
        change(packet, buffers[packet] - bytes, length + bytes);
    }

    /** Takes bytes away at the front of a packet, of which at least 14 are left. */
    public void trimFront(int packet, int bytes) {
        int length = checkPacket(packet);
        if (bytes < 0 || bytes > length - SHORTEST) {
            throw new IndexOutOfBoundsException("0 to " + (length - SHORTEST) + " of the " + length
                    + " bytes of packet " + packet + " can be taken away, not " + bytes);
        }
        change(packet, buffers[packet] + bytes, length - bytes);
    }

    /**
     * Puts bytes into a packet, as a VLAN tag at 12: what is before them moves towards the front. They are not initialised.
     *
     * @param offset what comes before them, in bytes, at most the length
     * @param bytes at most {@link #headroom}
     */
    public void insert(int packet, int offset, int bytes) {
        Objects.checkFromIndexSize(0, offset, checkPacket(packet));
        prepend(packet, bytes);
        long front = address(packet, 0, offset);
        RawMemory.copy(front + bytes, front, offset);
    }

    /** Takes bytes out of a packet: what is before them moves towards the end. At least 14 are left. */
    public void remove(int packet, int offset, int bytes) {
        Objects.checkFromIndexSize(offset, bytes, checkPacket(packet));
        long from = address(packet, 0, offset);
        trimFront(packet, bytes);
        RawMemory.copy(from, from + bytes, offset);
    }

    /** Moves a packet that was trimmed so far that nothing can be put behind it, so that it starts as one that was added. */
    void moveToFront(int packet) {
        int length = checkPacket(packet);
        int start = PacketPool.usual(buffers[packet]);
        RawMemory.copy(address(packet, 0, length), pool.address(start), length);
        buffers[packet] = start;
    }

    private void change(int packet, int buffer, int length) {
        if (length < SHORTEST || length > PacketPool.room(buffer)) {
            throw wrongLength(length, PacketPool.room(buffer));
        }
        if (buffer != buffers[packet]) {
            buffers[packet] = buffer;
            pool.noteMove();
        }
        lengths[packet] = length;
        noteLength(length);
    }

    private static IllegalArgumentException wrongLength(int length, int most) {
        return new IllegalArgumentException("a packet has " + SHORTEST + " to " + most + " bytes, not " + length);
    }

    /** The length of a packet that is no hole. */
    int checkPacket(int packet) {
        int length = length(packet);
        if (length == 0) {
            throw new IllegalStateException("packet " + packet + " was dropped or moved away");
        }
        return length;
    }

    /** Makes a packet a hole; its buffer. */
    int leave(int packet) {
        checkPacket(packet);
        lengths[packet] = 0;
        odd = true;
        holes++;
        return buffers[packet];
    }

    int append(int buffer, int length) {
        buffers[size] = buffer;
        lengths[size] = length;
        noteLength(length);
        return size++;
    }

    // ---- for queues

    /** See {@link PacketQueue#removeFirst}. */
    void removeFirst(int count) {
        final int rest = size - count;
        if (rest > 0) {
            System.arraycopy(buffers, count, buffers, 0, rest);
            System.arraycopy(lengths, count, lengths, 0, rest);
            size = rest;
        } else {
            size = 0;
            odd = false;
        }
    }

    /** See {@link PacketQueue#noteLength}. */
    void noteLength(int length) {
        if (Integer.compareUnsigned(length - OddFrames.SHORTEST, OddFrames.LONGEST - OddFrames.SHORTEST) > 0) {
            odd = true;
        }
    }
}
