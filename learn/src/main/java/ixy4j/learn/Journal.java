package ixy4j.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happens in a check: what has passed, what the driver has accessed, and whose code runs. */
final class Journal {
    private final List<String> passed = new ArrayList<>();
    private AccessLog log = new AccessLog(true);
    private volatile int stage; // whose method of the driver runs; 0 where none does

    /** From now on this is what the driver accesses. */
    void watch(AccessLog next) {
        log = next;
    }

    AccessLog log() {
        return log;
    }

    void passed(String what) {
        passed.add(what);
    }

    List<String> passed() {
        return List.copyOf(passed);
    }

    /** The stage whose method was called last. */
    int stage() {
        return stage;
    }

    /** Calls a method of the driver that is of a stage. */
    <T> T in(int stageOfMethod, Supplier<T> call) {
        stage = stageOfMethod;
        return call.get();
    }

    /** The same with one that returns nothing. */
    void run(int stageOfMethod, Runnable call) {
        stage = stageOfMethod;
        call.run();
    }
}
