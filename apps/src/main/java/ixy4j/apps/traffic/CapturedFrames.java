package ixy4j.apps.traffic;

import ixy4j.IxyException;
import ixy4j.model.wire.CaptureReader;
import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The frames of a capture, once or several times. At a pace of its own, a frame is due when as much time has passed since the
 * first one as in the capture, divided by a factor; one whose time lies before its predecessor's is due with it. A frame
 * shorter than an Ethernet carries is filled with zeros; one longer than a buffer is passed over and counted. Nothing is
 * allocated for a frame, but a little each time that the capture begins again.
 */
public final class CapturedFrames implements FrameSource {
    /** The factor for frames that are always due. */
    public static final double FLAT_OUT = Double.POSITIVE_INFINITY;

    /** How often a capture is played that is played until nobody wants it any more. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private final CaptureReader reader;
    private final MemorySegment frame = Arena.ofAuto().allocate(PacketPool.ROOM, Long.BYTES);
    private final double speed;
    private final LongSupplier clock;
    private final String tooLongAhead; // in a line
    private long turns; // to come, without this one
    private boolean begun; // this turn
    private long start; // when its first frame was sent
    private long first; // when that was captured
    private long due; // by the clock, that of the frame that is waited for; may be of before
    private long tooLong;

    /**
     * Opens a capture, pcap or pcapng, packed by gzip or not.
     *
     * @param speed how much faster than in the capture, above 0, or {@link #FLAT_OUT}
     * @param turns how often it is played, at least 1, or {@link #FOR_EVER}
     * @param clock says nanoseconds
     * @throws IxyException if it is no capture, or has no frame to send
     */
    public CapturedFrames(Path capture, double speed, long turns, LongSupplier clock) {
        this.reader = new CaptureReader(capture);
        this.speed = speed;
        this.turns = turns - 1;
        this.clock = clock;
        if (reader.shortest() > PacketPool.ROOM) { // or it would be played over and over for nothing
            String why = reader.remark();
            reader.close();
            throw new IxyException(capture + " has no frame to send"
                    + (reader.frames() == 0 ? "" : " that fits a buffer of " + PacketPool.ROOM + " bytes")
                    + (why.isEmpty() ? "" : ": " + why));
        }
        tooLongAhead = reader.longest() <= PacketPool.ROOM
                ? ""
                : capture + " has frames of up to " + reader.longest() + " bytes: those above " + PacketPool.ROOM
                        + ", longer than a buffer, are passed over";
    }

    @Override
    public boolean add(PacketBatch batch) {
        while (hasNext() && isDue()) {
            int length = reader.length();
            if (length > PacketPool.ROOM) {
                tooLong++;
                reader.skip();
                continue;
            }
            int size = Math.max(length, Frames.MIN_LENGTH);
            int packet = batch.add(size);
            if (packet < 0) {
                return false;
            }
            Frames.pad(frame.address(), reader.read(frame.address(), length), PacketPool.ROOM);
            batch.write(packet, 0, frame, 0, size);
            return true;
        }
        return false;
    }

    /** Whether there is a frame, of this turn or the next. */
    private boolean hasNext() {
        if (!reader.hasNext() && turns > 0 && reader.missing() == 0) {
            turns--;
            reader.rewind();
            begun = false;
        }
        return reader.hasNext();
    }

    private boolean isDue() {
        if (speed == FLAT_OUT) {
            return true;
        }
        long now = clock.getAsLong();
        if (!begun) {
            begun = true;
            start = now;
            first = reader.time();
        }
        double left = (reader.time() - first) / speed - (now - start);
        if (left > 0) {
            due = now + (long) Math.ceil(left);
        }
        return left <= 0;
    }

    /** How long it is until the frame is due that is waited for, in nanoseconds; 0 or less if none is. By any thread. */
    public long left() {
        return due - clock.getAsLong();
    }

    @Override
    public boolean isExhausted() {
        return !hasNext();
    }

    /** Frames that were longer than a buffer, each time that they were passed over. */
    public long tooLong() {
        return tooLong;
    }

    /** Records of the capture that are none that could be sent. */
    public long passedOver() {
        return reader.passedOver();
    }

    /** What will be passed over and why, a line each. */
    public List<String> remarks() {
        return Stream.of(reader.remark(), tooLongAhead)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** @throws IxyException if the file has changed meanwhile, so that frames were missing */
    @Override
    public void close() {
        reader.close();
    }
}
