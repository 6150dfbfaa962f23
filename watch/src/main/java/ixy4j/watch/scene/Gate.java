package ixy4j.watch.scene;

import ixy4j.watch.timeline.Change;
import java.util.concurrent.Semaphore;

/**
 * Lets the driver's thread go one step at a time. Between two steps it waits here, so whoever lets it go may look at all that is
 * its own meanwhile. Once the gate is open, it goes where it wants.
 */
final class Gate {
    private final Semaphore arrived = new Semaphore(0); // the driver waits for its next step, or has ended
    private final Semaphore go = new Semaphore(0);
    private Step waiting; // before the gate; null once the driver has ended
    private Step running; // that was let go last
    private volatile boolean open;

    // ---- the driver's side

    /** Waits until a step may be done, unless it goes on with what is being done. */
    void pass(Step next) {
        if (open || (running != null && running.goesOnWith(next))) {
            return;
        }
        waiting = next;
        arrived.release();
        go.acquireUninterruptibly();
    }

    /** What the step that is being done did. */
    void note(Change change) {
        if (!open) {
            running.changes.add(change);
        }
    }

    /** The driver has ended. */
    void end() {
        waiting = null;
        arrived.release();
    }

    /** Whether the driver is to end. */
    boolean isOpen() {
        return open;
    }

    // ---- the scene's side

    /** Lets the driver do its next step, until it is before the one after that; null if it has ended. */
    Step step() {
        arrived.acquireUninterruptibly();
        Step next = waiting;
        if (next != null) {
            running = next;
            go.release();
            arrived.acquireUninterruptibly();
        }
        arrived.release();
        return next;
    }

    /** Lets the driver go for good. */
    void open() {
        open = true;
        go.release();
    }
}
