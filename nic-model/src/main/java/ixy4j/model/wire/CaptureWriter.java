package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.memory.RawMemory;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes frames to a capture file, little-endian: as pcapng if its name ends in {@code .pcapng}, in the classic pcap format
 * otherwise; {@link CaptureLayout} has both. What is in
 * a file that exists stays there until {@link #begin()}, which a run that fails at its start does not reach; then the
 * file is ours alone, and is written in place, so that it can be watched, and be a pipe. Frames are collected and written
 * 1 MiB at a time, and by {@link #flush()} at the latest a quarter of a second after they came: what ends the process
 * leaves a file that can be read.
 *
 * <p>An error while it writes does not disturb the traffic: frames are discarded from then on, the file ends with a whole
 * one, and close reports it. A pipe that is full is no error, but takes nothing until it is read.
 */
public final class CaptureWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 20;
    private static final long DELAY = 250_000_000; // ns that a frame may wait for others
    private static final long PATIENCE = 1_000_000_000; // ns for the reader of a pipe to take the last

    private final LockedFile file;
    private final CaptureLayout layout;
    private final long address; // of the buffer
    private boolean begun;
    private int used; // bytes in the buffer
    private int written; // of them, to a pipe that took no more: a part of the first record, or of the header
    private int held; // frames in the buffer
    private long size; // of the file up to what is in the buffer
    private long since; // by nanoTime, when the first bytes came into the buffer
    private int failure; // the first errno, 0 while there is none
    private boolean closed;
    private final Counter frames = new Counter();
    private final Counter discarded = new Counter();

    /**
     * Opens a file, or creates one; see {@link LockedFile#toWrite}.
     *
     * @param nanoseconds whether times have them, and not microseconds; those of pcapng always do
     * @throws IxyException if it may not be written, or is in use by another card, of this process or another
     */
    public CaptureWriter(Path path, boolean nanoseconds) {
        this.file = LockedFile.toWrite(path);
        this.layout = path.toString().endsWith(".pcapng") ? new PcapngLayout() : new PcapLayout(nanoseconds);
        try {
            this.address = OwnMemory.map(BUFFER);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, file::close);
            throw e;
        }
    }

    /** Empties the file and writes the header, the first time; now there is something to be captured. */
    public void begin() {
        if (begun) {
            return;
        }
        begun = true;
        file.truncate(0);
        used = layout.begin(address);
        writeOut();
    }

    /**
     * Writes a frame.
     *
     * @param from absolute address
     * @param length 1 to 65535 bytes
     * @param time nanoseconds since 1970, up to 2106
     * @return false if it has to be offered again: a pipe that is full
     */
    public boolean write(long from, int length, long time) {
        if (length < 1 || length > CaptureReader.MAX_LENGTH || closed) {
            throw new IllegalArgumentException(
                    this + " cannot take a frame of " + length + " bytes: 1 to " + CaptureReader.MAX_LENGTH);
        }
        begin();
        final int size = layout.size(length);
        if (size > BUFFER - used) {
            writeOut();
        }
        if (failure != 0) {
            discarded.add(1);
            return true;
        }
        if (size > BUFFER - used) {
            return false;
        }
        if (used == 0) {
            since = System.nanoTime();
        }
        final long record = address + used;
        RawMemory.copy(from, record + layout.frame(), length);
        layout.write(record, length, time);
        used += size;
        held++;
        return true;
    }

    /** How many bytes the file has, with those that are still to be written. */
    public long bytes() {
        return size + used;
    }

    /** How many bytes more it has with a frame of this length. */
    public int bytes(int length) {
        return layout.size(length);
    }

    /** Writes what has waited for too long; to be called often, also when no frame comes. */
    public void flush() {
        if (used > 0 && System.nanoTime() - since > DELAY) {
            writeOut();
        }
    }

    /** Writes the buffer, or what a pipe takes of it; an error ends all writing. */
    private void writeOut() {
        if (used == 0) {
            return;
        }
        while (failure == 0 && written < used) {
            final int count = file.write(address + written, used - written);
            if (count == -Errno.EAGAIN) {
                since = System.nanoTime(); // or each round would try again
                break;
            }
            written += Math.max(count, 0);
            failure = Math.max(-count, 0);
        }
        keepRest();
        if (failure != 0) {
            discard();
        }
    }

    /** Takes whole frames that were written, and the file's header, out of the buffer. A part of one stays. */
    private void keepRest() {
        final boolean all = written == used; // as nearly always: then no record has to be looked at
        int whole = all ? held : 0;
        int end = all ? used : size == 0 ? layout.header() : 0;
        while (end < written) {
            final int next = end + layout.sizeOf(address + end);
            if (next > written) {
                break;
            }
            end = next;
            whole++;
        }
        if (end == 0 || end > written) {
            return;
        }
        frames.add(whole);
        held -= whole;
        size += end;
        used -= end;
        written -= end;
        RawMemory.copy(address + end, address, used);
    }

    /** After an error: the frames in the buffer are not in the file, and a part of one does not stay there. */
    private void discard() {
        discarded.add(held);
        held = 0;
        used = 0;
        written = 0;
        file.truncate(size);
    }

    /** How many frames are in the file; for any thread. */
    public long frames() {
        return frames.get();
    }

    /** How many frames are not in the file, since it could not be written any more; for any thread. */
    public long discarded() {
        return discarded.get();
    }

    /**
     * Writes what is left. A file that was not there, or empty, and has not begun, becomes a capture without frames; one
     * with something in it stays as it was. May be called twice.
     *
     * @throws IxyException if anything could not be written since it was opened
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Cleanup.run(this::finish, file::close, () -> OwnMemory.unmap(address, BUFFER), this::report);
        }
    }

    private void finish() {
        if (!begun && file.size() == 0) {
            begin();
        }
        writeOut();
        for (long end = System.nanoTime() + PATIENCE; used > 0 && System.nanoTime() - end < 0; writeOut()) {
            LockSupport.parkNanos(1_000_000);
        }
        if (used > 0) {
            failure = Errno.EAGAIN;
            writeOut();
        }
    }

    private void report() {
        if (failure != 0) {
            throw new IxyException(file + ": could not be written, the capture is incomplete, " + discarded
                    + " frames are missing: " + FileTrouble.reason(failure));
        }
    }

    @Override
    public String toString() {
        return file + ", " + frames + " frames" + (discarded.get() > 0 ? ", " + discarded + " discarded" : "")
                + (closed ? ", closed" : "");
    }
}
