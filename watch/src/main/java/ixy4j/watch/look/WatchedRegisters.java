package ixy4j.watch.look;

import static ixy4j.ixgbe.Registers.CRCERRS;
import static ixy4j.ixgbe.Registers.GPRC;
import static ixy4j.ixgbe.Registers.GPTC;
import static ixy4j.ixgbe.Registers.MPC;
import static ixy4j.ixgbe.Registers.QPRDC;
import static ixy4j.ixgbe.Registers.SYSTIMH;
import static ixy4j.ixgbe.Registers.SYSTIML;

import ixy4j.intel.Register.Access;
import ixy4j.intel.RegisterTable;
import ixy4j.watch.timeline.Chip;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which registers are looked at. */
public final class WatchedRegisters {
    // Those that count, of which the others say the same in other words.
    private static final int[] COUNTERS = {GPRC, GPTC, MPC, QPRDC, CRCERRS};

    private static final Set<Integer> CLOCK = Set.of(SYSTIML, SYSTIMH); // which changes all the time

    // What reading does not change, of all chips that have it.
    private static final Set<String> HARMLESS = Set.of(
            "CTRL",
            "STATUS",
            "CTRL_EXT",
            "RCTL",
            "TCTL",
            "RXCTRL",
            "DMATXCTL",
            "FCTRL",
            "HLREG0",
            "MAXFRS",
            "RXPBSIZE",
            "EIMS",
            "GPIE",
            "VTCTRL",
            "VTSTATUS");

    private WatchedRegisters() {}

    /** Those of an emulated 82599, which can be looked at without an effect: all, but for most counters and what is only written. */
    public static int[] ofEmulated() {
        IntStream states = Chip.I82599.table().places().stream()
                .filter(entry -> isState(entry.access()))
                .flatMapToInt(RegisterTable.Entry::offsets)
                .filter(offset -> !CLOCK.contains(offset));
        return IntStream.concat(states, IntStream.of(COUNTERS)).toArray();
    }

    private static boolean isState(Access access) {
        return switch (access) {
            case RW, RO, RW_SC, W1C, RC_W1C, W1S -> true;
            case WO, RC, RC_W -> false;
        };
    }

    /** Those of a card that a driver of ours has: a read has no effect on them, whatever card it is. */
    public static int[] ofDriven(Chip chip) {
        List<RegisterTable.Entry> places = chip.table().places();
        return places.stream()
                .filter(entry -> HARMLESS.contains(entry.name()))
                .flatMapToInt(RegisterTable.Entry::offsets)
                .toArray();
    }
}
