package ixy4j.apps;

import ixy4j.linux.IxyException;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.RegisterTrace;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where the traces of some cards are written, in the order in which things happen. */
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
                    : new PrintStream(new FileOutputStream(name), false, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IxyException("the trace cannot be written: " + e.getMessage());
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
