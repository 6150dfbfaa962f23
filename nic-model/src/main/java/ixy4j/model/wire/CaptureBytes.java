package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.memory.RawMemory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a capture file from its start to its end, unpacked where gzip packed them, through a window in our own
 * memory: what becomes of the file meanwhile cannot hurt. Whatever cannot be read is the end, and {@link #trouble()}.
 */
final class CaptureBytes implements AutoCloseable {
    /** The longest stretch of bytes that can be looked at, more than any frame. */
    static final int WINDOW = 1 << 19;

    private static final int PACKED = 1 << 16; // bytes taken from the unpacker at once
    private static final int GZIP = 0x8b1f; // RFC 1952, 2.3.1, little-endian

    private final LockedFile file;
    private final long memory;
    private final ByteBuffer window;
    private final byte[] chunk; // null if the file is not packed
    private InputStream unpacker;
    private int start; // of what has not been passed, in the window
    private int end; // of what is there
    private long fetched; // bytes ever put into the window
    private String trouble; // null while there is none
    private boolean opening = true; // which an interrupt of the thread ends
    private boolean closed;

    /** Opens a file; see {@link LockedFile#toRead}. */
    CaptureBytes(Path path) {
        file = LockedFile.toRead(path);
        try {
            if (!file.isRegular()) {
                throw error(
                        file.isPipe()
                                ? "is a pipe, and a capture is read twice, to count its frames first: write it to a file"
                                : "is not a regular file");
            }
            memory = OwnMemory.map(WINDOW);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, file::close);
            throw e;
        }
        window = RawMemory.segment(memory, WINDOW).asByteBuffer();
        final boolean packed = file.read(memory, 2, 0) == 2 && (RawMemory.getShort(memory) & 0xffff) == GZIP;
        chunk = packed ? new byte[PACKED] : null;
        rewind();
    }

    /** From now on an interrupt of the thread ends nothing. */
    void opened() {
        opening = false;
    }

    /** Begins again at the start. */
    void rewind() {
        start = 0;
        end = 0;
        fetched = 0;
        trouble = null;
        if (chunk != null) {
            try {
                unpacker = new GZIPInputStream(file.input(), PACKED);
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /**
     * How many bytes can be looked at, at least so many (at most {@link #WINDOW}) unless the end comes before.
     *
     * @throws IxyException if the thread is interrupted before {@link #opened}; it stays so
     */
    int available(int wanted) {
        while (end - start < wanted && trouble == null && fetch()) {
            // more
        }
        return end - start;
    }

    private boolean fetch() {
        if (opening && Thread.currentThread().isInterrupted()) {
            throw error("interrupted while it was read");
        }
        RawMemory.copy(memory + start, memory, end - start);
        end -= start;
        start = 0;
        final int count = unpacker == null ? read() : unpack();
        end += Math.max(count, 0);
        fetched += Math.max(count, 0);
        return count > 0;
    }

    private int read() {
        final int count = file.read(memory + end, WINDOW - end, fetched);
        if (count < 0) {
            trouble = "it cannot be read any further: " + FileTrouble.reason(-count);
        }
        return count;
    }

    private int unpack() {
        try {
            final int count = unpacker.read(chunk, 0, Math.min(chunk.length, WINDOW - end));
            window.position(end).put(chunk, 0, Math.max(count, 0));
            return count;
        } catch (IOException e) {
            fail(e);
            return 0;
        }
    }

    private void fail(IOException e) {
        trouble = switch (e) {
            case EOFException _ -> "the compressed data is cut short";
            case ZipException _ -> "the compressed data is damaged: " + e.getMessage();
            default -> "it cannot be read any further: " + e.getMessage();
        };
    }

    /** Passes bytes; at most all that there are. */
    void skip(long count) {
        long left = count;
        while (left > end - start) {
            left -= end - start;
            start = end;
            if (available(1) == 0) {
                return;
            }
        }
        start += (int) left;
    }

    /** Where the bytes are that can be looked at; until more are asked for. */
    long address() {
        return memory + start;
    }

    /** How many bytes of the capture, unpacked, are before them. */
    long offset() {
        return fetched - end + start;
    }

    /** Why the end was not the capture's own; null if it was. */
    String trouble() {
        return trouble;
    }

    /** What is wrong with the file, in a line. */
    IxyException error(String text) {
        return new IxyException(file + ": " + text);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.close();
            OwnMemory.unmap(memory, WINDOW);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
