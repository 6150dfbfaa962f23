package ixy4j.watch.live;

import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a driver does again and again: accesses to the same registers in the same order, whatever the values are, as where it
 * clears a table through an index, thousands of times. Of arrays, all registers count as the same.
 */
final class Rounds {
    private static final int LONGEST = 128; // accesses in a round
    private static final int SHOWN = 3; // rounds, before it is one
    private static final int SHOWN_ALONE = 6; // of rounds of one access

    private final List<Access> history = new ArrayList<>(); // the newest is the last
    private int round; // accesses in it, 0 if nothing repeats

    private record Access(int card, boolean writes, int array) {}

    /** Notes the next access; whether it only goes on with rounds of which enough were shown. */
    boolean goOnWith(int card, boolean writes, int offset) {
        Access access = new Access(
                card,
                writes,
                Registers.find(offset).map(RegisterTable.Entry::offset).orElse(offset));
        boolean repeats = round > 0 && access.equals(history.get(history.size() - round));
        history.add(access);
        if (history.size() > LONGEST * SHOWN) {
            history.removeFirst();
        }
        if (!repeats) {
            round = find();
        }
        return repeats;
    }

    /** The shortest round of which there were enough by now. */
    private int find() {
        for (int length = 1; length <= LONGEST; length++) {
            if (isPeriod(length, (length == 1 ? SHOWN_ALONE : SHOWN) * length)) {
                return length;
            }
        }
        return 0;
    }

    private boolean isPeriod(int length, int accesses) {
        int end = history.size();
        if (accesses > end) {
            return false;
        }
        for (int i = end - 1; i >= end - accesses + length; i--) {
            if (!history.get(i).equals(history.get(i - length))) {
                return false;
            }
        }
        return true;
    }
}
