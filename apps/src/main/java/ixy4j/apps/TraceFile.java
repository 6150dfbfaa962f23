package ixy4j.apps;

import ixy4j.IxyException;
import ixy4j.model.trace.RegisterTrace;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.wire.LockedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the traces of some cards are written, in the order in which things happen. A file that is there keeps what is in
 * it until the first line comes, so that a run that fails at its start destroys nothing; and it is none of the captures.
 */
final class TraceFile implements AutoCloseable {
    private static final long LOOK = 200_000_000; // ns from one look at the traces to the next

    private final boolean isFile; // and not the standard output
    private final Output out;
    private final List<RegisterTrace> traces = new CopyOnWriteArrayList<>();

    /** Makes the file, or takes the standard output for {@code -}. */
    TraceFile(String name) {
        isFile = !name.equals("-");
        try {
            out = isFile ? Output.to(name, LockedFile.toWrite(Path.of(name)).output()) : Output.OUT;
        } catch (IxyException e) {
            throw new IxyException("the trace " + e.getMessage(), e);
        }
        Thread.ofPlatform().name("trace").daemon().start(this::look);
    }

    /**
     * The trace of one more card; among several, each line has its socket in front. Where it is read or written too slowly,
     * the driver has to wait, until the command ends: a trace with holes would tell another story.
     */
    RegisterObserver observer(String socket, boolean amongSeveral) {
        String front = amongSeveral ? socket + " " : "";
        RegisterTrace trace = new RegisterTrace(line -> out.follow(front + line));
        traces.add(trace);
        return trace;
    }

    /**
     * Writes what is held back where a driver pauses, so that one can watch. It waits for a slow reader as the driver does,
     * so it has a thread of its own: whatever looks after the cards must not wait.
     */
    private void look() {
        try {
            while (!StopSignal.await(LOOK)) {
                traces.forEach(RegisterTrace::pause);
            }
        } catch (InterruptedException e) {
            // nobody does that
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Writes the rest.
     *
     * @throws IxyException if the file has not all
     */
    @Override
    public void close() {
        traces.forEach(RegisterTrace::flush);
        if (!isFile) {
            return; // the command ends with what is to be said of it
        }
        out.close();
        if (out.failure() != null) {
            throw new IxyException("the trace is not whole: " + out.failure());
        }
        if (out.dropped() > 0) {
            throw new IxyException(
                    "the trace is not whole: it was read too slowly, and lacks its last " + out.dropped() + " lines");
        }
    }
}
