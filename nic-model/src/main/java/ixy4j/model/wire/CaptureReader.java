package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.memory.RawMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of a capture file: pcap or pcapng, packed by gzip or not. It is read once when it is opened, to count what it
 * has, and again each time that it is played. What a card cannot be given is passed over and counted; an FCS is left away. A
 * file that is still being written has what it had when it was opened. One that shrinks, or cannot be read any more while
 * it is played, ends there, and what is missing is counted.
 *
 * <p>Where a record claims that more was captured than the frame had, it is what was captured that counts, as for other
 * programs. A record's fraction of a second may be more than one.
 */
public final class CaptureReader implements AutoCloseable {
    /** The longest frame in bytes. */
    static final int MAX_LENGTH = 65_535;

    private static final int MIN_LENGTH = 14; // an Ethernet header

    /** Why a record cannot be played. */
    private enum Odd {
        CUT_SHORT("cut short"),
        EMPTY("of 0 bytes"),
        TOO_SHORT("below " + MIN_LENGTH + " bytes"),
        TOO_LONG("above " + MAX_LENGTH + " bytes"),
        FOREIGN("not of Ethernet"),
        TRUNCATED("truncated by the end of the file");

        private final String text;

        Odd(String text) {
            this.text = text;
        }
    }

    private final CaptureBytes bytes;
    private final boolean nanoseconds;
    private final long frames;
    private final int shortest; // bytes, of these
    private final int longest;
    private final Map<Odd, Counter> passedOver = new EnumMap<>(Odd.class);
    private final String ending; // why there may be more that could not be found, or null
    private final Counter missing = new Counter();
    private CaptureFormat format;
    private boolean playing; // all is counted
    private long left; // frames to find yet
    private boolean hasNext;
    private int length; // of the next frame
    private boolean closed;

    /**
     * Opens a file and looks at all of it.
     *
     * @throws IxyException if it is no capture, is being written by another ixy, or has something in it but nothing
     *     that could be played; and if this thread is interrupted meanwhile, which it stays
     */
    public CaptureReader(Path path) {
        bytes = new CaptureBytes(path);
        try {
            format = CaptureFormat.of(bytes);
            long count = 0;
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (; advance(); count++) {
                least = Math.min(least, length);
                most = Math.max(most, length);
            }
            nanoseconds = format.nanoseconds();
            frames = count;
            shortest = least;
            longest = most;
            ending = format.trouble();
            checkUse();
            playing = true;
            rewind();
            bytes.opened();
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, bytes::close);
            throw e;
        }
    }

    private void checkUse() {
        if (frames == 0 && ending != null) {
            throw bytes.error("has nothing to play: " + ending);
        }
        if (frames == 0 && passedOver.containsKey(Odd.FOREIGN)) {
            throw bytes.error("has no Ethernet, link type 1, but " + LinkTypes.show(format.linkType));
        }
    }

    private void count(Odd odd) {
        if (!playing) {
            passedOver.computeIfAbsent(odd, _ -> new Counter()).add(1);
        }
    }

    /** Goes on to the next frame that can be played; counts the records before it that cannot. */
    private boolean advance() {
        while (format.next()) {
            final Odd odd = judge();
            if (odd == null) {
                return true;
            }
            count(odd);
        }
        if (format.isTruncated()) {
            count(Odd.TRUNCATED);
        }
        return false;
    }

    /** What is odd about the record, so that it cannot be played; null: nothing, and it has this length. */
    private Odd judge() {
        if (format.linkType != CaptureFormat.ETHERNET) {
            return Odd.FOREIGN;
        }
        if (format.captured == 0 && format.original == 0) {
            return Odd.EMPTY;
        }
        final long whole = Math.max(format.captured, format.original) - format.fcs;
        if (format.captured < whole) {
            return Odd.CUT_SHORT;
        }
        if (whole < MIN_LENGTH) {
            return Odd.TOO_SHORT;
        }
        length = (int) Math.min(whole, Integer.MAX_VALUE);
        return whole > MAX_LENGTH ? Odd.TOO_LONG : null;
    }

    /** Looks for the next frame to play. One that was there when the file was opened, and is no more, is missing. */
    private void find() {
        hasNext = left > 0 && advance();
        if (hasNext) {
            left--;
        } else {
            missing.add(left);
            left = 0;
        }
    }

    /**
     * Goes back to the first frame.
     *
     * @throws IxyException if the file is no capture any more
     */
    public void rewind() {
        bytes.rewind();
        format = CaptureFormat.of(bytes);
        left = frames;
        find();
    }

    /** Whether there is a frame to read. */
    public boolean hasNext() {
        return hasNext;
    }

    /** When the next frame was captured, in nanoseconds since 1970, as far as the file says so. */
    public long time() {
        return format.time;
    }

    /** How long the next frame is, in bytes. */
    public int length() {
        return length;
    }

    /** Passes over the next frame; there must be one. */
    public void skip() {
        find();
    }

    /**
     * Reads the next frame; there must be one.
     *
     * @param to absolute address
     * @param room bytes there; a longer frame is cut to it
     * @return the frame's length in bytes, at most {@code room}
     */
    public int read(long to, int room) {
        final int taken = Math.min(length, room);
        RawMemory.copy(bytes.address() + format.frameOffset, to, taken);
        find();
        return taken;
    }

    /** How many frames there were to play in all, when it was opened. */
    public long frames() {
        return frames;
    }

    /** How long the shortest of these was, in bytes; {@link Integer#MAX_VALUE} if there were none. */
    public int shortest() {
        return shortest;
    }

    /** How long the longest was, in bytes; 0 if there were none. */
    public int longest() {
        return longest;
    }

    /** How many records are passed over, since they have no frame that could be played. */
    public long passedOver() {
        return passedOver.values().stream().mapToLong(Counter::get).sum();
    }

    /** How many of the frames could not be played, since they were gone when it was their turn; for any thread. */
    public long missing() {
        return missing.get();
    }

    /** Whether the file's times are, or may be, finer than microseconds. */
    public boolean nanoseconds() {
        return nanoseconds;
    }

    /** What is passed over and why, in a line; empty if all of the capture is played. */
    public String remark() {
        if (passedOver.isEmpty() && ending == null) {
            return "";
        }
        final List<String> counts = new ArrayList<>();
        passedOver.forEach((odd, count) -> counts.add(count + " " + odd.text));
        return bytes + ": plays " + frames + " frames" + (counts.isEmpty() ? "" : "; passed over: ")
                + String.join(", ", counts) + (ending == null ? "" : "; nothing can be found behind them: " + ending);
    }

    /**
     * Lets go of the file. May be called twice.
     *
     * @throws IxyException if frames are missing
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        hasNext = false;
        bytes.close();
        if (missing.get() > 0) {
            throw bytes.error(missing + " of " + frames + " frames could not be played: "
                    + (format.trouble() == null ? "the file was cut or changed meanwhile" : format.trouble()));
        }
    }

    @Override
    public String toString() {
        final long others = passedOver();
        return bytes + ", " + frames + " frames" + (others > 0 ? " and " + others + " passed over" : "");
    }
}
