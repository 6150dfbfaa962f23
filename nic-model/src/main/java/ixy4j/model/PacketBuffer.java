package ixy4j.model;

import ixy4j.model.wire.NativeMemory;

/**
 * The receive packet buffer (datasheet 8.2.3.8.9): frames that passed the filters and wait for descriptors, first
 * in, first out. Each has its length, queue and the two words of its descriptor before it; 8 bytes of that count as used
 * space like its own bytes.
 */
final class PacketBuffer {
    /** The longest frame that fits, with its FCS. */
    static final int ROOM = 16 << 10;

    private static final int HEADER = 24;
    private static final int COUNTED = 8;
    private static final int MEMORY = 1 << 20; // twice the largest size, so that the gap at the end is always free

    private final long memory = NativeMemory.map(MEMORY);
    private int first; // where the oldest frame's header is
    private int end; // where the next one's will be
    private int frames;
    private int used;
    private int capacity;

    /** Sets its size in bytes, at most 512 KiB. */
    void resize(int bytes) {
        capacity = bytes;
    }

    /** Forgets all frames. */
    void clear() {
        first = 0;
        end = 0;
        frames = 0;
        used = 0;
    }

    /** Where the next frame can be written, {@link #ROOM} bytes. */
    long next() {
        return memory + end + HEADER;
    }

    /** Whether a frame of this length finds room. */
    boolean fits(int length) {
        return used + COUNTED + length <= capacity;
    }

    /**
     * Keeps the frame that was written at {@link #next()}.
     *
     * @param queue that it is for
     * @param firstWord of its descriptors
     * @param status bits of the second word of the last of them
     */
    void add(int length, int queue, long firstWord, long status) {
        NativeMemory.setInt(memory + end, length);
        NativeMemory.setInt(memory + end + 4, queue);
        NativeMemory.setLong(memory + end + 8, firstWord);
        NativeMemory.setLong(memory + end + 16, status);
        frames++;
        used += COUNTED + length;
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
        return NativeMemory.getInt(memory + first);
    }

    /** The queue of the oldest frame. */
    int queue() {
        return NativeMemory.getInt(memory + first + 4);
    }

    /** The first word of the oldest frame's descriptors. */
    long firstWord() {
        return NativeMemory.getLong(memory + first + 8);
    }

    /** What the second word of its last descriptor is to have. */
    long status() {
        return NativeMemory.getLong(memory + first + 16);
    }

    /** Takes the oldest frame out. */
    void remove() {
        int length = length();
        frames--;
        used -= COUNTED + length;
        if (frames == 0) {
            clear(); // so that frames that need not wait are always in the same lines of the processor's cache
        } else {
            first = after(first, length);
        }
    }

    void close() {
        NativeMemory.unmap(memory, MEMORY);
    }
}
