package ixy4j.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * What a learner's driver has accessed, in order, with the lines of their file. Since the number of accesses is bounded, a loop
 * that waits for what never comes ends, at the same place each time.
 */
final class AccessLog {
    private static final int REPETITIONS = 10_000;
    private static final int KEPT = 64; // accesses, where there is no bound
    private static final int BUDGET = 500_000;
    private static final StackWalker STACK = StackWalker.getInstance();

    private final boolean bounded;
    private final List<Access> accesses = new ArrayList<>();
    private int repeated; // how often the last access was made without another one

    /**
     * A log of nothing.
     *
     * @param bounded whether there is an end to what it takes; otherwise it keeps the last accesses only, and each that repeats
     *     another one in the place of that
     */
    AccessLog(boolean bounded) {
        this.bounded = bounded;
    }

    /** Notes an access, which may be the one that is too many. */
    void add(long place, boolean isRegister, boolean isWrite, long value) {
        Access access = new Access(place, isRegister, isWrite, value, line());
        repeated = !accesses.isEmpty() && accesses.getLast().isSamePlace(access) ? repeated + 1 : 1;
        if (!bounded) {
            keep(access);
            return;
        }
        accesses.add(access);
        if (repeated >= REPETITIONS) {
            throw new Wrong("the loop at line " + access.line() + " has " + (isWrite ? "written " : "read ")
                    + access.name()
                    + " 10,000 times in a row, and nothing has changed: what it waits for does not come;"
                    + " the last value is 0x" + Long.toHexString(isRegister ? value & 0xffff_ffffL : value));
        }
        if (accesses.size() >= BUDGET) {
            throw new Wrong(
                    "the driver has made 500,000 accesses in this stage, which needs far fewer: a loop does not end");
        }
    }

    private void keep(Access access) {
        if (repeated > 1) {
            accesses.removeLast();
        } else if (accesses.size() == KEPT) {
            accesses.removeFirst();
        }
        accesses.add(access);
    }

    /** The line of the learner's file that is being executed; 0 where none is. */
    static int line() {
        return STACK.walk(frames -> frames.filter(frame -> Sources.isLearners(frame.getClassName()))
                .mapToInt(StackWalker.StackFrame::getLineNumber)
                .findFirst()
                .orElse(0));
    }

    /** How many there were so far. */
    int size() {
        return accesses.size();
    }

    /** Those from a place on. */
    List<Access> since(int start) {
        return accesses.subList(start, accesses.size());
    }

    /** The last few, those that repeat one another as one. */
    List<Access> last(int count) {
        List<Access> last = new ArrayList<>();
        for (int i = accesses.size() - 1; i >= 0 && last.size() < count; i--) {
            if (last.isEmpty() || !last.getFirst().equals(accesses.get(i))) {
                last.addFirst(accesses.get(i));
            }
        }
        return last;
    }
}
