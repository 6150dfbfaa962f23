package ixy4j.watch.live;

import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import ixy4j.model.trace.Rounds;

/** Finds what a driver does again and again: accesses to the same registers in the same order. Of arrays, all registers count as the same. */
final class RepeatedAccesses {
    private static final int LONGEST = 128; // accesses in a round
    private static final int SHOWN = 3; // rounds, before it is one
    private static final int SHOWN_ALONE = 6; // of rounds of one access

    private final Rounds<Access> rounds = new Rounds<>(LONGEST, SHOWN, SHOWN_ALONE, Access::equals);

    private record Access(int card, boolean writes, int array) {}

    /** Notes the next access; whether it only goes on with rounds of which enough were shown. */
    boolean goOnWith(int card, boolean writes, int offset) {
        return rounds.goOnWith(new Access(
                card,
                writes,
                Registers.find(offset).map(RegisterTable.Entry::offset).orElse(offset)));
    }
}
