package ixy4j.watch.scene;

import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import ixy4j.watch.look.Words;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Who;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An access of the driver to a register; or several that are shown as one, since they set arrays to one value, or read
 * counters, which clears them.
 */
final class Access extends Step {
    private static final int WORTH = 8; // registers: of a shorter array each is shown

    private final boolean writes;
    private final int value;
    private final int first; // offset
    private final Map<RegisterTable.Entry, Integer> last =
            new LinkedHashMap<>(); // offset of the last register of each array
    private int count = 1;

    Access(int card, String source, boolean writes, int offset, int value) {
        super(Who.DRIVER, card, source, null);
        this.writes = writes;
        this.value = value;
        first = offset;
        Registers.find(offset).ifPresent(entry -> last.put(entry, offset));
    }

    @Override
    boolean goesOnWith(Step next) {
        if (!(next instanceof Access access) || access.card != card || access.writes != writes) {
            return false;
        }
        boolean joins = writes ? fills(access) : isCounter(first) && isCounter(access.first);
        if (joins) {
            last.putAll(access.last);
            count++;
        }
        return joins;
    }

    /** Whether another write sets the next register of an array to the same value, or the same one of another array. */
    private boolean fills(Access next) {
        RegisterTable.Entry entry = Registers.find(next.first).orElse(null);
        if (next.value != value || entry == null || entry.count() < WORTH) {
            return false;
        }
        Integer before = last.get(entry);
        return before != null
                ? next.first == before + entry.stride()
                : last.keySet().stream()
                        .allMatch(other ->
                                other.count() >= WORTH && other.indexAt(last.get(other)) == entry.indexAt(next.first));
    }

    private static boolean isCounter(int offset) {
        return Registers.find(offset)
                .filter(entry -> entry.section().startsWith("8.2.3.23"))
                .isPresent();
    }

    @Override
    String sentence() {
        if (count > 1 && !writes) {
            return "The driver reads " + count + " counters, which clears them";
        } else if (count > 1) {
            return "The driver writes " + Words.hex(value) + " to " + count + " registers of " + arrays();
        }
        int shown = changes.stream()
                .filter(Change.Read.class::isInstance)
                .mapToInt(change -> ((Change.Read) change).value())
                .findFirst()
                .orElse(value);
        return "The driver " + Words.access(writes, first, shown);
    }

    private String arrays() {
        return String.join(
                " and ", last.keySet().stream().map(RegisterTable.Entry::name).toList());
    }
}
