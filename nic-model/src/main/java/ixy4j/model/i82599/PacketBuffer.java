package ixy4j.model.i82599;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.OwnMemory;

/**
 * The receive packet buffer (datasheet 8.2.3.8.9): frames that passed the filters and wait for descriptors, first
 * in, first out. Each has 8 bytes of length and flags before it, which count as used space like its own bytes.
 */
final class PacketBuffer {
    /** The longest frame that fits, with its FCS. */
    static final int ROOM = 16 << 10;

    private static final int HEADER = 8;
    private static final int MEMORY = 1 << 20; // twice the largest size, so that the gap at the end is always free

    private final long memory = OwnMemory.map(MEMORY);
    private int first; // where the oldest frame's header is
    private int end; // where the next one's will be
    private int frames;
    private int used;
    private int capacity;

    /** Sets its size in bytes, at most 512 KiB. */
    void resize(int bytes) {
        capacity = bytes;
    }

    /** Forgets all frames; how many there were. */
    int clear() {
        int forgotten = frames;
        first = 0;
        end = 0;
        frames = 0;
        used = 0;
        return forgotten;
    }

    /** Where the next frame can be written, {@link #ROOM} bytes. */
    long next() {
        return memory + end + HEADER;
    }

    /** Whether a frame of this length finds room. */
    boolean fits(int length) {
        return used + HEADER + length <= capacity;
    }

    /** Keeps the frame that was written at {@link #next()}. */
    void add(int length, int flags) {
        RawMemory.setInt(memory + end, length);
        RawMemory.setInt(memory + end + 4, flags);
        frames++;
        used += HEADER + length;
        end = after(end, length);
    }

    private static int after(int position, int length) {
        int next = position + HEADER + length + 7 & -8;
        return next > MEMORY - HEADER - ROOM ? 0 : next;
    }

    boolean isEmpty() {
        return frames == 0;
    }

    /** Where the oldest frame is. */
    long frame() {
        return memory + first + HEADER;
    }

    /** Length of the oldest frame. */
    int length() {
        return RawMemory.getInt(memory + first);
    }

    /** Flags of the oldest frame. */
    int flags() {
        return RawMemory.getInt(memory + first + 4);
    }

    /** Takes the oldest frame out. */
    void remove() {
        int length = length();
        frames--;
        used -= HEADER + length;
        if (frames == 0) {
            clear(); // so that frames that need not wait are always in the same lines of the processor's cache
        } else {
            first = after(first, length);
        }
    }

    void close() {
        OwnMemory.unmap(memory, MEMORY);
    }
}
