package ixy4j.apps;

import ixy4j.apps.dump.Expression;
import ixy4j.apps.dump.Frame;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.RxQueue;

/** Receives, chooses, and hands what is chosen on. */
abstract class Dump implements PacketThread.Step, AutoCloseable {
    private final Expression.Choice choice;
    private final long most;
    private final long wallClock = System.currentTimeMillis() * 1_000_000 - System.nanoTime(); // never goes back
    private final Frame head = new Frame(Frame.HEAD);
    private RxQueue queue;
    private PacketBatch batch;
    private long chosen;
    private long others;

    /** One that ends after so many frames. */
    Dump(Expression.Choice choice, long most) {
        this.choice = choice;
        this.most = most;
    }

    final void receiveFrom(RxQueue queue, PacketBatch batch) {
        this.queue = queue;
        this.batch = batch;
    }

    /** Adds figures for the end. */
    void addCounts(Reporter reporter) {
        reporter.add("chosen", () -> chosen);
        reporter.add("not_chosen", () -> others);
    }

    @Override
    public final int turn() {
        int received = queue.receive(batch);
        long now = System.nanoTime() + wallClock;
        for (int i = 0; i < batch.size() && chosen < most; i++) {
            int length = batch.length(i);
            batch.read(i, 0, head.bytes(), 0, Math.min(length, Frame.HEAD));
            head.set(length);
            if (choice.of(head)) {
                chosen++;
                take(batch, i, now);
            } else {
                others++;
            }
        }
        batch.free();
        return look() && chosen < most ? received : DONE;
    }

    /** Takes a copy of a frame that was chosen. Allocates nothing, and never waits. */
    abstract void take(PacketBatch batch, int packet, long nanos);

    /** Called once a turn; whether to go on. */
    boolean look() {
        return true;
    }

    @Override
    public abstract void close();
}
