package ixy4j.apps.traffic;

import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * What comes back of numbered frames: how long each was on its way, what is lost, comes twice or in another order. The time
 * of a frame is kept here, by its number, since the moment before it was handed to the card. Used by the thread that sends.
 */
public final class Returns {
    /** How many frames may be on their way; one that is overtaken by so many is lost. */
    public static final int WINDOW = 1 << 20;

    private static final long LONGEST = 100_000_000_000L; // ns
    private static final int DIGITS = 3;

    private final RxQueue queue;
    private final PacketBatch batch;
    private final LongSupplier clock;
    private final MemorySegment frame = Arena.ofAuto().allocate(PacketPool.ROOM, Long.BYTES);
    private final long[] since = new long[WINDOW]; // when a frame was sent; 0 when it is back
    private final Histogram latencies = new Histogram(LONGEST, DIGITS);
    private final long start;
    private long least = LONGEST;
    private long most;
    private long first; // number
    private long sent; // the next number to be sent
    private long next; // the lowest number that is not behind one that came
    private long back;
    private long reordered;
    private long duplicates;
    private long late;
    private long foreign;

    /**
     * Makes one.
     *
     * @param batch of the queue's pool, empty
     * @param clock says nanoseconds
     */
    public Returns(RxQueue queue, PacketBatch batch, LongSupplier clock) {
        this.queue = queue;
        this.batch = batch;
        this.clock = clock;
        this.start = clock.getAsLong() - 1; // so that no time is 0
    }

    /** Where the numbers of a run may begin, so that frames of another are not taken for its own. */
    public static long anyNumber() {
        return ThreadLocalRandom.current().nextLong(1L << 62);
    }

    /** Begins anew, with this number; what comes of those before is foreign. */
    public void begin(long number) {
        Arrays.fill(since, 0);
        latencies.reset();
        least = LONGEST;
        most = 0;
        first = number;
        sent = number;
        next = number;
        back = 0;
        reordered = 0;
        duplicates = 0;
        late = 0;
        foreign = 0;
    }

    /** The time, for {@link #sent}. */
    public long now() {
        return clock.getAsLong() - start;
    }

    /** The card was given the next so many frames, just after that time. */
    public void sent(int frames, long time) {
        for (int i = 0; i < frames; i++) {
            since[(int) (sent++ % WINDOW)] = time;
        }
    }

    /** Takes what has come; how many frames that were. */
    public int receive() {
        int came = queue.receive(batch);
        long now = now();
        for (int i = 0; i < batch.size(); i++) {
            int length = batch.length(i);
            batch.read(i, 0, frame, 0, length);
            if (Frames.hasPayload(frame.address(), length)) {
                came(Frames.sequence(frame.address()), now);
            } else {
                foreign++;
            }
        }
        batch.free();
        return came;
    }

    void came(long sequence, long now) {
        if (sequence < first || sequence >= sent) {
            foreign++; // of another generator, or of before
        } else if (sequence < sent - WINDOW) {
            late++;
        } else {
            count(sequence, now);
        }
    }

    private void count(long sequence, long now) {
        int slot = (int) (sequence % WINDOW);
        if (since[slot] == 0) {
            duplicates++;
            return;
        }
        long nanos = Math.min(now - since[slot], LONGEST);
        latencies.recordValue(nanos);
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
        since[slot] = 0;
        back++;
        if (sequence < next) {
            reordered++; // RFC 4737, 3.3
        } else {
            next = sequence + 1;
        }
    }

    /** Frames that were sent and are not back. */
    public long lost() {
        return sent - first - back;
    }

    /** Frames that came behind one that was sent after them. */
    public long reordered() {
        return reordered;
    }

    /** Frames that came once more. */
    public long duplicates() {
        return duplicates;
    }

    /** Frames that came when they were given up, which is why they are among those lost. */
    public long late() {
        return late;
    }

    /** Frames that are not ours, or have been changed behind their headers. */
    public long foreign() {
        return foreign;
    }

    /** How long frames were on their way; those above 100 s count as 100 s. To be asked when nothing comes any more. */
    public Latency latency() {
        return latencies.getTotalCount() == 0 ? Latency.NONE : Latency.of(latencies, least, most);
    }
}
