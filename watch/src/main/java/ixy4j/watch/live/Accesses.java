package ixy4j.watch.live;

import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import ixy4j.watch.look.Words;
import ixy4j.watch.timeline.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accesses of a driver that are shown as one: to one register, as when it is polled or its bits are a bus, or that set an array to
 * one value. A read of STATUS behind a write, by which drivers see to it that the write arrives, belongs to that.
 */
final class Accesses {
    private static final int MOST = 2000;

    final int card;
    final long nanos; // when the first was
    private final boolean writes;
    private final int first; // offset
    private final int value;
    private int last; // offset, of those that are no such read of STATUS
    private boolean wroteLast;
    private int count = 1; // of those, too
    private final List<Change> changes = new ArrayList<>();

    Accesses(int card, long nanos, boolean writes, int offset, int value) {
        this.card = card;
        this.nanos = nanos;
        this.writes = writes;
        this.value = value;
        first = offset;
        last = offset;
        note(writes, offset, value);
    }

    /** Adds another access, if it is to be shown with these. */
    boolean add(int other, boolean write, int offset, int now) {
        if (other != card || changes.size() >= MOST) {
            return false;
        }
        boolean pushes = !write && offset == Registers.STATUS && wroteLast && last != Registers.STATUS;
        if (!pushes && offset != last && !fills(write, offset, now)) {
            return false;
        }
        note(write, offset, now);
        if (!pushes) {
            last = offset;
            count++;
        }
        return true;
    }

    private void note(boolean write, int offset, int now) {
        changes.add(write ? new Change.Write(card, offset, now) : new Change.Read(card, offset, now));
        wroteLast = write;
    }

    private boolean fills(boolean write, int offset, int now) {
        Optional<RegisterTable.Entry> entry = Registers.find(last);
        return write == writes
                && now == value
                && entry.isPresent()
                && offset == last + entry.get().stride()
                && entry.equals(Registers.find(offset));
    }

    /** What was done, in a sentence. */
    String sentence() {
        if (count == 1) {
            return "The driver " + Words.access(writes, first, value);
        } else if (first != last) {
            String array = Registers.find(first).orElseThrow().name();
            return "The driver " + (writes ? "writes " : "reads ") + Words.hex(value) + (writes ? " to " : " from ")
                    + count + " registers of " + array;
        }
        return "The driver " + Words.access(writes, first, value) + "; " + count + " accesses to it in a row";
    }

    List<Change> changes() {
        return changes;
    }
}
