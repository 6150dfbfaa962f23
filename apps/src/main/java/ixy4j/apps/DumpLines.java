package ixy4j.apps;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.watch.frame.Expression;
import ixy4j.watch.frame.Frame;
import ixy4j.watch.frame.Line;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Shows frames: a thread of its own writes the lines, from copies, so that a slow terminal holds up no packet. */
final class DumpLines extends Dump {
    private static final int SLOTS = 2048; // a power of two
    private static final long PAUSE = 1_000_000; // ns

    private final boolean verbose;
    private final boolean hex;
    private final boolean json;
    private final byte[][] frames = new byte[SLOTS][PacketPool.ROOM];
    private final int[] lengths = new int[SLOTS];
    private final long[] times = new long[SLOTS];
    private final AtomicLong put = new AtomicLong(); // by the packet thread
    private final AtomicLong shown = new AtomicLong(); // by the printer
    private long unshown;
    private volatile boolean ended;
    private final Thread printer = Thread.ofPlatform().name("lines").daemon().unstarted(this::print);

    DumpLines(Expression.Choice choice, long most, boolean verbose, boolean hex, boolean json) {
        super(choice, most);
        this.verbose = verbose;
        this.hex = hex;
        this.json = json;
        printer.start();
    }

    @Override
    void addCounts(Reporter reporter) {
        super.addCounts(reporter);
        reporter.addLoss("not_shown", () -> unshown);
    }

    @Override
    boolean take(PacketBatch batch, int packet, long nanos) {
        long at = put.getPlain();
        if (at - shown.getAcquire() == SLOTS) {
            unshown++;
            return false;
        }
        int slot = (int) at & (SLOTS - 1);
        lengths[slot] = batch.length(packet);
        times[slot] = nanos;
        batch.read(packet, 0, frames[slot], 0, lengths[slot]);
        put.setRelease(at + 1); // the printer sees the copy before the count
        return true;
    }

    private void print() {
        Frame frame = new Frame(PacketPool.ROOM);
        long at = 0;
        while (true) {
            boolean isLast = ended; // before the look: nothing comes after it
            if (put.getAcquire() == at) {
                if (isLast) {
                    return;
                }
                LockSupport.parkNanos(PAUSE);
                continue;
            }
            int slot = (int) at & (SLOTS - 1);
            System.arraycopy(frames[slot], 0, frame.bytes(), 0, lengths[slot]);
            frame.set(lengths[slot]);
            long time = times[slot];
            shown.setRelease(++at); // the copy was read before another is written there
            Output.OUT.follow(json ? object(frame, time) : text(frame, time));
        }
    }

    private String text(Frame frame, long time) {
        String line = Line.of(frame, time, verbose);
        return hex ? line + '\n' + Line.hex(frame, frame.length()) : line;
    }

    private String object(Frame frame, long time) {
        return JsonReporter.line(fields -> {
            fields.writeNumberField("time_ns", time);
            fields.writeNumberField("length", frame.length());
            fields.writeStringField("line", Line.of(frame, verbose));
            if (hex) {
                fields.writeStringField("bytes", HexFormat.of().formatHex(frame.bytes(), 0, frame.length()));
            }
        });
    }

    @Override
    public void close() {
        ended = true;
        try {
            printer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // what is left is not shown
        }
    }
}
