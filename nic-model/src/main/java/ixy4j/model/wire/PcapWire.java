package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays a capture file to the port, and writes what the port sends to another. Flat out, a frame is there whenever it
 * is asked for; paced, when as much time has passed since {@link #start()} as between the first and it (one whose
 * time lies before its predecessor's comes with it).
 *
 * <p>A frame shorter than 60 bytes arrives filled with zeros to 60, since an Ethernet carries no shorter one: captures
 * have them because a sender's capture sees frames before its card fills them.
 */
public final class PcapWire implements Wire {
    private final CaptureReader in; // null: nothing arrives
    private final CaptureWriter out; // null: what is sent is counted only
    private final boolean paced;
    private final LongSupplier clock;
    private final Counter received = new Counter();
    private final Counter sent = new Counter();
    private final long wallClock; // what has to be added to System.nanoTime for nanoseconds since 1970
    private boolean started;
    private long offset; // what has to be added to a time in the file for one of the clock

    /**
     * Opens both files. The output has the input's precision, or nanoseconds where there is none. What is in it stays
     * there until the wire is used; see {@link CaptureWriter}.
     *
     * @param in what arrives at the port; null: nothing
     * @param out where to write what the port sends; null: nowhere
     * @throws IxyException if one of them cannot be opened, one is in use by another card in a way that
     *     would destroy a capture, or the input is none
     */
    public PcapWire(Path in, Path out, boolean paced) {
        this(in, out, paced, System::nanoTime);
    }

    PcapWire(Path in, Path out, boolean paced, LongSupplier clock) {
        if (in != null && out != null && same(in, out)) {
            throw new IllegalArgumentException(out + " is also the capture to play: write to another file");
        }
        this.in = in == null ? null : new CaptureReader(in);
        try {
            this.out = out == null ? null : new CaptureWriter(out, this.in == null || this.in.nanoseconds());
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::closeInput);
            throw e;
        }
        this.paced = paced;
        this.clock = clock;
        this.wallClock = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
    }

    private static boolean same(Path in, Path out) {
        try {
            return Files.exists(out) && Files.isSameFile(in, out);
        } catch (IOException e) {
            return false; // opening it says more
        }
    }

    @Override
    public void start() {
        if (out != null) {
            out.begin();
        }
        if (!started && in != null && in.hasNext()) {
            started = true;
            offset = clock.getAsLong() - in.time();
        }
    }

    @Override
    public int receive(long address, int room) {
        if (in == null || !in.hasNext() || (paced && !due())) {
            return 0;
        }
        received.add(1);
        return Frames.pad(address, in.read(address, room), room);
    }

    private boolean due() {
        return started && clock.getAsLong() - (in.time() + offset) >= 0;
    }

    @Override
    public boolean transmit(long address, int length) {
        if (out != null && !out.write(address, length, System.nanoTime() + wallClock)) {
            return false;
        }
        sent.add(1);
        return true;
    }

    @Override
    public void round() {
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public boolean waits() {
        return !paced;
    }

    @Override
    public int descriptor() {
        return exhausted() ? NEVER : ASK;
    }

    @Override
    public boolean exhausted() {
        return in == null || !in.hasNext();
    }

    /** How many frames arrived at the port so far; for any thread. */
    public long received() {
        return received.get();
    }

    /** How many frames the port has sent; for any thread. */
    public long sent() {
        return sent.get();
    }

    /** How many records of the capture are not played, since they have no frame that could be. */
    public long passedOver() {
        return in == null ? 0 : in.passedOver();
    }

    /** How many frames of the capture could not be played, since they were gone when it was their turn; for any thread. */
    public long missing() {
        return in == null ? 0 : in.missing();
    }

    /** How many frames that the port has sent could not be written; for any thread. */
    public long discarded() {
        return out == null ? 0 : out.discarded();
    }

    @Override
    public String remark() {
        return in == null ? "" : in.remark();
    }

    /** Records of the capture that are not played, whatever they are, and frames that could not be written. */
    @Override
    public long undelivered() {
        return passedOver() + missing() + discarded();
    }

    /**
     * Writes what is left.
     *
     * @throws IxyException if not all could be played that was there at the start, or not all that the
     *     port sent could be written
     */
    @Override
    public void close() {
        try {
            Cleanup.run(this::closeOutput, this::closeInput);
        } catch (IxyException e) { // a user sees its message only, and each file has one
            throw new IxyException(
                    Stream.concat(Stream.of(e), Arrays.stream(e.getSuppressed()))
                            .map(Throwable::getMessage)
                            .collect(Collectors.joining("; ")),
                    e);
        }
    }

    private void closeOutput() {
        if (out != null) {
            out.close();
        }
    }

    private void closeInput() {
        if (in != null) {
            in.close();
        }
    }

    @Override
    public String toString() {
        return "pcap: in " + (in == null ? "nothing" : in) + ", " + received + " played; out "
                + (out == null ? "nowhere" : out) + ", " + sent + " sent";
    }
}
