package ixy4j.apps;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.RxQueue;
import ixy4j.watch.frame.Expression;
import ixy4j.watch.frame.Frame;
import java.time.Instant;

/** Receives, chooses, and hands what matches on; as it is, it only counts. */
class Dump implements PacketThread.Step, AutoCloseable {
    private final Expression.Choice choice;
    private final long most;
    private final long wallClock = wallClock();
    private final Frame head = new Frame(Frame.HEAD);
    private RxQueue queue;
    private PacketBatch batch;
    private long matched;
    private long others;
    private long kept;
    private long rest; // that came with the last

    /** One that ends when so many frames were kept. */
    Dump(Expression.Choice choice, long most) {
        this.choice = choice;
        this.most = most;
    }

    /** What is to be added to {@link System#nanoTime}, which never goes back, for nanoseconds since 1970. */
    private static long wallClock() {
        long before = System.nanoTime();
        Instant now = Instant.now();
        long between = before + (System.nanoTime() - before) / 2;
        return now.getEpochSecond() * 1_000_000_000 + now.getNano() - between;
    }

    final void receiveFrom(RxQueue queue, PacketBatch batch) {
        this.queue = queue;
        this.batch = batch;
    }

    /** Adds figures for the end. */
    void addCounts(Reporter reporter) {
        reporter.add("matched", () -> matched);
        reporter.add("not_matched", () -> others);
        reporter.addLoss("behind_the_last", () -> rest);
    }

    @Override
    public final int turn() {
        int received = queue.receive(batch);
        long now = System.nanoTime() + wallClock;
        int size = batch.size();
        for (int i = 0; i < size; i++) {
            int length = batch.length(i);
            batch.read(i, 0, head.bytes(), 0, Math.min(length, Frame.HEAD));
            head.set(length);
            if (kept == most) {
                rest++;
            } else if (choice.of(head)) {
                matched++;
                kept += take(batch, i, now) ? 1 : 0;
            } else {
                others++;
            }
        }
        batch.free();
        return goesOn() && kept < most ? received : DONE;
    }

    /** Takes a copy of a frame that matches; whether there was room for it. Allocates nothing, and never waits. */
    boolean take(PacketBatch batch, int packet, long nanos) {
        return true;
    }

    /** Called once a turn; whether to go on. */
    boolean goesOn() {
        return true;
    }

    @Override
    public void close() {}
}
