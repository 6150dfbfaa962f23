package ixy4j.watch.frame;

/**
 * The bytes of a frame, from its destination address on; the object is used for one after another, by one thread. What is
 * read behind its end is 0, and {@link #isBeyond} from then on: a filter that looks there does not choose the frame, whatever
 * it says, as in the kernel's.
 */
public final class Frame {
    /** As many as a filter looks at: Ethernet, some tags, IPv4 with options, ports. */
    public static final int HEAD = 128;

    private static final int TYPE = 12;
    private static final int HEADER = 14;
    private static final int TAG = 4;

    private final byte[] bytes;
    private int there; // bytes that are in the array
    private int length; // that the frame has
    private boolean beyond;

    /** One with room for so many bytes of each. */
    public Frame(int room) {
        bytes = new byte[room];
    }

    /** Where the first bytes of a frame are to be put; {@link #set} says how many. */
    public byte[] bytes() {
        return bytes;
    }

    /** Another frame is there now. */
    public void set(int length) {
        this.length = length;
        there = Math.min(length, bytes.length);
        beyond = false;
    }

    /** What lies behind this many bytes fills the frame up, and is none of it. */
    void cut(int end) {
        there = Math.min(there, end);
    }

    /** Bytes of the frame, without its FCS. */
    public int length() {
        return length;
    }

    /** Whether something was read that is not there. */
    boolean isBeyond() {
        return beyond;
    }

    int get8(int offset) {
        if (offset >= there) {
            beyond = true;
            return 0;
        }
        return bytes[offset] & 0xff;
    }

    int get16(int offset) {
        if (offset + 1 >= there) {
            beyond = true;
            return 0;
        }
        return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
    }

    long get32(int offset) {
        return (long) get16(offset) << 16 | get16(offset + 2);
    }

    long get48(int offset) {
        return get32(offset) << 16 | get16(offset + 4);
    }

    long get64(int offset) {
        return get32(offset) << 32 | get32(offset + 4);
    }

    /** The type behind so many tags. */
    int type(int tags) {
        return get16(TYPE + TAG * tags);
    }

    /** Where what follows so many tags begins. */
    static int payload(int tags) {
        return HEADER + TAG * tags;
    }
}
