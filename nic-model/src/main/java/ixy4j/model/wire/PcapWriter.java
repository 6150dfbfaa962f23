package ixy4j.model.wire;

import ixy4j.linux.IxyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes frames to a capture file in the classic pcap format, little-endian; {@link PcapReader} has its layout. Frames
 * are collected and written 1 MiB at a time, the last ones on close. An error while it writes does not disturb the
 * traffic: frames are discarded from then on, and close reports it.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 20;
    private static final int SNAPLEN = 262_144; // as tcpdump: nothing is cut

    private final Path path;
    private final FileChannel channel;
    private final boolean nanoseconds;
    private final long address; // of the buffer
    private final ByteBuffer buffer;
    private int used; // bytes in the buffer
    private IOException failure; // the first, null while there is none
    private boolean closed;
    private final Counter frames = new Counter();
    private final Counter discarded = new Counter();

    /** Creates a file, or empties the one that is there. */
    public PcapWriter(Path path, boolean nanoseconds) {
        this.path = path;
        this.nanoseconds = nanoseconds;
        try {
            this.channel = FileChannel.open(
                    path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new IxyException(path + ": cannot be written: " + FileTrouble.reason(e));
        }
        address = NativeMemory.map(BUFFER);
        buffer = NativeMemory.segment(address, BUFFER).asByteBuffer();
        NativeMemory.setInt(address, nanoseconds ? PcapReader.NANOSECONDS : PcapReader.MICROSECONDS);
        NativeMemory.setInt(address + 4, PcapReader.VERSION);
        NativeMemory.setInt(address + 16, SNAPLEN);
        NativeMemory.setInt(address + 20, PcapReader.ETHERNET);
        used = PcapReader.HEADER;
    }

    /**
     * Writes a frame.
     *
     * @param from absolute address
     * @param length 1 to 65535 bytes
     * @param time nanoseconds since 1970, up to 2106
     */
    public void write(long from, int length, long time) {
        if (length < 1 || length > PcapReader.MAX_LENGTH || closed) {
            throw new IllegalArgumentException(
                    this + " cannot take a frame of " + length + " bytes: 1 to " + PcapReader.MAX_LENGTH);
        }
        if (PcapReader.RECORD + length > BUFFER - used) {
            flush();
        }
        if (failure != null) {
            discarded.add(1);
            return;
        }
        final long record = address + used;
        NativeMemory.setInt(record, (int) (time / 1_000_000_000));
        NativeMemory.setInt(record + 4, (int) (time % 1_000_000_000) / (nanoseconds ? 1 : 1_000));
        NativeMemory.setInt(record + 8, length);
        NativeMemory.setInt(record + 12, length);
        NativeMemory.copy(from, record + PcapReader.RECORD, length);
        used += PcapReader.RECORD + length;
        frames.add(1);
    }

    private void flush() {
        try {
            buffer.position(0).limit(used);
            while (failure == null && buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            failure = e;
        }
        used = 0;
    }

    /** How many frames were taken; for any thread. */
    public long frames() {
        return frames.get();
    }

    /** How many frames were not taken, since the file cannot be written any more; for any thread. */
    public long discarded() {
        return discarded.get();
    }

    /**
     * Writes what is left.
     *
     * @throws IxyException where anything could not be written since it was opened
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        flush();
        NativeMemory.unmap(address, BUFFER);
        try {
            channel.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            throw new IxyException(
                    path + ": could not be written, the capture is incomplete: " + FileTrouble.reason(failure));
        }
    }

    @Override
    public String toString() {
        return path + ", " + frames + " frames" + (discarded.get() > 0 ? ", " + discarded + " discarded" : "")
                + (closed ? ", closed" : "");
    }
}
