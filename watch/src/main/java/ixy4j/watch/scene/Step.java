package ixy4j.watch.scene;

import ixy4j.ixgbe.Registers;
import ixy4j.model.trace.RegisterBits;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Something that the driver, or the application, is about to do, does, or has done. */
class Step {
    final Who who;
    final int card;
    final String source; // null where no line of ours did it
    final List<Change> changes = new ArrayList<>();
    private final Supplier<String> what;

    /** One that is told by a sentence, once it is done. */
    Step(Who who, int card, String source, Supplier<String> what) {
        this.who = who;
        this.card = card;
        this.source = source;
        this.what = what;
    }

    /** Whether another is a part of this, so that the two are shown as one. */
    boolean goesOnWith(Step next) {
        return false;
    }

    /** What was done, in a sentence. */
    String sentence() {
        return what.get();
    }

    /** Accesses to registers: one, or several that set an array to one value, or that clear counters. */
    static final class Access extends Step {
        private static final int WORTH = 8; // registers: shorter arrays are shown one by one

        private final boolean writes;
        private final int value;
        private int last; // offset
        private int count = 1;

        Access(int card, String source, boolean writes, int offset, int value) {
            super(Who.DRIVER, card, source, null);
            this.writes = writes;
            this.value = value;
            last = offset;
        }

        @Override
        boolean goesOnWith(Step next) {
            if (!(next instanceof Access access) || access.card != card || access.writes != writes) {
                return false;
            }
            boolean joins = writes ? fills(access) : isCounter(last) && isCounter(access.last);
            last = joins ? access.last : last;
            count += joins ? 1 : 0;
            return joins;
        }

        private boolean fills(Access next) {
            return next.value == value
                    && Registers.find(last)
                            .filter(entry -> entry.count() >= WORTH
                                    && next.last == last + entry.stride()
                                    && entry.equals(Registers.find(next.last).orElse(null)))
                            .isPresent();
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
                String array = Registers.find(last).orElseThrow().name();
                return "The driver writes " + hex(value) + " to " + count + " registers of " + array;
            }
            int shown = changes.stream()
                    .filter(Change.Read.class::isInstance)
                    .mapToInt(change -> ((Change.Read) change).value())
                    .findFirst()
                    .orElse(value);
            String bits = RegisterBits.text(last, shown);
            return "The driver " + (writes ? "writes " : "reads ") + Registers.name(last) + ": " + hex(shown)
                    + (bits.isEmpty() ? "" : ", " + bits);
        }

        private static String hex(int value) {
            return String.format(Locale.ROOT, "0x%08x", value);
        }
    }
}
