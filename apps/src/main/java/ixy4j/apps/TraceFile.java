package ixy4j.apps;

import ixy4j.linux.IxyException;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.RegisterTrace;
import ixy4j.model.wire.LockedFile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the traces of some cards are written, in the order in which things happen. A file that is there keeps what is in
 * it until the first line comes, so that a run that fails at its start destroys nothing; and it is none of the captures.
 */
final class TraceFile implements AutoCloseable {
    private final String name;
    private final PrintStream out;
    private final List<RegisterTrace> traces = new ArrayList<>();

    /** Makes the file, or takes the standard output for {@code -}. */
    TraceFile(String name) {
        this.name = name;
        try {
            out = name.equals("-")
                    ? System.out
                    : new PrintStream(LockedFile.toWrite(Path.of(name)).output(), false, StandardCharsets.UTF_8);
        } catch (IxyException e) {
            throw new IxyException("the trace " + e.getMessage());
        }
    }

    /** The trace of one more card; among several, each line has its socket in front. */
    RegisterObserver observer(String socket, boolean amongSeveral) {
        String front = amongSeveral ? socket + " " : "";
        RegisterTrace trace = new RegisterTrace(line -> out.println(front + line));
        traces.add(trace);
        return trace;
    }

    /** Writes what is held back where a driver pauses; called now and then, so that one can watch. */
    void look() {
        traces.forEach(RegisterTrace::pause);
        if (out.checkError()) {
            throw new IxyException("the trace cannot be written to " + name + ": is there no space left?");
        }
    }

    @Override
    public void close() {
        traces.forEach(RegisterTrace::flush);
        out.flush();
        if (!name.equals("-")) {
            out.close();
        }
    }
}
