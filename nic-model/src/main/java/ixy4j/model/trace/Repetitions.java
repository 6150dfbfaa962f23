package ixy4j.model.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Leaves out of a trace what comes again and again: accesses to the same registers in the same order, whatever the values
 * are, as where a driver clears a table through an index, or sets up one queue after another. The first rounds are shown,
 * and of short ones the last.
 */
final class Repetitions {
    private static final int LONGEST = 32; // accesses in a round
    private static final int SHOWN = 2; // rounds, before it is one
    private static final int SHORT = 4; // accesses in a round whose last time is shown too
    private static final int SHOWN_ALONE = 6; // of rounds of one access

    private final Consumer<String> lines;
    private final List<Told> history = new ArrayList<>(); // the newest is the last
    private final Deque<Told> lastRound = new ArrayDeque<>(); // not shown yet
    private int round; // accesses in it, 0 if nothing repeats
    private long left; // accesses that will not be shown

    Repetitions(Consumer<String> lines) {
        this.lines = lines;
    }

    /** The next access. */
    void add(Told access) {
        boolean repeats = round > 0 && access.isLike(history.get(history.size() - round));
        if (!repeats) {
            end();
        }
        history.add(access);
        if (history.size() > LONGEST * SHOWN) {
            history.removeFirst();
        }
        if (!repeats) {
            lines.accept(access.line());
            round = findRound();
            return;
        }
        lastRound.add(access);
        if (lastRound.size() > round) {
            lastRound.removeFirst();
            left++;
        }
    }

    private int findRound() {
        for (int length = 1; length <= LONGEST; length++) {
            if (repeats(length, (length == 1 ? SHOWN_ALONE : SHOWN) * length)) {
                return length;
            }
        }
        return 0;
    }

    /** Whether so many accesses are rounds of a length. */
    private boolean repeats(int length, int accesses) {
        int end = history.size();
        if (accesses > end) {
            return false;
        }
        for (int i = end - 1; i >= end - accesses + length; i--) {
            if (!history.get(i).isLike(history.get(i - length))) {
                return false;
            }
        }
        return true;
    }

    /** Shows the last round, if it was held back and is short or the only one. */
    void end() {
        boolean showsLast = round <= SHORT || left == 0;
        if (!showsLast) {
            left += lastRound.size();
        }
        if (left > 0) {
            lines.accept(String.format(
                    Locale.ROOT,
                    "            ... %d more of %s",
                    left,
                    round == 1 ? "these" : "these " + round + " in turn"));
        }
        if (showsLast) {
            lastRound.forEach(told -> lines.accept(told.line()));
        }
        lastRound.clear();
        left = 0;
        round = 0;
    }
}
