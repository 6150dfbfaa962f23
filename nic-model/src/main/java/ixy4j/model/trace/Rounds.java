package ixy4j.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Finds what comes again and again in the same order, as where a driver clears a table through an index, thousands of times.
 *
 * @param <T> what comes
 */
public final class Rounds<T> {
    private final int longest; // in a round
    private final int shown; // rounds, before it is one
    private final int shownAlone; // of rounds of one
    private final BiPredicate<T, T> alike;
    private final List<T> history = new ArrayList<>(); // the newest is the last
    private int round; // how many are in it, 0 if nothing repeats

    /**
     * For the beginning.
     *
     * @param longest so many are in a round at most
     * @param shown so many rounds make it one
     * @param shownAlone the same for rounds of one
     * @param alike whether the first, which is newer, counts as the second
     */
    public Rounds(int longest, int shown, int shownAlone, BiPredicate<T, T> alike) {
        this.longest = longest;
        this.shown = shown;
        this.shownAlone = shownAlone;
        this.alike = alike;
    }

    /** Notes the next; whether it only goes on with rounds of which there were enough. */
    public boolean goOnWith(T next) {
        boolean repeats = round > 0 && alike.test(next, history.get(history.size() - round));
        history.add(next);
        if (history.size() > longest * shown) {
            history.removeFirst();
        }
        if (!repeats) {
            round = find();
        }
        return repeats;
    }

    /** How many are in the round that repeats, 0 if none does. */
    int length() {
        return round;
    }

    /** Nothing repeats any more. */
    void end() {
        round = 0;
    }

    /** The shortest round of which there were enough by now. */
    private int find() {
        for (int length = 1; length <= longest; length++) {
            if (isPeriod(length, (length == 1 ? shownAlone : shown) * length)) {
                return length;
            }
        }
        return 0;
    }

    private boolean isPeriod(int length, int last) {
        int end = history.size();
        if (last > end) {
            return false;
        }
        for (int i = end - 1; i >= end - last + length; i--) {
            if (!alike.test(history.get(i), history.get(i - length))) {
                return false;
            }
        }
        return true;
    }
}
