package ixy4j.model.wire;

import ixy4j.linux.IxyException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The frames of a capture file in the classic pcap format, with microseconds or nanoseconds, in either byte order, of
 * Ethernet. The file is mapped, and read through once when it is opened, so that whatever is wrong with it is said
 * then, with file, offset and value, and nothing fails later. Frames that the capture cut short are passed over: they
 * cannot be played.
 *
 * <pre>
 *  0  magic: a1b2c3d4 with microseconds, a1b23c4d with nanoseconds    record:  0  seconds
 *  4  version: 2, 4 (2 bytes each)                                             4  micro- or nanoseconds
 *  8  time zone, accuracy: not used                                            8  bytes captured
 * 16  longest record: not used, many writers get it wrong                     12  bytes that the frame had
 * 20  link type: 1                                                            16  the bytes captured
 * </pre>
 */
public final class PcapReader {
    static final int MICROSECONDS = 0xa1b2_c3d4;
    static final int NANOSECONDS = 0xa1b2_3c4d;
    static final int HEADER = 24;
    static final int RECORD = 16;
    static final int VERSION = 4 << 16 | 2; // 2.4, as 4 bytes in the file's order
    static final int ETHERNET = 1;

    /** The longest frame in bytes. */
    static final int MAX_LENGTH = 65_535;

    private static final int PCAPNG = 0x0a0d_0d0a; // the same in either byte order
    private static final int MIN_LENGTH = 14; // an Ethernet header

    private final Path path;
    private final MemorySegment file; // unmapped by the garbage collector: it holds no descriptor
    private final long address;
    private final long size;
    private final boolean swapped;
    private final boolean nanoseconds;
    private long frames;
    private long cutFrames;
    private long next = HEADER; // offset of a record that is not cut, or the file's size

    /** Opens a file and checks all of it. */
    public PcapReader(Path path) {
        this.path = path;
        this.file = map(path);
        this.address = file.address();
        this.size = file.byteSize();
        if (size < HEADER) {
            throw error("is " + size + " bytes long, but the header of a pcap file has " + HEADER);
        }
        final int magic = NativeMemory.getInt(address);
        this.swapped = magic == Integer.reverseBytes(MICROSECONDS) || magic == Integer.reverseBytes(NANOSECONDS);
        this.nanoseconds = number(0) == NANOSECONDS;
        checkHeader();
        for (long at = HEADER; at < size; at += RECORD + number(at + 8)) {
            checkRecord(at);
        }
        skipCutFrames();
    }

    private static MemorySegment map(Path path) {
        if (!Files.exists(path)) {
            throw new IxyException(path + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new IxyException(path + ": is not a regular file");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } catch (IOException e) {
            throw new IxyException(path + ": cannot be read: " + FileTrouble.reason(e));
        }
    }

    private void checkHeader() {
        final int magic = number(0);
        if (magic == PCAPNG) {
            throw error("is a pcapng file; convert it with: editcap -F nsecpcap IN OUT");
        }
        if (magic != MICROSECONDS && magic != NANOSECONDS) {
            throw error("is no pcap file: offset 0 has " + hex(magic) + ", not " + hex(MICROSECONDS) + " or "
                    + hex(NANOSECONDS));
        }
        final int version = swapped ? Integer.rotateLeft(number(4), 16) : number(4);
        if (version != VERSION) {
            throw error("offset 4 has version " + (version & 0xffff) + '.' + (version >>> 16) + ", not 2.4");
        }
        if (number(20) != ETHERNET) {
            throw error("offset 20 has link type " + Integer.toUnsignedString(number(20)) + ", not 1, Ethernet");
        }
    }

    private void checkRecord(long at) {
        if (size - at < RECORD) {
            throw error(record(at) + "is truncated: " + (size - at) + " bytes are left, but its header has " + RECORD);
        }
        final long fraction = unsigned(at + 4);
        final long captured = unsigned(at + 8);
        final long length = unsigned(at + 12);
        if (fraction >= (nanoseconds ? 1_000_000_000 : 1_000_000)) {
            throw error(record(at) + "has " + fraction + (nanoseconds ? " nanoseconds" : " microseconds")
                    + ", more than a second");
        }
        if (captured > MAX_LENGTH) {
            throw error(record(at) + "has " + captured + " bytes, more than " + MAX_LENGTH);
        }
        if (captured > length) {
            throw error(record(at) + "has " + captured + " bytes captured of a frame of " + length);
        }
        if (length < MIN_LENGTH) {
            throw error(record(at) + "has a frame of " + length + " bytes: an Ethernet header has " + MIN_LENGTH);
        }
        if (size - at - RECORD < captured) {
            throw error(record(at) + "is truncated: " + (size - at - RECORD) + " of " + captured + " bytes are there");
        }
        if (captured < length) {
            cutFrames++;
        } else {
            frames++;
        }
    }

    private String record(long at) {
        return "record " + (frames + cutFrames + 1) + " at offset " + at + ' ';
    }

    /** Whether there is a frame to read. */
    public boolean hasNext() {
        return next < size;
    }

    /** When the next frame was captured, in nanoseconds since 1970. */
    public long time() {
        return unsigned(next) * 1_000_000_000 + unsigned(next + 4) * (nanoseconds ? 1 : 1_000);
    }

    /**
     * Reads the next frame; there must be one.
     *
     * @param to absolute address
     * @param room bytes there; a longer frame is cut to it
     * @return the frame's length in bytes, at most {@code room}
     */
    public int read(long to, int room) {
        final int length = number(next + 8);
        final int taken = Math.min(length, room);
        try {
            NativeMemory.copy(address + next + RECORD, to, taken);
        } finally {
            Reference.reachabilityFence(this); // or the file may be unmapped under us
        }
        next += RECORD + length;
        skipCutFrames();
        return taken;
    }

    private void skipCutFrames() {
        while (next < size && number(next + 8) != number(next + 12)) {
            next += RECORD + number(next + 8);
        }
    }

    /** How many frames there are to play in all. */
    public long frames() {
        return frames;
    }

    /** How many frames were passed over, since the capture has only their beginnings. */
    public long cutFrames() {
        return cutFrames;
    }

    /** Whether the file's times are in nanoseconds rather than microseconds. */
    public boolean nanoseconds() {
        return nanoseconds;
    }

    private long unsigned(long offset) {
        return Integer.toUnsignedLong(number(offset));
    }

    private int number(long offset) {
        try {
            int value = NativeMemory.getInt(address + offset);
            return swapped ? Integer.reverseBytes(value) : value;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private IxyException error(String text) {
        return new IxyException(path + ": " + text);
    }

    private static String hex(int value) {
        return String.format("%08x", value);
    }

    @Override
    public String toString() {
        return path + ", " + frames + " frames" + (cutFrames > 0 ? " and " + cutFrames + " cut short" : "");
    }
}
