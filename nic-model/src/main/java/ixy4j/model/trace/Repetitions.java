package ixy4j.model.trace;

import java.util.ArrayDeque;
import java.util.Deque;
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
    private final Rounds<Told> rounds = new Rounds<>(LONGEST, SHOWN, SHOWN_ALONE, Told::isLike);
    private final Deque<Told> lastRound = new ArrayDeque<>(); // not shown yet
    private long left; // accesses that will not be shown

    Repetitions(Consumer<String> lines) {
        this.lines = lines;
    }

    /** The next access. */
    void add(Told access) {
        int round = rounds.length();
        if (!rounds.goOnWith(access)) {
            endRound(round);
            lines.accept(access.line());
            return;
        }
        lastRound.add(access);
        if (lastRound.size() > round) {
            lastRound.removeFirst();
            left++;
        }
    }

    /** Ends what repeats. */
    void end() {
        endRound(rounds.length());
        rounds.end();
    }

    /** Shows the last round, if it was held back and is short or the only one. */
    private void endRound(int round) {
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
    }
}
