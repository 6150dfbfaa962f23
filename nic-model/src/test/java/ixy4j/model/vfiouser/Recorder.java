package ixy4j.model.vfiouser;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Keeps what a server tells. */
final class Recorder implements ServerEvents {
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<String> ends = new CopyOnWriteArrayList<>();
    private final Semaphore gone = new Semaphore(0);

    @Override
    public void connected() {
        // the test knows
    }

    @Override
    public void disconnected(String why) {
        ends.add(why);
        gone.release();
    }

    @Override
    public void refused(String line) {
        refused.add(line);
    }

    /** Waits for the end of a client; why it went. */
    String awaitEnd() {
        gone.acquireUninterruptibly();
        return ends.getLast();
    }
}
